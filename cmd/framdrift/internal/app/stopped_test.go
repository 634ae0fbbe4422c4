package app_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/history"
)

// measures is how many the plan has in these tests.
const measures = 3

// appended puts messages at the end of the log in a data directory, as another
// program would.
func appended(t *testing.T, dir string, messages func(after eventstore.Head) [][]string) {
	t.Helper()
	store, err := jetstream.OpenEmbedded(jetstream.Embedded{Dir: filepath.Join(dir, "jetstream")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	log, err := store.Open(t.Context(), "fosen")
	if err != nil {
		t.Fatal(err)
	}
	var head eventstore.Head
	for m, err := range log.Read(t.Context(), head) {
		if err != nil {
			t.Fatal(err)
		}
		head = m.Head
	}
	for _, lines := range messages(head) {
		var commit eventstore.Commit
		for _, line := range lines {
			commit.Events = append(commit.Events, []byte(line+"\n"))
		}
		if head, err = log.Append(t.Context(), head, commit); err != nil {
			t.Fatal(err)
		}
	}
}

// stored is the line of an event that any Framdrift may have written.
func stored(kind string, position uint64, day string) string {
	return fmt.Sprintf(`{"specversion":"1.0","id":"0193471e-7a5c-7d3e-8f10-%012d","source":"/regions/fosen","type":"no.framdrift.%s","subject":"measure/t01","time":"%sT12:00:00.000000000Z","datacontenttype":"application/json","position":%d,"plan":"plan-2022","actor":"u1","channel":"cli","commandid":"c%d","effective":"%s","data":{}}`,
		position, kind, day, position, position, day)
}

// filled is a data directory whose log ends at the position given.
func filled(t *testing.T) (dir string, end uint64) {
	t.Helper()
	dir = t.TempDir()
	a := open(t, dir)
	defer closeApp(t, a)
	return dir, position(fill(t, a, measures))
}

func opened(t *testing.T, o app.Options) (*app.App, *app.Region) {
	t.Helper()
	if o.Clock == nil {
		o.Clock = ticking("2023-06-20")
	}
	a, err := app.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeApp(t, a) })
	r, err := a.Region("fosen")
	if err != nil {
		t.Fatal(err)
	}
	return a, r
}

// linesAfter are the log's own lines after a position, and the error at their end.
func linesAfter(t *testing.T, a *app.App, after uint64) (string, error) {
	t.Helper()
	var b bytes.Buffer
	err := a.Export(t.Context(), "fosen", &b)
	lines := linesOf(b.Bytes())
	return string(bytes.Join(lines[min(int(after), len(lines)):], nil)), err
}

// refusesChanges gives a command that would be carried out, and looks for the
// code of the no.
func refusesChanges(t *testing.T, r *app.Region, code string) {
	t.Helper()
	before, err := r.Messages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = r.Do(t.Context(), ask(app.NewCommandID(), plan.Start{On: on(1)}))
	if e := domain.Explain(err); e.Code != code || e.Kind != domain.Damaged {
		t.Errorf("a change is answered with %v", err)
	}
	if after, err := r.Messages(t.Context()); after != before || err != nil {
		t.Errorf("the log went from %d messages to %d (%v)", before, after, err)
	}
	if code != domain.Explain(r.Err()).Code || code != domain.Explain(r.Writable()).Code {
		t.Errorf("the region says %v and %v", r.Err(), r.Writable())
	}
}

// reads asks everything there is, for a moment.
func reads(t *testing.T, r *app.Region, per app.Per) map[string]error {
	t.Helper()
	all := map[string]error{}
	_, all["overview"] = r.Overview(t.Context(), per)
	_, all["plan"] = r.Plan(t.Context(), "", per)
	_, all["history"] = r.History(t.Context(), app.HistoryQuery{Per: per, Language: domain.English})
	_, all["delivery"] = r.Delivery(t.Context(), "", delivery.Part{}, per)
	_, all["report"] = r.Report(t.Context(), "", per)
	return all
}

func answered(t *testing.T, what string, got map[string]error, code string) {
	t.Helper()
	for read, err := range got {
		if code == "" && err != nil || code != "" && domain.Explain(err).Code != code {
			t.Errorf("%s: %s is answered with %v", what, read, err)
		}
	}
}

// A program that is older than its log reads what it can and writes nothing.
func TestALogWithAnEventOfANewerProgramCanBeReadAndNotWritten(t *testing.T) {
	dir, end := filled(t)
	added := []string{
		stored("measure.started.v1", end+1, "2022-06-21"), stored("measure.paused.v1", end+2, "2022-06-22"), // one message
		stored("measure.started.v2", end+3, "2022-06-23"), stored("measure.started.v1", end+4, "2022-06-24"),
	}
	appended(t, dir, func(eventstore.Head) [][]string { return [][]string{added[:2], added[2:3], added[3:]} })
	mark := contents(t, filepath.Join(dir, "regions/fosen"))
	a, r := opened(t, app.Options{Dir: dir})

	refusesChanges(t, r, "log.newer")
	said := domain.Explain(r.Err()).Message
	for _, sentence := range []string{said.NB, said.NN, said.EN} {
		if !strings.Contains(sentence, "no.framdrift.measure.paused.v1") || !strings.Contains(sentence, fmt.Sprint(end+2)) {
			t.Errorf("it does not say which event: %s", sentence)
		}
	}
	if got, err := linesAfter(t, a, end); err != nil || got != strings.Join(added, "\n")+"\n" {
		t.Errorf("after %d come the lines (%v)\n%s", end, err, got)
	}
	answered(t, "now", reads(t, r, app.Per{}), "log.newer")
	answered(t, "in hindsight", map[string]error{"delivery": second(r.Delivery(t.Context(), "", delivery.Part{}, app.Per{View: delivery.Corrected}))}, "log.newer")
	answered(t, "after the event", reads(t, r, app.Per{Position: domain.Position(end + 2)}), "log.newer")
	answered(t, "the day after", reads(t, r, app.Per{Time: day("2022-06-23")}), "log.newer")
	answered(t, "before the event", reads(t, r, app.Per{Position: domain.Position(end + 1)}), "")
	answered(t, "the day before", reads(t, r, app.Per{Time: day("2022-06-22").Add(-time.Hour)}), "")
	if got := contents(t, filepath.Join(dir, "regions/fosen")); !bytes.Equal(got, mark) {
		t.Errorf("its mark is %q and was %q", got, mark)
	}
}

