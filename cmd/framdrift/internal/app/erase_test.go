package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
	"github.com/fosenregionen/framdrift/eventstore/vault"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/history"
)

const (
	secret = "Per Hansen i Vikaveien"
	law    = "GDPR art. 17"
)

// withSecret is a region where the first measure has a forecast and a result
// that name somebody; the second has another text.
func withSecret(t *testing.T, a *app.App) (*app.Region, []history.Line) {
	t.Helper()
	r := fill(t, a, 2)
	mustDo(t, r, ask(commandID(1), plan.GiveForecast{On: on(0), Forecast: domain.MustDate("2023-01-01"), Why: secret + " er syk"}))
	mustDo(t, r, ask(commandID(2), plan.Start{On: on(0)}))
	mustDo(t, r, ask(commandID(3), plan.Complete{On: on(0), Result: "Levert av " + secret}))
	mustDo(t, r, ask(commandID(4), plan.Start{On: on(1)}))
	mustDo(t, r, ask(commandID(5), plan.Complete{On: on(1), Result: "Ferdig"}))
	return r, trail(t, r)
}

func trail(t *testing.T, r *app.Region) []history.Line {
	t.Helper()
	all, err := r.History(t.Context(), app.HistoryQuery{Language: domain.Bokmal})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// naming are the positions of the events whose text names somebody.
func naming(all []history.Line) (found []history.Line) {
	for _, l := range all {
		if strings.Contains(l.Why, secret) {
			found = append(found, l)
		}
	}
	return found
}

func redact(n int, l history.Line) domain.Request {
	return ask(commandID(n), correction.Redact{Position: l.Position, Ground: law})
}

// everything that can be read of a region, in one text: now, then and in reports.
func everything(t *testing.T, r *app.Region, then domain.Position) string {
	t.Helper()
	var read []any
	add := func(v any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, v)
	}
	for _, per := range []app.Per{{}, {Position: then}} {
		add(r.Plan(t.Context(), "", per))
		add(r.History(t.Context(), app.HistoryQuery{Per: per, Language: domain.Bokmal}))
		add(r.Report(t.Context(), "", per))
	}
	text, err := json.Marshal(read)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// numbers are what is counted at a moment.
func numbers(t *testing.T, r *app.Region, then domain.Position) string {
	t.Helper()
	profile, err := r.Delivery(t.Context(), "", delivery.Part{}, app.Per{Position: then})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(profile)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// slot is the encrypted key of an event, as it lies in the vault of a directory.
func slot(t *testing.T, dir string, event domain.EventID) []byte {
	t.Helper()
	content, id := contents(t, filepath.Join(dir, "vault/keys")), uuid.MustParse(string(event))
	at := bytes.Index(content, id[:])
	if at < 0 {
		t.Fatalf("%s has no key", event)
	}
	return content[at+20 : at+80]
}

// holds is the first file under a directory that has the bytes.
func holds(t *testing.T, dir string, what []byte) (found string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && bytes.Contains(contents(t, path), what) {
			found = path
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestWhatIsErasedIsGoneAndNothingElseChanges(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	r, before := withSecret(t, a)
	then := before[len(before)-1].Position
	log, counted, named := exported(t, a), numbers(t, r, then), naming(before)
	if len(named) != 2 || !strings.Contains(everything(t, r, then), secret) {
		t.Fatalf("%d texts name somebody", len(named))
	}
	var keys [][]byte
	for i, l := range named {
		keys = append(keys, slot(t, dir, l.ID))
		mustDo(t, r, redact(10+i, l))
	}
	check := func(when string, a *app.App, r *app.Region) {
		t.Helper()
		if strings.Contains(everything(t, r, then), secret) {
			t.Errorf("%s: the text can be read", when)
		}
		if got := numbers(t, r, then); got != counted {
			t.Errorf("%s: the figures are\n%s\nand were\n%s", when, got, counted)
		}
		if !bytes.HasPrefix(exported(t, a), log) {
			t.Errorf("%s: what was on the log has changed", when)
		}
		if position(r) != uint64(then)+2 {
			t.Errorf("%s: the log ends at %d", when, position(r))
		}
		for _, l := range trail(t, r)[:then] {
			was := before[l.Position-1]
			if l.Erased == nil && l.Why == was.Why {
				continue
			}
			if l.Erased == nil || l.Erased.User != "u1" || l.Erased.Ground != law || !strings.HasPrefix(l.Why, "[slettet] (20.06.2022 av bruker u1, hjemmel: "+law+")") {
				t.Errorf("%s: event %d shows %q, %+v", when, l.Position, l.Why, l.Erased)
			}
		}
		for _, b := range append(keys, []byte(secret)) {
			if file := holds(t, dir, b); file != "" {
				t.Errorf("%s: %s has bytes of it", when, file)
			}
		}
	}
	check("at once", a, r)
	if again := mustDo(t, r, ask(commandID(20), correction.Redact{Position: named[0].Position, Ground: law})); again.Changed() {
		t.Error("a text was erased twice")
	}
	closeApp(t, a)
	a = open(t, dir)
	defer closeApp(t, a)
	r, err := a.Region("")
	if err != nil {
		t.Fatal(err)
	}
	check("after a start", a, r)
}

// An erasure that was cut off after it was recorded, and a vault that was put
// back from a copy made before it, are the same: the log has more to erase.
func TestAnErasureThatWasCutOffIsDoneAtTheNextStart(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	r, before := withSecret(t, a)
	if err := r.Introduce(t.Context(), "u1", "u7", vault.Person{Name: secret, Email: "per@x.no"}); err != nil {
		t.Fatal(err)
	}
	closeApp(t, a)
	older := filepath.Join(t.TempDir(), "vault")
	if err := os.CopyFS(older, os.DirFS(filepath.Join(dir, "vault"))); err != nil {
		t.Fatal(err)
	}
	a = open(t, dir)
	r, err := a.Region("")
	if err != nil {
		t.Fatal(err)
	}
	named := naming(before)
	key := slot(t, dir, named[0].ID)
	mustDo(t, r, redact(10, named[0]))
	mustDo(t, r, ask(commandID(11), actors.Forget{User: "u7", Ground: law}))
	closeApp(t, a)
	for _, name := range []string{"keys", "names"} {
		if err := os.WriteFile(filepath.Join(dir, "vault", name), contents(t, filepath.Join(older, name)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if holds(t, dir, key) == "" {
		t.Fatal("the older vault has not the key")
	}
	a = open(t, dir)
	defer closeApp(t, a)
	if r, err = a.Region(""); err != nil {
		t.Fatal(err)
	}
	if file := holds(t, dir, key); file != "" {
		t.Errorf("%s has the key again", file)
	}
	if got := naming(trail(t, r)); len(got) != 1 {
		t.Errorf("%d texts name somebody", len(got))
	}
	if all, err := r.People(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("the directory has %v (%v)", all, err)
	}
}

func TestWhoIsForgottenIsGoneForGood(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	defer closeApp(t, a)
	r := fill(t, a, 1)
	mustDo(t, r, ask(commandID(1), actors.Grant{User: "u7", Role: domain.RoleReader}))
	kari := vault.Person{Name: "Kari Nordmann", Email: "kari@eksempel.no"}
	for _, tt := range []struct {
		by, user domain.UserID
		who      vault.Person
		code     string
	}{
		{"u1", "u7", kari, ""},
		{"u1", "u7", vault.Person{Name: "Kari N."}, ""},
		{"u1", "u7", kari, ""},
		{"u7", "u7", kari, "user.may-not-add"},
		{"u1", "Kari Nordmann", kari, "input.id"},
		{"u1", "u8", vault.Person{}, "input.empty"},
		{"u1", "u8", vault.Person{Name: strings.Repeat("a", 300)}, "user.too-long"},
	} {
		err := r.Introduce(t.Context(), tt.by, tt.user, tt.who)
		if err != nil && domain.Explain(err).Code != tt.code || err == nil && tt.code != "" {
			t.Errorf("%v by %s: %v, want %q", tt.who, tt.by, err, tt.code)
		}
	}
	if all, err := r.People(t.Context()); err != nil || len(all) != 1 || all[0] != (vault.Entry{User: "u7", Person: kari}) {
		t.Errorf("the directory has %v (%v)", all, err)
	}
	if file := holds(t, dir, []byte(kari.Name)); file != "" {
		t.Errorf("%s has the name as it is", file)
	}
	if _, err := r.Do(t.Context(), ask(commandID(2), actors.Forget{User: "u9", Ground: law})); domain.Explain(err).Code != "user.unknown" {
		t.Errorf("who never was is forgotten: %v", err)
	}
	last := contents(t, filepath.Join(dir, "vault/names"))
	box := last[len(last)-512+20:]
	mustDo(t, r, ask(commandID(3), actors.Forget{User: "u7", Ground: law}))
	if all, err := r.People(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("the directory still has %v (%v)", all, err)
	}
	if file := holds(t, dir, box[:64]); file != "" {
		t.Errorf("%s still has the slot", file)
	}
	if err := r.Introduce(t.Context(), "u1", "u7", kari); domain.Explain(err).Code != "user.forgotten" {
		t.Errorf("who was forgotten is put back: %v", err)
	}
	if o, err := r.Overview(t.Context(), app.Per{}); err != nil || len(o.Users) != 2 {
		t.Errorf("the roles are %v (%v)", o.Users, err)
	}
}

// two are instances that share a log of n measures.
func two(t *testing.T, n int) (apps []*app.App, regions []*app.Region) {
	t.Helper()
	s := jetstreamtest.Start(t, 1, 1)
	o := app.Options{NATS: jetstream.External{URL: s.URL(), NKey: s.Accounts[0].Init}, MasterKeyFile: newMaster(t), Clock: ticking("2022-06-20")}
	for i := range 2 {
		o.Dir = t.TempDir()
		a, err := app.Create(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { closeApp(t, a) })
		if i == 0 {
			fill(t, a, n)
		}
		r, err := a.Region("fosen")
		if err != nil {
			t.Fatal(err)
		}
		apps, regions = append(apps, a), append(regions, r)
	}
	return apps, regions
}

func TestWhatOneInstanceErasesTheOtherForgets(t *testing.T) {
	_, regions := two(t, 2)
	one, other := regions[0], regions[1]
	mustDo(t, one, ask(commandID(1), plan.GiveForecast{On: on(0), Forecast: domain.MustDate("2023-01-01"), Why: secret}))
	if err := other.Wait(t.Context(), domain.Position(position(one))); err != nil {
		t.Fatal(err)
	}
	named := naming(trail(t, other))
	if len(named) != 1 {
		t.Fatal("the other instance cannot read the text")
	}
	mustDo(t, one, redact(2, named[0]))
	jetstreamtest.Eventually(t, "the other instance cannot read it", func() bool {
		return !strings.Contains(everything(t, other, named[0].Position), secret)
	})
}

// A command that is decided again keeps the ids of its events, and so the keys
// of their texts: who loses the race leaves nothing in the vault.
func TestACommandThatLosesTheRaceLeavesNoKeyBehind(t *testing.T) {
	const each = 20
	apps, regions := two(t, 2*each)
	var work sync.WaitGroup
	for i, r := range regions {
		work.Go(func() {
			for n := range each {
				if _, err := r.Do(t.Context(), ask(commandID(100*(i+1)+n), plan.GiveForecast{On: on(each*i + n), Forecast: domain.MustDate("2023-01-01"), Why: "Uten midler"})); err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Wait()
	look := apps[0].Look()
	var n int
	jetstreamtest.Eventually(t, "it has heard of the other's keys", func() (so bool) {
		var err error
		if n, err = look.Keys(t.Context()); err != nil {
			t.Fatal(err)
		}
		return n >= 2*each
	})
	if n != 2*each {
		t.Errorf("%d texts have %d keys", 2*each, n)
	}
	if err := look.Close(); err != nil && !errors.Is(err, fs.ErrClosed) {
		t.Error(err)
	}
}
