// Package api is Framdrift over HTTP: what a running serve answers, and the
// client that the command line uses when one runs. All routes are here:
//
//	GET  /api/regions                      the regions
//	GET  /api/regions/{region}             the region, its register, users and plans
//	GET  /api/regions/{region}/plan        ?plan=            a plan with its measures
//	GET  /api/regions/{region}/plan/diff   ?plan= &from= &to=                       what differs between two moments, written as per
//	GET  /api/regions/{region}/history     ?plan= &measure= &actor= &type= &from= &to= &after= &limit= &wait=1
//	GET  /api/regions/{region}/delivery    ?plan= &strategy= &focus= &owner=        gjennomføringskraft
//	GET  /api/regions/{region}/delivery/course                 the same and &from= &to= &step=day|week|month|tertial
//	GET  /api/regions/{region}/delivery/sum                  the region's plans in force together
//	GET  /api/regions/{region}/report      ?plan=            the final report as data
//	GET  /api/regions/{region}/report/plan                   ?plan=            the plan with status, as data
//	GET  /api/regions/{region}/report/tertial                ?plan= &from= &to=       the status report as data
//	GET  /api/regions/{region}/report/figures                ?plan=            the plan's line in a programme
//	GET  /api/programme                    ?programme=       the regions beside each other
//	GET  /api/regions/{region}/log         every event as it is stored, JSON Lines (socket only)
//	GET  /api/regions/{region}/keys        ?events=          the keys of the texts of so many events (socket only)
//	GET  /api/regions/{region}/people      who the users are (socket only)
//	GET  /api/regions/{region}/projections                   how each is doing (socket only)
//	GET  /api/regions/{region}/projections/diff ?name=       each against one made anew (socket only)
//	POST /api/regions/{region}/projections ?name=            make one anew, or all (socket only)
//	GET  /api/doctor                       what is fine and what is not (socket only)
//	POST /api/vault/backup                 copy the vault to a directory (socket only)
//	POST /api/regions                      begin a region    (socket only)
//	POST /api/regions/{region}/commands    change something; with ?would=1 only whether the rules let it through (socket only)
//	POST /api/regions/{region}/people      say who a user is (socket only)
//
// Every GET takes ?per=2023-06-30 (or a time, or #412 written %23412),
// ?visning=kjent|korrigert, and ?lang=nb|nn|en for what stands in place of an
// erased text. Errors are problem+json (RFC 9457) with the
// domain's stable code and the sentence in three languages.
//
// Beside them /api/v1/… is the history for Grafana: package promapi.
//
// Over TCP everything is read-only. Writing needs the Unix socket in the data
// directory, where file permissions decide who may.
package api

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/doctor"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/history"
)

const (
	// pageSize is how many entries of history one answer holds at the most.
	pageSize = 1000
	// maxBody bounds a command: somewhat more than the log takes in one message.
	maxBody = 16 << 20
	// longestWait is how long a request with wait=1 may hang.
	longestWait = 25 * time.Second
)

// Reading is the routes that change nothing. When stopping ends, nobody waits
// for news any more; commands under way are carried out.
func Reading(stopping context.Context, a *app.App) http.Handler {
	mux := http.NewServeMux()
	routeReading(stopping, mux, a, outside)
	routeSealed(mux, a)
	routeProgramme(mux, a, outside)
	return Problems(mux)
}

// Everything is all routes, for the socket, of the program built so. Its
// answers are as the program has them inside, for a client to show in any
// language.
func Everything(stopping context.Context, a *app.App, built doctor.Build) http.Handler {
	mux := http.NewServeMux()
	routeReading(stopping, mux, a, inside)
	routeProgramme(mux, a, inside)
	routeSealed(mux, a)
	routeSealing(mux, a)
	routeProjections(mux, a)
	mux.HandleFunc("GET /api/regions/{region}/log", func(w http.ResponseWriter, r *http.Request) { export(stopping, a, w, r) })
	mux.HandleFunc("GET /api/regions/{region}/keys", func(w http.ResponseWriter, r *http.Request) { exportKeys(stopping, a, w, r) })
	mux.HandleFunc("GET /api/doctor", func(w http.ResponseWriter, r *http.Request) {
		answer(w, func() (any, error) { return doctor.Examine(r.Context(), a.Look(), built), nil })
	})
	mux.HandleFunc("POST /api/vault/backup", func(w http.ResponseWriter, r *http.Request) {
		answer(w, func() (any, error) { return backUpVault(a, w, r) })
	})
	mux.HandleFunc("POST /api/regions", func(w http.ResponseWriter, r *http.Request) {
		answer(w, func() (any, error) { return begin(a, w, r) })
	})
	mux.HandleFunc("POST /api/regions/{region}/commands", func(w http.ResponseWriter, r *http.Request) {
		answer(w, func() (any, error) { return do(a, w, r) })
	})
	mux.HandleFunc("GET /api/regions/{region}/people", func(w http.ResponseWriter, r *http.Request) {
		answer(w, func() (any, error) { return people(a, r) })
	})
	mux.HandleFunc("POST /api/regions/{region}/people", func(w http.ResponseWriter, r *http.Request) {
		answer(w, func() (any, error) { return introduce(a, w, r) })
	})
	return Problems(mux)
}

