package app_test

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/snapshot"
)

// often makes a snapshot at every stop at which ten events have come.
func often(dir string) app.Options {
	noon := domain.MustDate("2022-06-20").At(12, 0)
	return app.Options{Dir: dir, SnapshotAfter: 10, Clock: func() time.Time { return noon }} // the same is asked twice
}

// withSnapshots is a directory with snapshots, after which so many events came; and what
// it answers.
func withSnapshots(t *testing.T, after int) (dir, said string) {
	t.Helper()
	dir = t.TempDir()
	a, err := app.Create(t.Context(), often(dir))
	if err != nil {
		t.Fatal(err)
	}
	r := fill(t, a, 100)
	for i := range 12 {
		mustDo(t, r, ask(commandID(i), plan.Assign{On: on(i), Owner: "radet"}))
	}
	closeApp(t, a)
	a, err = app.Open(t.Context(), often(dir))
	if err != nil {
		t.Fatal(err)
	}
	if r, err = a.Region(""); err != nil {
		t.Fatal(err)
	}
	for i := range after {
		mustDo(t, r, ask(commandID(100+i), plan.Start{On: on(i)}))
	}
	said = answers(t, r)
	closeApp(t, a)
	return dir, said
}

func snapshotOf(dir, name string) string { return filepath.Join(dir, "snapshots", "fosen", name) }

func TestAStartFromASnapshotAnswersAsOneFromTheBeginning(t *testing.T) {
	for _, after := range []int{0, 1, 8, 12} {
		dir, said := withSnapshots(t, after)
		_, r := opened(t, often(dir))
		if r.Began() == 0 || after > 0 && after < 10 && r.Began() == position(r) {
			t.Errorf("%d events after the snapshot it began at %d of %d", after, r.Began(), position(r))
		}
		if answers(t, r) != said {
			t.Errorf("%d events after the snapshot it answers otherwise", after)
		}
		if again := mustDo(t, r, ask(commandID(3), plan.Assign{On: on(3), Owner: "radet"})); !again.Repeated {
			t.Error("a command that was carried out before the snapshot is carried out again")
		}
		for _, p := range projected(t, r) {
			if p.State != app.Asleep && (p.Position != position(r) || p.Digest != projected(t, r)[0].Digest) {
				t.Errorf("%+v", p)
			}
		}
	}
}

// A snapshot costs time when it is not right, and never anything else.
func TestASnapshotThatDoesNotFitIsLeft(t *testing.T) {
	other, _ := withSnapshots(t, 3) // the same commands, and other ids of events
	for name, spoil := range map[string]func(path string) error{
		"gone":  os.Remove,
		"empty": func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"a bit": func(path string) error { return rebyte(path, func(b []byte) []byte { b[len(b)/2] ^= 4; return b }) },
		"cut":   func(path string) error { return rebyte(path, func(b []byte) []byte { return b[:len(b)-9] }) },
		"another log's": func(path string) error {
			return rebyte(path, func([]byte) []byte { return bytesOf(t, snapshotOf(other, filepath.Base(path))) })
		},
		"newer":              rewritten(func(h *snapshot.Header) { h.Version++ }),
		"of a newer program": rewritten(func(h *snapshot.Header) { h.Types += " no.framdrift.measure.paused.v1" }),
		"another shape":      rewritten(func(h *snapshot.Header) { h.Shape = "0" }),
		"another region":     rewritten(func(h *snapshot.Header) { h.Region = "namdal" }),
		"another root":       rewritten(func(h *snapshot.Header) { h.Root = strings.ToLower(h.Root) + "x" }),
		"elsewhere":          rewritten(func(h *snapshot.Header) { h.Sequence-- }),
		"of the future":      rewritten(func(h *snapshot.Header) { h.Sequence, h.Position = h.Sequence+1000, h.Position+1000 }),
	} {
		t.Run(name, func(t *testing.T) {
			dir, said := withSnapshots(t, 3)
			for _, projection := range []string{"ruling", "delivery"} {
				if err := spoil(snapshotOf(dir, projection)); err != nil {
					t.Fatal(err)
				}
			}
			var told bytes.Buffer
			o := often(dir)
			o.Logger = slog.New(slog.NewTextHandler(&told, nil))
			_, r := opened(t, o)
			if r.Began() != 0 {
				t.Errorf("it began at %d", r.Began())
			}
			if answers(t, r) != said {
				t.Error("it answers otherwise")
			}
			if wrong := strings.Contains(told.String(), "a snapshot does not fit"); wrong == (name == "gone") {
				t.Errorf("the program said %q", told.String())
			}
		})
	}
}

func bytesOf(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func rebyte(path string, how func([]byte) []byte) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, how(b), 0o600)
}

// rewrite is a file whose hash is right and whose header says something else.
func rewritten(how func(*snapshot.Header)) func(path string) error {
	return func(path string) error {
		h, value, err := snapshot.Read(path)
		if err != nil {
			return err
		}
		how(&h)
		return snapshot.Write(path, h, value)
	}
}

// What was erased is in no snapshot, and comes back with none.
func TestASnapshotHoldsNoTextThatSomebodyWrote(t *testing.T) {
	const secret = "Ola Nordmann var sykmeldt"
	dir := t.TempDir()
	a, err := app.Create(t.Context(), often(dir))
	if err != nil {
		t.Fatal(err)
	}
	r := fill(t, a, 100)
	mustDo(t, r, ask(commandID(1), plan.Assign{On: on(0), Owner: "radet"}))
	said := mustDo(t, r, ask(commandID(2), plan.Decline{On: on(0), Why: secret}))
	mustDo(t, r, ask(commandID(3), plan.GiveForecast{On: on(0), Forecast: domain.MustDate("2023-05-01"), Why: secret}))
	closeApp(t, a)
	for _, name := range []string{"ruling", "delivery"} {
		if b := bytesOf(t, snapshotOf(dir, name)); bytes.Contains(b, []byte("Nordmann")) || !bytes.Contains(b, []byte("t01")) {
			t.Errorf("the snapshot of %s is %q", name, b)
		}
	}
	_, r = opened(t, often(dir))
	mustDo(t, r, ask(commandID(4), correction.Redact{Position: said.Last, Ground: law}))
	if strings.Count(answers(t, r), secret) == 0 {
		t.Error("the text that was not erased is gone")
	}
}

