//go:build faults && unix

package app_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
	"github.com/fosenregionen/framdrift/projections/history"
)

// These in the environment make the test binary an instance to kill: its data
// directory, the servers, the file with its key and the one with the master key.
const (
	instanceDir, instanceServers = "FRAMDRIFT_TEST_INSTANCE", "FRAMDRIFT_TEST_SERVERS"
	instanceKey, instanceMaster  = "FRAMDRIFT_TEST_KEY", "FRAMDRIFT_TEST_MASTER"
)

func init() {
	if dir := os.Getenv(instanceDir); dir != "" {
		fmt.Println("error", instance(dir))
		os.Exit(1)
	}
}

// instance writes as fast as it can until it is killed, and says on stdout
// what was acknowledged, and where.
func instance(dir string) error {
	ctx := context.Background()
	at := jetstream.External{URL: os.Getenv(instanceServers), NKey: os.Getenv(instanceKey), Replicas: 3}
	a, err := app.Create(ctx, app.Options{Dir: dir, NATS: at, MasterKeyFile: os.Getenv(instanceMaster)})
	if err != nil {
		return err
	}
	r, err := a.Region("fosen")
	if err != nil {
		return err
	}
	return write(ctx, r, func(receipt app.Receipt) { fmt.Println(receipt.Command, receipt.First, receipt.Last) })
}

// write has several clients write until ctx ends, commands of one event and of
// many, and each insist on its own until the answer is a certain one.
func write(ctx context.Context, r *app.Region, acknowledged func(app.Receipt)) error {
	const clients = 4
	errs := make(chan error, clients)
	var one sync.Mutex
	for range clients {
		go func() {
			for {
				id := app.NewCommandID()
				receipt, err := r.Do(ctx, ask(id, work(id)))
				for ; err != nil && uncertain(ctx, r, err); receipt, err = r.Do(ctx, ask(id, work(id))) {
				}
				if err != nil {
					errs <- err
					return
				}
				one.Lock()
				acknowledged(receipt)
				one.Unlock()
			}
		}()
	}
	var first error
	for range clients {
		if err := <-errs; first == nil && ctx.Err() == nil {
			first = err
		}
	}
	return first
}

func uncertain(ctx context.Context, r *app.Region, err error) bool {
	kind := domain.KindOf(err)
	return ctx.Err() == nil && r.Err() == nil && (kind == domain.Busy || kind == domain.Failed)
}

// A fleet is three instances that write to one region on a cluster: two in
// this process, and one in its own. It gathers what they were told.
type fleet struct {
	servers *jetstreamtest.Servers
	regions []*app.Region
	dir     string // of the third
	master  string // a file that all have
	third   *exec.Cmd
	heard   chan struct{} // closed when nothing more comes from the third

	mu    sync.Mutex // guards the rest
	told  map[domain.CommandID]app.Receipt
	count [3]int // acknowledgements of each
}

func newFleet(t *testing.T) *fleet {
	t.Helper()
	f := &fleet{servers: jetstreamtest.StartApart(t, 3, 1), dir: t.TempDir(), master: newMaster(t), told: map[domain.CommandID]app.Receipt{}}
	for i, key := range []string{f.servers.Accounts[0].Init, f.servers.Accounts[0].App} {
		at := jetstream.External{URL: f.servers.URL(), NKey: key, Replicas: 3}
		a, err := app.Create(t.Context(), app.Options{Dir: t.TempDir(), NATS: at, MasterKeyFile: f.master})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { closeApp(t, a) })
		if i == 0 {
			fill(t, a, 1)
		}
		r, err := a.Region("fosen")
		if err != nil {
			t.Fatal(err)
		}
		f.regions = append(f.regions, r)
	}
	return f
}

// acknowledged takes in what one instance was told.
func (f *fleet) acknowledged(instance int) func(app.Receipt) {
	return func(r app.Receipt) {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.told[r.Command] = r
		f.count[instance]++
	}
}

// launch starts the third instance, again when it was killed.
func (f *fleet) launch(t *testing.T) {
	t.Helper()
	f.third = exec.Command(os.Args[0])
	f.third.Env = append(os.Environ(), instanceDir+"="+f.dir, instanceServers+"="+f.servers.URL(), instanceKey+"="+f.servers.Accounts[0].App, instanceMaster+"="+f.master)
	f.third.Stderr = os.Stderr
	out, err := f.third.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := f.third.Start(); err != nil {
		t.Fatal(err)
	}
	f.heard = make(chan struct{})
	go func() {
		defer close(f.heard)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var r app.Receipt
			if strings.HasPrefix(lines.Text(), "error") {
				t.Errorf("the third instance says: %s", lines.Text())
			} else if n, _ := fmt.Sscan(lines.Text(), &r.Command, &r.First, &r.Last); n == 3 { // the kill may tear the last line
				f.acknowledged(2)(r)
			}
		}
	}()
}

func (f *fleet) killThird(t *testing.T) {
	t.Helper()
	if err := f.third.Process.Kill(); err != nil {
		t.Error(err)
	}
	<-f.heard
	_ = f.third.Wait() // killed, as it should be
}

// goOn waits until some more commands of each instance have been acknowledged.
func (f *fleet) goOn(t *testing.T, instances ...int) {
	t.Helper()
	f.mu.Lock()
	before := f.count
	f.mu.Unlock()
	jetstreamtest.Eventually(t, fmt.Sprintf("the instances %v go on", instances), func() bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		return !slices.ContainsFunc(instances, func(i int) bool { return f.count[i] < before[i]+10 })
	})
}

