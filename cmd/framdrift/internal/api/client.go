package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/doctor"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
	"github.com/fosenregionen/framdrift/projections/history"
)

// longestSilence is how long a serve may think before its client gives up. A
// serve that is well answers within longestWait and a durable append.
const longestSilence = 2 * time.Minute

// A Client asks a running serve through its socket.
type Client struct {
	http *http.Client
}

// Dial is the client of the serve that listens on the socket; an error when
// none does.
func Dial(ctx context.Context, socket string) (*Client, error) {
	var dialer net.Dialer
	probe, err := dialer.DialContext(ctx, "unix", socket)
	if err != nil {
		return nil, fmt.Errorf("api: %w", err)
	}
	return &Client{&http.Client{Transport: &http.Transport{
		ResponseHeaderTimeout: longestSilence,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, "unix", socket)
		},
	}}}, probe.Close()
}

// Close lets go of the connections.
func (c *Client) Close() error {
	c.http.CloseIdleConnections()
	return nil
}

// Init begins a region.
func (c *Client) Init(ctx context.Context, ask domain.Request) (app.Receipt, error) {
	return c.post(ctx, "/api/regions", ask)
}

// Doctor is what the serve finds of itself.
func (c *Client) Doctor(ctx context.Context) (checks []doctor.Check, err error) {
	err = c.get(ctx, "/api/doctor", nil, &checks)
	return checks, err
}

// RegionIDs lists the ids of the regions.
func (c *Client) RegionIDs(ctx context.Context) ([]domain.RegionID, error) {
	var all regions
	err := c.get(ctx, "/api/regions", nil, &all)
	return all.Regions, err
}

// Region is one region by its id; with no id, the only one.
func (c *Client) Region(ctx context.Context, id domain.RegionID) (app.Service, error) {
	var all regions
	if err := c.get(ctx, "/api/regions", nil, &all); err != nil {
		return nil, err
	}
	id, err := app.ChooseRegion(all.Regions, id)
	r := &remote{client: c, path: "/api/regions/" + string(id)}
	if p, ok := all.Stopped[id]; ok {
		r.stopped = p.asError()
	}
	return r, err
}

// Export writes the log of a region as it is stored. After an error it must be
// begun anew: there is no going on where it stopped.
func (c *Client) Export(ctx context.Context, id domain.RegionID, w io.Writer) error {
	return c.copy(ctx, id, "/log", w)
}

// ExportKeys writes the keys of the texts of the first events of a log, and
// gives how many they are.
func (c *Client) ExportKeys(ctx context.Context, id domain.RegionID, events uint64, w io.Writer) (int, error) {
	n := &lineCounter{to: w}
	err := c.copy(ctx, id, "/keys?events="+strconv.FormatUint(events, 10), n)
	return n.lines, err
}

type lineCounter struct {
	to    io.Writer
	lines int
}

func (c *lineCounter) Write(b []byte) (int, error) {
	c.lines += bytes.Count(b, []byte("\n"))
	return c.to.Write(b)
}

