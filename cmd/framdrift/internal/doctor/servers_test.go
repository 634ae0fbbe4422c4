package doctor

import (
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
)

// onServers are options of an instance whose log lies on servers.
func onServers(t *testing.T, s *jetstreamtest.Servers) app.Options {
	t.Helper()
	o := optionsOf(filepath.Join(t.TempDir(), "data"))
	o.NATS = jetstream.External{URL: s.URL(), NKey: s.Accounts[0].Init, Replicas: len(s.Nodes)}
	return o
}

// root may do anything to a stream.
func root(t *testing.T, s *jetstreamtest.Servers) natsjs.JetStream {
	t.Helper()
	anybody, err := nats.NkeyOptionFromSeed(s.Accounts[0].Root)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := nats.Connect(s.URL(), anybody)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	js, err := natsjs.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	return js
}

// change changes the settings of a stream behind our back.
func change(t *testing.T, s *jetstreamtest.Servers, how func(*natsjs.StreamConfig)) {
	t.Helper()
	js := root(t, s)
	stream, err := js.Stream(t.Context(), "FRAMDRIFT_fosen")
	if err != nil {
		t.Fatal(err)
	}
	config := stream.CachedInfo().Config
	how(&config)
	if _, err := js.UpdateStream(t.Context(), config); err != nil {
		t.Fatal(err)
	}
}

func TestALogOnServersIsLookedAtThere(t *testing.T) {
	s := jetstreamtest.Start(t, 1, 1)
	o := onServers(t, s)
	a := begun(t, o)
	there := []Name{program, zone, directory, access, fileSystemName, space, lock, servers, vault, settings, replicas, log, mark, sealed, events, clock, projection}
	checks := examined(t, a.Look(), well)
	is(t, "fine in a serve", names(checks, Fine), append([]Name{changes}, there...)...)
	is(t, "wrong in a serve", names(checks, Wrong))
	closed(t, a)

	before := hashes(t, o.Dir)
	checks = examined(t, app.LookAt(o), well)
	untouched(t, o.Dir, before)
	is(t, "fine", names(checks, Fine), there...)
	is(t, "unknown", names(checks, Unknown), syncing)
	is(t, "wrong", names(checks, Wrong))
	said, err := json.Marshal(checks)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(said), "sync_interval") != 3 { // once, in three languages
		t.Errorf("what cannot be checked is not said once:\n%s", said)
	}
	seed, err := os.ReadFile(o.NATS.NKey)
	if err != nil || strings.Contains(string(said), string(seed)) {
		t.Errorf("it tells the seed (%v)", err)
	}
}

// A log that was made to forget is not opened, and each setting is named; that
// the directory of an instance is new, or gone, hides none of it.
func TestEverySettingThatIsWrongIsNamed(t *testing.T) {
	s := jetstreamtest.Start(t, 1, 1)
	o := onServers(t, s)
	closed(t, begun(t, o))
	change(t, s, func(c *natsjs.StreamConfig) { c.MaxAge, c.MaxMsgs, c.AllowDirect = time.Hour*24*3650, 1<<40, true })
	checks := examined(t, app.LookAt(o), well)
	is(t, "wrong", codes(checks), "log.settings")
	is(t, "unknown", names(checks, Unknown), log, syncing)
	var faults []string
	for _, c := range checks {
		if c.Name == settings {
			faults = append(faults, c.Says.EN)
		}
	}
	all := strings.Join(faults, "\n")
	for _, setting := range []string{"max_age", "max_msgs", "allow_direct"} {
		if len(faults) != 3 || strings.Count(all, setting+" ") != 1 {
			t.Errorf("%s is not named once:\n%s", setting, all)
		}
	}
	if err := os.RemoveAll(o.Dir); err != nil {
		t.Fatal(err)
	}
	is(t, "wrong, and no directory", codes(examined(t, app.LookAt(o), well)), "data.none", "log.settings")
	if _, err := os.Stat(o.Dir); err == nil {
		t.Error("it made the directory")
	}
}