// trouble is what happens to the servers and the instances, one after the
// other; the leader has the rank 0. Two servers that are left must do.
func (f *fleet) trouble(t *testing.T) {
	for _, ranks := range [][]int{{0}, {1}, {0, 1}, {0, 1, 2}, {1, 2}, {0, 1, 2}} {
		leader := slices.Index(f.servers.Nodes, f.servers.Leader(t, f.servers.Accounts[0].Name, "FRAMDRIFT_fosen"))
		for _, rank := range ranks {
			f.servers.Nodes[(leader+rank)%3].Kill(t)
		}
		if len(ranks) == 1 {
			f.goOn(t, 0, 1, 2)
		}
		for _, rank := range ranks {
			f.servers.Nodes[(leader+rank)%3].Start(t)
		}
		f.servers.Ready(t)
		f.goOn(t, 0, 1, 2)
		f.killThird(t)
		f.launch(t)
		f.goOn(t, 2)
	}
	leader := f.servers.Leader(t, f.servers.Accounts[0].Name, "FRAMDRIFT_fosen")
	leader.Pause(t)
	f.goOn(t, 0, 1, 2)
	leader.Resume(t)
	leader = f.servers.Leader(t, f.servers.Accounts[0].Name, "FRAMDRIFT_fosen")
	leader.Isolate()
	f.goOn(t, 0, 1, 2)
	leader.Mend()
	f.goOn(t, 0, 1, 2)
}

// Servers and an instance are killed without a word, one, two and all at once,
// a server is paused and one cut off, while every instance writes. What was
// acknowledged to anybody stands on the log, whole, once and where it was said
// to stand, and every instance reads the same.
func TestInstancesLoseNothingWhenServersAreKilled(t *testing.T) {
	f := newFleet(t)
	ctx, stop := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	t.Cleanup(func() {
		stop()
		wait.Wait()
	})
	for i, r := range f.regions {
		wait.Go(func() {
			if err := write(ctx, r, f.acknowledged(i)); err != nil {
				t.Errorf("instance %d: %v", i+1, err)
			}
		})
	}
	f.launch(t)
	t.Cleanup(func() { _ = f.third.Process.Kill() }) // when the test ends before its time
	f.goOn(t, 0, 1, 2)
	f.trouble(t)
	f.killThird(t)
	stop()
	wait.Wait()

	// The third is opened here, and reads the log from its beginning.
	at := jetstream.External{URL: f.servers.URL(), NKey: f.servers.Accounts[0].App, Replicas: 3}
	a, err := app.Open(t.Context(), app.Options{Dir: f.dir, NATS: at, MasterKeyFile: f.master})
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, a)
	r, err := a.Region("fosen")
	if err != nil {
		t.Fatal(err)
	}
	f.regions = append(f.regions, r)
	f.sameBytes(t)
	f.settle(t)
	for i, r := range f.regions {
		jetstreamtest.Eventually(t, "every instance is ready", func() bool { return r.Ready() == nil })
		t.Logf("instance %d: %d commands acknowledged", i+1, f.count[i])
	}
	t.Logf("%d events in all", position(r))
}

// lines is the log's history as an instance tells it.
func lines(t *testing.T, r *app.Region) []history.Line {
	t.Helper()
	all, err := r.History(t.Context(), app.HistoryQuery{Filter: history.Filter{}, Language: domain.English})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// sameBytes reads the log through each node: the messages are the same, byte
// for byte, and every instance has come to the last.
func (f *fleet) sameBytes(t *testing.T) {
	t.Helper()
	var first []eventstore.Message
	for i, n := range f.servers.Nodes {
		store, err := jetstream.OpenExternal(jetstream.External{URL: n.URL(), NKey: f.servers.Accounts[0].App, Replicas: 3})
		if err != nil {
			t.Fatal(err)
		}
		log, err := store.Open(t.Context(), "fosen")
		if err != nil {
			t.Fatal(err)
		}
		var all []eventstore.Message
		for m, err := range log.Read(t.Context(), eventstore.Head{}) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, m)
		}
		if i == 0 {
			first = all
		}
		if !reflect.DeepEqual(all, first) {
			t.Errorf("%s gives %d messages, and they are not the %d of %s", n.Name, len(all), len(first), f.servers.Nodes[0].Name)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}
	end := first[len(first)-1].Head
	for i, r := range f.regions {
		if err := r.Wait(t.Context(), domain.Position(end.Position)); err != nil || r.Head() != end {
			t.Errorf("instance %d has come to %v, and the log ends at %v: %v", i+1, r.Head(), end, err)
		}
	}
}

// settle compares what was told with what stands, in every instance.
func (f *fleet) settle(t *testing.T) {
	t.Helper()
	all := lines(t, f.regions[0])
	for i, r := range f.regions {
		if other := lines(t, r); !reflect.DeepEqual(other, all) {
			t.Errorf("instance %d tells another history than the first", i+1)
		}
	}
	found := map[domain.CommandID]app.Receipt{}
	var before time.Time
	for _, l := range all {
		stands, again := found[l.Command]
		if !again {
			stands = app.Receipt{Command: l.Command, First: l.Position}
		} else if l.Position != stands.Last+1 {
			t.Errorf("the command %s stands at %d to %d, and at %d", l.Command, stands.First, stands.Last, l.Position)
		}
		stands.Last = l.Position
		found[l.Command] = stands
		if l.Recorded.Before(before) {
			t.Errorf("event %d was recorded before the one before it", l.Position)
		}
		before = l.Recorded
	}
	for id, stands := range found {
		if n := int(stands.Last - stands.First + 1); !whole(id, n) && stands.First > 20 { // the region and its plan come first
			t.Errorf("the command %s has %d events", id, n)
		}
	}
	for id, told := range f.told {
		told.Repeated = false
		if found[id] != told {
			t.Errorf("it was told that %+v, and %+v is on the log", told, found[id])
		}
	}
}