// A log that goes on in words of a newer program is read from the snapshot as far as
// it can be, and says where it stopped.
func TestAnEventThatNobodyKnowsStopsAStartFromASnapshotToo(t *testing.T) {
	dir, _ := withSnapshots(t, 3)
	a, err := app.Open(t.Context(), often(dir))
	if err != nil {
		t.Fatal(err)
	}
	r, err := a.Region("")
	if err != nil {
		t.Fatal(err)
	}
	end, began := position(r), r.Began()
	closeApp(t, a)
	appended(t, dir, func(eventstore.Head) [][]string {
		return [][]string{{stored("measure.paused.v1", end+1, "2022-06-22")}, {stored("measure.started.v1", end+2, "2022-06-23")}}
	})
	_, r = opened(t, often(dir))
	for _, p := range projected(t, r) {
		if p.State != app.Stopped || p.Position != end || p.Events != 2 {
			t.Errorf("%+v", p)
		}
	}
	if r.Began() != began || began == 0 {
		t.Errorf("it began at %d, and not at %d", r.Began(), began)
	}
	if _, err := r.Plan(t.Context(), "", app.Per{Position: domain.Position(end)}); err != nil {
		t.Error(err)
	}
	refusesChanges(t, r, "log.newer")
}

// What nobody has asked about of late sleeps when there is no more room, and is
// there again when somebody asks. Everybody who asks at the same time is answered.
func TestARegionSleepsWhenThereIsNoRoomAndAnswersAllTheSame(t *testing.T) {
	dir := t.TempDir()
	o := often(dir)
	o.AwakeEvents = 300
	a, err := app.Create(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, a)
	first := fill(t, a, 100)
	if _, err := a.Init(t.Context(), ask(commandID(2_000_000), actors.RegisterRegion{Region: "namdal", Name: "Namdal"})); err != nil {
		t.Fatal(err)
	}
	second, err := a.Region("namdal")
	if err != nil {
		t.Fatal(err)
	}
	mustDo(t, second, ask(commandID(2_000_001), planOf(100)))
	want := [2]string{answers(t, first), answers(t, second)}
	asleep := func(r *app.Region) bool { return projected(t, r)[1].State == app.Asleep }
	if !asleep(first) || asleep(second) {
		t.Errorf("asleep: %t and %t", asleep(first), asleep(second))
	}
	done := make(chan bool)
	for i := range 4 {
		go func() {
			ok := true
			for range 2 {
				for j, r := range []*app.Region{first, second} {
					ok = ok && answers(t, r) == want[j]
				}
			}
			_, err := first.Delivery(t.Context(), "", delivery.Part{}, app.Per{})
			done <- ok && err == nil && i >= 0
		}()
	}
	for range 4 {
		if !<-done {
			t.Error("somebody was answered otherwise")
		}
	}
}

// Several may want snapshots at the same time: they are made once, and whole.
func TestSnapshotsAreMadeByOneAtATime(t *testing.T) {
	o := often(t.TempDir())
	o.SnapshotEvery, o.SnapshotAfter = time.Microsecond, 1
	a, err := app.Create(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, a)
	r := fill(t, a, 100)
	for i := range 40 {
		mustDo(t, r, ask(commandID(i), plan.Start{On: on(i)}))
		if err := a.Snapshot(t.Context()); err != nil {
			t.Fatal(err)
		}
		if h, err := snapshot.Look(snapshotOf(o.Dir, "delivery")); err != nil || h.Position != position(r) {
			t.Fatalf("it stands at %d of %d (%v)", h.Position, position(r), err)
		}
	}
}

// counting is told of appends.
type counting struct{ events atomic.Int64 }

func (c *counting) Appended(_ time.Duration, events []domain.Recorded) {
	c.events.Add(int64(len(events)))
}

// Whoever is told of what happens is told once, when it happens, and never when it is
// read again: at a start, with and without a snapshot, by a rebuild, a comparison, a
// look back or an erasure.
func TestNothingIsToldAgainWhenALogIsReadAgain(t *testing.T) {
	dir, _ := withSnapshots(t, 3)
	for range 2 {
		told := &counting{}
		o := often(dir)
		o.Observer = told
		a, err := app.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		r, err := a.Region("")
		if err != nil {
			t.Fatal(err)
		}
		answers(t, r)
		_, err = r.Rebuild(t.Context(), "")
		_, err2 := r.Compare(t.Context(), "")
		_, err3 := r.Measure(t.Context(), true)
		if err := errors.Join(err, err2, err3, a.Snapshot(t.Context())); err != nil {
			t.Fatal(err)
		}
		a.Reverify(t.Context(), r)
		if n := told.events.Load(); n != 0 {
			t.Errorf("%d events were told again", n)
		}
		mustDo(t, r, ask(app.NewCommandID(), plan.GiveForecast{On: on(1), Forecast: domain.MustDate("2023-05-01")}))
		if n := told.events.Load(); n != 1 {
			t.Errorf("an event was told %d times", n)
		}
		closeApp(t, a)
		if err := os.RemoveAll(filepath.Join(dir, "snapshots")); err != nil {
			t.Fatal(err)
		}
	}
}