// copy writes what a region answers as it comes.
func (c *Client) copy(ctx context.Context, id domain.RegionID, path string, w io.Writer) error {
	r, err := c.Region(ctx, id)
	if err != nil {
		return err
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://framdrift"+r.(*remote).path+path, http.NoBody)
	if err != nil {
		return fmt.Errorf("api: %w", err)
	}
	return c.answered(q, errAway, func(body io.Reader) error {
		if _, err := io.Copy(w, body); err != nil {
			return errExport.Because(err)
		}
		return nil
	})
}

// remote is one region of a running serve.
type remote struct {
	client  *Client
	path    string
	stopped error
}

// Err is why the log can no longer be trusted, followed or written to, as it
// was when the region was asked for.
func (r *remote) Err() error { return r.stopped }

func (r *remote) Do(ctx context.Context, ask domain.Request) (app.Receipt, error) {
	return r.client.post(ctx, r.path+"/commands", ask)
}

func (r *remote) Overview(ctx context.Context, per app.Per) (o app.Overview, err error) {
	err = r.client.get(ctx, r.path, query("", per), &o)
	return o, err
}

func (r *remote) Plan(ctx context.Context, id domain.PlanID, per app.Per) (p app.Plan, err error) {
	err = r.client.get(ctx, r.path+"/plan", query(id, per), &p)
	return p, err
}

func (r *remote) Difference(ctx context.Context, id domain.PlanID, from, to app.Per) (d app.Difference, err error) {
	v := query(id, app.Per{View: to.View})
	v.Set("from", from.String())
	v.Set("to", to.String())
	err = r.client.get(ctx, r.path+"/plan/diff", v, &d)
	return d, err
}

func (r *remote) Delivery(ctx context.Context, id domain.PlanID, part delivery.Part, per app.Per) (p delivery.Profile, err error) {
	v := query(id, per)
	setPart(v, part)
	err = r.client.get(ctx, r.path+"/delivery", v, &p)
	return p, err
}

func (r *remote) Course(ctx context.Context, id domain.PlanID, q app.CourseQuery) (c app.Course, err error) {
	v := query(id, app.Per{View: q.View})
	setPart(v, q.Part)
	v.Set("from", q.From.String())
	v.Set("to", q.To.String())
	v.Set("step", string(q.Step))
	err = r.client.get(ctx, r.path+"/delivery/course", v, &c)
	return c, err
}

func (r *remote) Sum(ctx context.Context, per app.Per) (s app.Sum, err error) {
	err = r.client.get(ctx, r.path+"/delivery/sum", query("", per), &s)
	return s, err
}

func (r *remote) Report(ctx context.Context, id domain.PlanID, per app.Per) (f finalreport.Report, err error) {
	err = r.client.get(ctx, r.path+"/report", query(id, per), &f)
	return f, err
}

// History asks for page after page, until the limit or the end.
func (r *remote) History(ctx context.Context, q app.HistoryQuery) ([]history.Line, error) {
	all := []history.Line{}
	for {
		var p page
		if err := r.client.get(ctx, r.path+"/history", historyValues(q), &p); err != nil {
			if ctx.Err() != nil && q.Wait {
				return all, nil
			}
			return all, err
		}
		all = append(all, p.Entries...)
		if !p.More || len(p.Entries) == q.Limit {
			return all, nil
		}
		q.After = p.Entries[len(p.Entries)-1].Position
		q.Limit = max(q.Limit-len(p.Entries), 0)
	}
}

func query(id domain.PlanID, per app.Per) url.Values {
	v := url.Values{}
	set := func(key, value string) {
		if value != "" {
			v.Set(key, value)
		}
	}
	set("plan", string(id))
	set("per", per.String())
	set("visning", string(per.View))
	return v
}

func setPart(v url.Values, part delivery.Part) {
	v.Set("strategy", string(part.Strategy))
	v.Set("focus", part.FocusArea)
	v.Set("owner", string(part.Owner))
}

func historyValues(q app.HistoryQuery) url.Values {
	v := query(q.Plan, q.Per)
	v.Set("measure", string(q.Measure))
	v.Set("actor", q.Actor)
	v.Set("type", q.Type)
	v.Set("from", q.From.String())
	v.Set("to", q.To.String())
	v.Set("after", strconv.FormatUint(uint64(q.After), 10))
	v.Set("lang", string(q.Language))
	if q.Limit > 0 {
		v.Set("limit", strconv.Itoa(q.Limit))
	}
	if q.Wait {
		v.Set("wait", "1")
	}
	return v
}

func (c *Client) get(ctx context.Context, path string, q url.Values, into any) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://framdrift"+path+"?"+q.Encode(), http.NoBody)
	if err != nil {
		return fmt.Errorf("api: %w", err)
	}
	return c.send(r, into, errAway)
}

func (c *Client) post(ctx context.Context, path string, ask domain.Request) (receipt app.Receipt, err error) {
	wire, err := encodeRequest(ask)
	if err != nil { // such as a text that is not UTF-8
		return receipt, errBody.With(err)
	}
	body, err := json.Marshal(wire)
	if err != nil {
		return receipt, fmt.Errorf("api: %w", err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://framdrift"+path, bytes.NewReader(body))
	if err != nil {
		return receipt, fmt.Errorf("api: %w", err)
	}
	err = c.send(r, &receipt, errUnknownOutcome)
	return receipt, err
}

// send asks, and reads the answer or its problem; silence is what no answer means.
func (c *Client) send(r *http.Request, into any, silence domain.Rule) error {
	return c.answered(r, silence, func(body io.Reader) error {
		if err := json.NewDecoder(body).Decode(into); err != nil {
			return silence.Because(err)
		}
		return nil
	})
}

// answered asks, and reads what comes when it is no problem.
func (c *Client) answered(r *http.Request, silence domain.Rule, read func(body io.Reader) error) (err error) {
	answer, err := c.http.Do(r)
	if err != nil {
		return silence.Because(err)
	}
	defer func() { err = errors.Join(err, answer.Body.Close()) }()
	if answer.StatusCode != http.StatusOK {
		var p problem
		if err := json.NewDecoder(answer.Body).Decode(&p); err != nil {
			return silence.Because(fmt.Errorf("status %s: %w", answer.Status, err))
		}
		return p.asError()
	}
	return read(answer.Body)
}
