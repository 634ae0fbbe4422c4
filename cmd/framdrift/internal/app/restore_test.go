package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/demo"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/eventstore/codec"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/history"
)

func unwatched(int64, int64) {}

// played is the demo's log as Export writes it, and the directory it lies in.
func played(t testing.TB) (log []byte, dir string) {
	t.Helper()
	dir = t.TempDir()
	a, _, err := demo.Play(context.Background(), app.Options{Dir: dir}, app.Create, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, a)
	return exported(t, a), dir
}

func exported(t testing.TB, a *app.App) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := a.Export(context.Background(), "", &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func restore(a *app.App, log []byte, how app.Restoring) (app.Restored, error) {
	return restoring(context.Background(), a, log, how)
}

func restoring(ctx context.Context, a *app.App, log []byte, how app.Restoring) (app.Restored, error) {
	if how.Watch == nil {
		how.Watch = unwatched
	}
	c, err := a.ReadCopy(context.Background(), bytes.NewReader(log), unwatched)
	if err != nil {
		return app.Restored{}, err
	}
	return a.Restore(ctx, c, how)
}

func mustRestore(t testing.TB, a *app.App, log []byte, how app.Restoring) app.Restored {
	t.Helper()
	restored, err := restore(a, log, how)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(exported(t, a), log) {
		t.Fatal("what was restored is not what comes out")
	}
	return restored
}

func theRegion(t testing.TB, a *app.App) *app.Region {
	t.Helper()
	r, err := a.Region("")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func reopen(t testing.TB, dir string) *app.App {
	t.Helper()
	a, err := app.Open(context.Background(), app.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeApp(t, a) })
	return a
}

// lines are those of a log, newlines included.
func linesOf(log []byte) [][]byte { return slices.Collect(bytes.Lines(log)) }

// answers is what a region says when it is asked about everything, as JSON.
func answers(t testing.TB, r *app.Region) string {
	t.Helper()
	ctx := context.Background()
	lines, err := r.History(ctx, app.HistoryQuery{Filter: history.Filter{}, Language: domain.English})
	if err != nil {
		t.Fatal(err)
	}
	all := []any{lines}
	for _, per := range []app.Per{{}, {Position: 100}, {View: delivery.Corrected}} {
		p, err := r.Delivery(ctx, "", delivery.Part{}, per)
		if err != nil {
			t.Fatal(err)
		}
		report, err := r.Report(ctx, "", per)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p, report)
		if per.View == delivery.Corrected {
			continue
		}
		shown, err := r.Plan(ctx, "", per)
		if err != nil {
			t.Fatal(err)
		}
		o, err := r.Overview(ctx, per)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, shown, o)
	}
	said, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(said)
}