func routeReading(stopping context.Context, mux *http.ServeMux, a *app.App, shown form) {
	mux.HandleFunc("GET /api/regions", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, func() (any, error) { return regionsOf(a), nil })
	})
	for path, read := range map[string]func(context.Context, *app.Region, *http.Request, app.Per) (any, error){
		"": func(ctx context.Context, r *app.Region, _ *http.Request, per app.Per) (any, error) {
			return r.Overview(ctx, per)
		},
		"/plan": func(ctx context.Context, r *app.Region, q *http.Request, per app.Per) (any, error) {
			return r.Plan(ctx, domain.PlanID(q.FormValue("plan")), per)
		},
		"/plan/diff": readDifference,
		"/delivery": func(ctx context.Context, r *app.Region, q *http.Request, per app.Per) (any, error) {
			return r.Delivery(ctx, domain.PlanID(q.FormValue("plan")), partOf(q), per)
		},
		"/delivery/course": readCourse,
		"/delivery/sum": func(ctx context.Context, r *app.Region, _ *http.Request, per app.Per) (any, error) {
			return r.Sum(ctx, per)
		},
		"/report": func(ctx context.Context, r *app.Region, q *http.Request, per app.Per) (any, error) {
			return r.Report(ctx, domain.PlanID(q.FormValue("plan")), per)
		},
		"/report/plan": func(ctx context.Context, r *app.Region, q *http.Request, per app.Per) (any, error) {
			report, err := r.Report(ctx, domain.PlanID(q.FormValue("plan")), per)
			return report.PlanTable(), err
		},
		"/report/figures": func(ctx context.Context, r *app.Region, q *http.Request, per app.Per) (any, error) {
			return r.Figures(ctx, domain.PlanID(q.FormValue("plan")), per)
		},
		"/report/tertial": readTertial,
		"/history": func(ctx context.Context, r *app.Region, q *http.Request, per app.Per) (any, error) {
			return readHistory(ctx, stopping, r, q, per)
		},
	} {
		mux.HandleFunc("GET /api/regions/{region}"+path, askedOf(a)(func(r *app.Region, q *http.Request) (any, error) {
			per, err := app.ParsePer(q.FormValue("per"), q.FormValue("visning"))
			if err != nil {
				return nil, err
			}
			return shown(q, func() (any, error) { return read(q.Context(), r, q, per) })
		}))
	}
}

// askedOf makes a handler of what is asked of the region that the path names.
func askedOf(a *app.App) func(ask func(*app.Region, *http.Request) (any, error)) http.HandlerFunc {
	return func(ask func(*app.Region, *http.Request) (any, error)) http.HandlerFunc {
		return func(w http.ResponseWriter, q *http.Request) {
			answer(w, func() (any, error) {
				r, err := a.Region(domain.RegionID(q.PathValue("region")))
				if err != nil {
					return nil, err
				}
				return ask(r, q)
			})
		}
	}
}

// regions lists the regions, and why some of them are not what they ought to be.
type regions struct {
	Regions []domain.RegionID           `json:"regions"`
	Stopped map[domain.RegionID]problem `json:"stopped,omitempty"`
}

func regionsOf(a *app.App) regions {
	all := regions{a.RegionIDs(), map[domain.RegionID]problem{}}
	for id, err := range a.Unopened() {
		if domain.KindOf(err) != domain.Busy { // whoever asks for one that is being opened waits for it
			all.Stopped[id] = problemOf(statuses[domain.KindOf(err)], err)
		}
	}
	for _, r := range a.Regions() {
		if err := r.Err(); err != nil {
			all.Stopped[r.ID()] = problemOf(statuses[domain.KindOf(err)], err)
		}
	}
	return all
}

// page is an answer of history; More says that it was cut at its limit.
type page struct {
	Entries []history.Line `json:"entries"`
	More    bool           `json:"more"`
}