func TestServersThatAreNotThereOrLetAnybodyInAreSaid(t *testing.T) {
	s := jetstreamtest.Start(t, 1, 1)
	o := onServers(t, s)
	closed(t, begun(t, o))
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	silent := "nats://" + nobody.Addr().String()
	if err := nobody.Close(); err != nil {
		t.Fatal(err)
	}
	for what, tt := range map[string]struct {
		at   jetstream.External
		code string
	}{
		"nobody answers":  {jetstream.External{URL: silent, Patience: time.Second}, "log.unreachable"},
		"no address":      {jetstream.External{URL: "nats://bruker:hemmelig@127.0.0.1:1"}, "log.servers"},
		"nobody of ours":  {jetstream.External{URL: s.URL()}, "log.servers"},
		"too few servers": {jetstream.External{URL: s.URL(), NKey: o.NATS.NKey, Replicas: 3}, "log.settings"},
	} {
		o := o
		o.NATS = tt.at
		checks := examined(t, app.LookAt(o), well)
		is(t, what, codes(checks), tt.code)
		is(t, what, names(checks, Unknown), log, syncing)
		if told, err := json.Marshal(checks); err != nil || strings.Contains(string(told), "hemmelig") {
			t.Errorf("%s: it tells a secret (%v):\n%s", what, err, told)
		}
	}
	for hosts, near := range map[string]bool{"127.0.0.1:4222": true, "localhost:4222, [::1]:4222": true, "127.0.0.1:4222, n2.example.no:4222": false, "10.0.0.1": false} {
		if onLoopback(hosts) != near {
			t.Errorf("%s is this machine: %v", hosts, !near)
		}
	}
	for code, at := range map[string]jetstream.Server{
		"log.unreachable": {}, "log.anybody": {Name: "n1", Encrypted: true}, "": {Name: "n1", Identified: true},
	} {
		e := &examination{look: app.LookAt(o), system: well}
		if e.server(at); len(e.checks) != 1 || e.checks[0].Code != code {
			t.Errorf("of %+v it says %+v", at, e.checks)
		}
	}
}

func TestALogInTheWrongPlaceIsSaid(t *testing.T) {
	s := jetstreamtest.Start(t, 1, 1)
	elsewhere := onServers(t, s)
	closed(t, begun(t, elsewhere))
	own := optionsOf(lying(t))
	own.NATS = elsewhere.NATS
	is(t, "a log of its own", codes(examined(t, app.LookAt(own), well)), "data.own-log", "vault.wrong-master") // each has its own
	elsewhere.NATS = jetstream.External{}
	is(t, "a log elsewhere", codes(examined(t, app.LookAt(elsewhere), well)), "log.missing", "vault.missing")
}

func TestACopyThatIsAwayIsSaid(t *testing.T) {
	s := jetstreamtest.Start(t, 3, 1)
	o := onServers(t, s)
	a := begun(t, o)
	defer closed(t, a)
	jetstreamtest.Eventually(t, "three copies are well", func() bool {
		checks := examined(t, a.Look(), well)
		return slices.Contains(names(checks, Fine), replicas) && Verdict(checks) == nil
	})
	leader := s.Leader(t, s.Accounts[0].Name, "FRAMDRIFT_fosen")
	for _, n := range s.Nodes {
		if n != leader {
			n.Kill(t)
			break
		}
	}
	jetstreamtest.Eventually(t, "the doctor misses a copy", func() bool {
		checks := examined(t, a.Look(), well)
		return !slices.Contains(names(checks, Fine), replicas) && slices.Contains(append(names(checks, Unknown), names(checks, Wrong)...), replicas)
	})
	e := &examination{look: a.Look(), system: well}
	e.replicas("fosen", []jetstream.Replica{{Server: "n1", Leads: true, Current: true}, {Server: "n2", Offline: true}, {Server: "n3", Lag: 7}})
	is(t, "wrong", codes(e.checks), "log.replica-offline")
	is(t, "unknown", names(e.checks, Unknown), replicas)
}