// With the keys of its texts beside it, a log that is taken out and put into
// another directory is the same log: its bytes, every answer, and the answer
// to a command that was given once.
func TestALogThatIsRestoredIsTheSameLog(t *testing.T) {
	log, dir := played(t)
	other := t.TempDir()
	closeApp(t, open(t, other))
	for _, name := range []string{"vault/keys", "vault/names", "master.key"} {
		if err := os.WriteFile(filepath.Join(other, name), contents(t, filepath.Join(dir, name)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a := open(t, other)
	restored := mustRestore(t, a, log, app.Restoring{})
	if want := (app.Restored{Position: uint64(len(linesOf(log))), Packs: 1}); restored != want {
		t.Errorf("it says %+v, want %+v", restored, want)
	}
	want := answers(t, theRegion(t, reopen(t, dir)))
	if diff := cmp.Diff(want, answers(t, theRegion(t, a))); diff != "" {
		t.Errorf("the answers differ:\n%s", diff)
	}
	closeApp(t, a)

	r := theRegion(t, reopen(t, other))
	if diff := cmp.Diff(want, answers(t, r)); diff != "" {
		t.Errorf("when it is opened again the answers differ:\n%s", diff)
	}
	first, err := codec.New(nil).Decode(linesOf(log)[0])
	if err != nil {
		t.Fatal(err)
	}
	again := mustDo(t, r, ask(first.Command, plan.Start{On: on(0)}))
	if !again.Repeated || again.First != 1 {
		t.Errorf("the command that began the log is answered %+v", again)
	}
}

func TestACopyTellsWhatItHoldsAndWhatCannotBeRead(t *testing.T) {
	log, dir := played(t)
	c, err := app.ReadCopy(t.Context(), bytes.NewReader(log), nil, jetstream.MaxPayload, unwatched)
	if err != nil {
		t.Fatal(err)
	}
	if c.Region != demo.Region || c.Bytes != int64(len(log)) || c.Events != uint64(len(linesOf(log))) || c.Texts == 0 || c.Keyless != c.Texts {
		t.Errorf("without keys it is %+v", c)
	}
	if c, err = reopen(t, dir).ReadCopy(t.Context(), bytes.NewReader(log), unwatched); err != nil || c.Texts == 0 || c.Keyless != 0 {
		t.Errorf("with its keys it is %+v, %v", c, err)
	}
}

// A command's events share a message, whatever the size of the messages.
func TestACommitIsRestoredInOneMessage(t *testing.T) {
	log, _ := played(t)
	a := open(t, t.TempDir())
	defer closeApp(t, a)
	c, err := a.ReadCopy(t.Context(), bytes.NewReader(log), unwatched)
	if err != nil {
		t.Fatal(err)
	}
	restored, err := a.Restore(t.Context(), c, app.Restoring{Pack: 1, Watch: unwatched})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := theRegion(t, a).Messages(t.Context()); err != nil || int(n) != c.Commits || restored.Packs != c.Commits {
		t.Errorf("%d messages of one commit hold %d commits, and it says %+v (%v)", n, c.Commits, restored, err)
	}
}

// A restore that is stopped leaves a region that nobody can use, and that the
// next restore of the same file brings to its end.
func TestARestoreThatIsStoppedGoesOn(t *testing.T) {
	log, _ := played(t)
	dir := t.TempDir()
	a := open(t, dir)
	ctx, cancel := context.WithCancel(context.Background())
	restored, err := restoring(ctx, a, log, app.Restoring{Pack: 20_000, Watch: func(int64, int64) { cancel() }})
	if !errors.Is(err, context.Canceled) || restored.Packs != 1 || restored.Position == 0 {
		t.Errorf("stopped after its first message it says %+v, %v", restored, err)
	}
	half := func() {
		t.Helper()
		begin := actors.RegisterRegion{Region: demo.Region, Name: "Fosenregionen"}
		if _, err := a.Init(t.Context(), ask(commandID(1), begin)); domain.Explain(err).Code != "restore.under-way" {
			t.Errorf("half a log is begun anew: %v", err)
		}
	}
	half()
	closeApp(t, a)

	a = open(t, dir)
	half()
	if _, err := a.Region(""); domain.Explain(err).Code != "restore.under-way" {
		t.Errorf("half a log is a region: %v", err)
	}
	again := mustRestore(t, a, log, app.Restoring{})
	if again.Found != restored.Position || again.Packs != 1 {
		t.Errorf("the next restore says %+v, and the first came to %d", again, restored.Position)
	}
	mustDo(t, theRegion(t, a), ask(commandID(1), actors.Register{Actor: "ny", Name: "Ny", Kind: actors.Body, Sector: actors.Public}))
	closeApp(t, a)
	if got, want := theRegion(t, reopen(t, dir)).Head().Position, uint64(len(linesOf(log))+1); got != want {
		t.Errorf("the region stands at %d, want %d", got, want)
	}
}

// A region that was whole before can be used whatever comes of a restore.
func TestARegionInUseIsBroughtUpToACopy(t *testing.T) {
	log, _ := played(t)
	all := linesOf(log)
	a := open(t, t.TempDir())
	defer closeApp(t, a)
	early := bytes.Join(all[:len(all)-1], nil)
	mustRestore(t, a, early, app.Restoring{})
	r := theRegion(t, a)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := restoring(ctx, a, log, app.Restoring{}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped before it began it says %v", err)
	}
	restored := mustRestore(t, a, log, app.Restoring{})
	if want := (app.Restored{Found: uint64(len(all) - 1), Position: uint64(len(all)), Packs: 1}); restored != want {
		t.Errorf("it says %+v, want %+v", restored, want)
	}
	if restored = mustRestore(t, a, log, app.Restoring{}); restored.Packs != 0 || restored.Found != restored.Position {
		t.Errorf("restored twice it says %+v", restored)
	}
	if _, err := restore(a, early, app.Restoring{}); domain.Explain(err).Code != "restore.longer" {
		t.Errorf("an earlier copy is restored: %v", err)
	}
	mustDo(t, r, ask(commandID(1), actors.Register{Actor: "ny", Name: "Ny", Kind: actors.Body, Sector: actors.Public}))
	if _, err := restore(a, log, app.Restoring{}); domain.Explain(err).Code != "restore.longer" {
		t.Errorf("what has gone on is restored: %v", err)
	}
}

// While a log is put in, nobody's command is decided, and each is told so.
func TestARestoreHasTheDoorToItself(t *testing.T) {
	log, _ := played(t)
	all := linesOf(log)
	a := open(t, t.TempDir())
	defer closeApp(t, a)
	mustRestore(t, a, bytes.Join(all[:200], nil), app.Restoring{})
	r := theRegion(t, a)
	told := 0
	mustRestore(t, a, log, app.Restoring{Pack: 1, Watch: func(int64, int64) {
		told++
		if _, err := r.Do(t.Context(), ask(commandID(told), plan.Start{On: on(0)})); domain.Explain(err).Code != "restore.under-way" || domain.KindOf(err) != domain.Busy {
			t.Errorf("a command given meanwhile is answered %v", err)
		}
	}})
	if told < 10 {
		t.Errorf("it went in %d messages", told)
	}
}