func readHistory(ctx, stopping context.Context, r *app.Region, q *http.Request, per app.Per) (any, error) {
	query, err := historyQuery(q)
	if err != nil {
		return nil, err
	}
	query.Per = per
	limit := query.Limit
	query.Limit = limit + 1
	if query.Wait {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, longestWait)
		defer cancel()
		defer context.AfterFunc(stopping, cancel)()
	}
	lines, err := r.History(ctx, query)
	if len(lines) > limit {
		return page{lines[:limit], true}, err
	}
	return page{lines, false}, err
}

func partOf(q *http.Request) delivery.Part {
	return delivery.Part{
		Strategy: domain.StrategyID(q.FormValue("strategy")), FocusArea: q.FormValue("focus"), Owner: domain.ActorID(q.FormValue("owner")),
	}
}

func readDifference(ctx context.Context, r *app.Region, q *http.Request, per app.Per) (any, error) {
	from, err := app.ParsePer(q.FormValue("from"), string(per.View))
	if err != nil {
		return nil, err
	}
	to, err := app.ParsePer(q.FormValue("to"), string(per.View))
	if err != nil {
		return nil, err
	}
	return r.Difference(ctx, domain.PlanID(q.FormValue("plan")), from, to)
}

func readCourse(ctx context.Context, r *app.Region, q *http.Request, per app.Per) (any, error) {
	c := app.CourseQuery{Step: app.Step(q.FormValue("step")), View: per.View, Part: partOf(q)}
	var errs [2]error
	c.From, errs[0] = dateOf(q.FormValue("from"))
	c.To, errs[1] = dateOf(q.FormValue("to"))
	if err := domain.FirstError(errs[:]...); err != nil {
		return nil, err
	}
	return r.Course(ctx, domain.PlanID(q.FormValue("plan")), c)
}

func historyQuery(q *http.Request) (app.HistoryQuery, error) {
	var h app.HistoryQuery
	h.Plan, h.Measure = domain.PlanID(q.FormValue("plan")), domain.MeasureID(q.FormValue("measure"))
	h.Actor, h.Type, h.Wait = q.FormValue("actor"), q.FormValue("type"), q.FormValue("wait") == "1"
	var errs [5]error
	h.From, errs[0] = dateOf(q.FormValue("from"))
	h.To, errs[1] = dateOf(q.FormValue("to"))
	after, err := numberOf("after", q.FormValue("after"), 0)
	h.After, errs[2] = domain.Position(after), err
	limit, err := numberOf("limit", q.FormValue("limit"), pageSize)
	h.Limit, errs[3] = int(min(max(limit, 1), pageSize)), err
	h.Language, errs[4] = domain.ParseLanguage(q.FormValue("lang"))
	return h, domain.FirstError(errs[:]...)
}

func dateOf(s string) (domain.Date, error) {
	if s == "" {
		return domain.Date{}, nil
	}
	return domain.ParseDate(s)
}

func numberOf(field, s string, otherwise uint64) (uint64, error) {
	if s == "" {
		return otherwise, nil
	}
	n, err := strconv.ParseUint(s, 10, 62)
	if err != nil {
		return 0, errNumber.With(field, s)
	}
	return n, nil
}

func begin(a *app.App, w http.ResponseWriter, r *http.Request) (any, error) {
	ask, err := readRequest(w, r)
	if err != nil {
		return nil, err
	}
	if _, ok := ask.Command.(actors.RegisterRegion); !ok {
		return nil, errBegin.With(ask.Command.CommandName())
	}
	return a.Init(r.Context(), ask)
}

func do(a *app.App, w http.ResponseWriter, r *http.Request) (any, error) {
	region, err := a.Region(domain.RegionID(r.PathValue("region")))
	if err != nil {
		return nil, err
	}
	ask, err := readRequest(w, r)
	if err != nil {
		return nil, err
	}
	if r.FormValue("would") == "1" {
		return app.Receipt{}, region.Would(r.Context(), ask)
	}
	return region.Do(r.Context(), ask)
}

// answer writes what read gives, or its problem.
func answer(w http.ResponseWriter, read func() (any, error)) {
	value, err := read()
	if err != nil {
		writeProblem(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	// The only error left is a reader that went away.
	_ = json.NewEncoder(w).Encode(value)
}

// OnlyLoopback refuses requests that name another host than this machine, so
// that a page elsewhere cannot read from here through a name it controls.
func OnlyLoopback(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			writeProblem(w, errHost.With(host))
			return
		}
		next.ServeHTTP(w, r)
	})
}