func second[T any](_ T, err error) error { return err }

func day(s string) time.Time { return domain.MustDate(s).At(14, 0) }

// What is not ours ends a log. Everything before it answers, and says so.
func TestALogWithAForeignMessageCanBeReadAndNotWritten(t *testing.T) {
	for name, foreign := range map[string]func(end uint64) string{
		"not JSON":       func(uint64) string { return "hei" },
		"another format": func(uint64) string { return `{"hello":"world"}` },
		"somebody else's": func(end uint64) string {
			return strings.Replace(stored("x.v1", end+1, "2022-06-21"), "no.framdrift.", "com.example.", 1)
		},
		"more in an envelope": func(end uint64) string {
			return strings.Replace(stored("measure.started.v1", end+1, "2022-06-21"), `"data":{}`, `"colour":"red","data":{}`, 1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, end := filled(t)
			line := foreign(end)
			appended(t, dir, func(eventstore.Head) [][]string { return [][]string{{line}} })
			a, r := opened(t, app.Options{Dir: dir})
			refusesChanges(t, r, "log.foreign")
			answered(t, "now", reads(t, r, app.Per{}), "")
			answered(t, "at its end", reads(t, r, app.Per{Position: domain.Position(end)}), "")
			answered(t, "after its end", reads(t, r, app.Per{Position: domain.Position(end + 1)}), "log.past-end")
			if got, err := linesAfter(t, a, end); err != nil || got != line+"\n" {
				t.Errorf("the line comes out as %q (%v)", got, err)
			}
		})
	}
}

// An event that stands where it should not makes no sense to us, and the log
// can be read up to it all the same.
func TestALogThatCanBeReadAndMakesNoSenseStopsThere(t *testing.T) {
	dir, end := filled(t)
	appended(t, dir, func(eventstore.Head) [][]string {
		return [][]string{{stored("measure.started.v1", end+7, "2022-06-21")}}
	})
	_, r := opened(t, app.Options{Dir: dir})
	refusesChanges(t, r, "log.damaged")
	answered(t, "now", reads(t, r, app.Per{}), "")
}

// Others may be able to write on a log that lies on servers. Whatever they put
// there, while we run or before, is the end of it for us, and only of it.
func TestAForeignMessageOnTheServersStopsOneRegion(t *testing.T) {
	for name, payload := range map[string]string{"lines": "hei\n", "no line": "hei", "nothing": ""} {
		t.Run(name, func(t *testing.T) {
			s := jetstreamtest.Start(t, 1, 1)
			o := app.Options{Dir: t.TempDir(), Clock: ticking("2022-06-20"), NATS: jetstream.External{URL: s.URL(), NKey: s.Accounts[0].Init}}
			a, err := app.Create(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			r := fill(t, a, measures)
			end := position(r)
			publishForeign(t, s, "framdrift.fosen.plan-2022.measure.t01", payload)
			if err := r.Wait(t.Context(), domain.Position(end+1)); err == nil {
				t.Fatal("it went on after what is not ours")
			}
			refusesChanges(t, r, "log.foreign")
			answered(t, "while it runs", reads(t, r, app.Per{}), "")
			closeApp(t, a)

			o.Clock = nil
			a, r = opened(t, o)
			refusesChanges(t, r, "log.foreign")
			answered(t, "after a restart", reads(t, r, app.Per{}), "")
			lines, err := r.History(t.Context(), app.HistoryQuery{Filter: history.Filter{After: domain.Position(end - 1)}, Language: domain.English})
			if err != nil || len(lines) != 1 {
				t.Errorf("the last event is told as %v (%v)", lines, err)
			}
			last, err := linesAfter(t, a, end-1) // ours come out
			if whole := payload == "hei\n"; !strings.HasPrefix(last, "{") || (err == nil) != whole || !whole && domain.Explain(err).Code != "log.foreign" {
				t.Errorf("it ends with %s, and with %v", last, err)
			}
		})
	}
}

// publishForeign does what a careless client with too many permissions may do.
func publishForeign(t *testing.T, s *jetstreamtest.Servers, subject, payload string) {
	t.Helper()
	anybody, err := nats.NkeyOptionFromSeed(s.Accounts[0].Root)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := nats.Connect(s.URL(), anybody)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Request(subject, []byte(payload), 30*time.Second); err != nil {
		t.Fatal(err)
	}
}
