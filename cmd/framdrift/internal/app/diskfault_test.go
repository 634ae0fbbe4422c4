//go:build powercut && linux

package app_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/metrics"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest/powerfs"
)

// fails makes a disk fail at one thing from now on.
func fails(op, file string, errno syscall.Errno) func(*powerfs.Disk) {
	return func(d *powerfs.Disk) {
		d.Fail(func(c powerfs.Call) syscall.Errno {
			if c.Op == op && strings.HasSuffix(c.Path, file) {
				return errno
			}
			return 0
		})
	}
}

// A crowd is clients of one region and what they were told.
type crowd struct {
	mu   sync.Mutex
	acks acks
	errs []error
}

// work lets so many clients complete and reopen a measure each until they are
// refused. When all have been answered a few times, then is called.
func (c *crowd) work(r *app.Region, clients int, then func()) {
	c.acks = acks{}
	var wait sync.WaitGroup
	for i := range clients {
		wait.Go(func() {
			for open := true; ; open = !open {
				id := app.NewCommandID()
				var command domain.Command = plan.Complete{On: on(i), Result: "Ferdig"}
				if !open {
					command = plan.Reopen{On: on(i), Why: "Likevel ikke"}
				}
				receipt, err := r.Do(context.Background(), ask(id, command))
				c.mu.Lock()
				if err != nil {
					c.errs = append(c.errs, err)
				} else if c.acks[id] = (span{receipt.First, receipt.Last}); len(c.acks) == 4*clients {
					then()
				}
				c.mu.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	wait.Wait()
}

// started is a region with so many measures, all started, in a directory that
// may be made to fail.
func started(t *testing.T, dir string, n int) (*app.App, *app.Region) {
	t.Helper()
	a := open(t, dir)
	r := fill(t, a, n)
	for i := range n {
		mustDo(t, r, ask(commandID(i), plan.Start{On: on(i)}))
	}
	return a, r
}

// writable is what the metric says.
func writable(t *testing.T, a *app.App) string {
	t.Helper()
	w := httptest.NewRecorder()
	metrics.New().Handler(a).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
	_, value, _ := strings.Cut(w.Body.String(), "framdrift_log_writable{region=\"fosen\"} ")
	return value[:min(1, len(value))]
}

func TestADiskThatFailsMakesTheRegionReadOnlyAndLosesNothing(t *testing.T) {
	const clients = 8
	for _, tt := range []struct {
		what  string
		fail  func(*powerfs.Disk)
		codes []string // of the clients who are in time to hear of it
	}{
		{"the disk is full", func(d *powerfs.Disk) { d.Room(3000) }, []string{"door.appending"}},
		{"a write to the log", fails("write", "/msgs/1.blk", syscall.EIO), []string{"door.appending"}},
		{"a sync of the log", fails("fsync", "/msgs/1.blk", syscall.EIO), []string{"door.appending"}},
		{"a write to the keys", fails("write", "/vault/keys", syscall.ENOSPC), []string{"door.appending"}},
		{"a sync of the keys", fails("fsync", "/vault/keys", syscall.EIO), []string{"door.appending"}},
		{"a write to the mark", fails("write", "/regions/fosen", syscall.EIO), nil},
	} {
		t.Run(tt.what, func(t *testing.T) {
			disk, where := powerfs.Start(t, "")
			dir := filepath.Join(where, "data")
			a, r := started(t, dir, clients)
			var c crowd
			c.work(r, clients, func() { tt.fail(disk) })
			codes := map[string]bool{"log.read-only": true}
			for _, code := range tt.codes {
				codes[code] = true
			}
			for _, err := range c.errs {
				if code := domain.Explain(err).Code; !codes[code] || errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("a client hears %v", err)
				}
			}
			if code := domain.Explain(r.Err()).Code; code != "log.read-only" || writable(t, a) != "0" {
				t.Errorf("the region says %v, and the metric %s", r.Err(), writable(t, a))
			}
			if p, err := r.Plan(t.Context(), "", app.Per{}); err != nil || len(p.Measures) != clients {
				t.Errorf("%d measures are read: %v", len(p.Measures), err)
			}
			disk.Fail(nil)
			disk.Room(math.MaxInt)
			closeApp(t, a)
			c.acks.standAfter(t, disk, dir)
		})
	}
}

// standAfter opens a directory on a disk that is well again. What was told is
// there, and all that is there is on the disk before anybody hears of it.
func (a acks) standAfter(t *testing.T, disk *powerfs.Disk, dir string) {
	t.Helper()
	left := filepath.Join(t.TempDir(), "left")
	again := open(t, dir)
	if err := disk.Save(left, nil); err != nil {
		t.Fatal(err)
	}
	r, err := again.Region("")
	if err != nil {
		t.Fatal(err)
	}
	end := position(r)
	mustDo(t, r, ask(app.NewCommandID(), work("0000"))) // and it goes on
	closeApp(t, again)
	for where, dir := range map[string]string{"reopened": dir, "after a power cut then": filepath.Join(left, "data")} {
		found, last := commandsOnLog(t, dir), domain.Position(0)
		for _, at := range found {
			last = max(last, at[len(at)-1])
		}
		for id, told := range a {
			if at := found[id]; len(at) != 1 || at[0] != told.first {
				t.Errorf("%s: the command %s was acknowledged at %d, and stands at %v", where, id, told.first, at)
			}
		}
		if uint64(last) < end {
			t.Errorf("%s: the log ends at %d and was shown to %d", where, last, end)
		}
	}
}

// What was acknowledged is in memory, so only who reads the log again meets a
// block that cannot be read.
func TestABlockThatCannotBeReadMakesTheRegionReadOnly(t *testing.T) {
	disk, where := powerfs.Start(t, "")
	dir := filepath.Join(where, "data")
	a, r := started(t, dir, 2)
	for n := range 4 { // a few blocks of 8 MB: the last is in the server's memory
		c := planOf(700)
		c.Plan.Plan, c.File.SHA256 = domain.PlanID(fmt.Sprintf("plan-%d", n)), fmt.Sprint(n)
		for i := range c.Measures {
			c.Measures[i].ID = domain.MeasureID(fmt.Sprintf("p%d-%d", n, i))
			c.Measures[i].Measure.Text = strings.Repeat("tiltak ", 1000)
		}
		mustDo(t, r, ask(commandID(100+n), c))
	}
	end := position(r)
	fails("read", "/msgs/1.blk", syscall.EIO)(disk)
	if _, err := r.Report(t.Context(), "plan-2022", app.Per{}); err != nil {
		t.Errorf("a report is not made of what is in memory: %v", err)
	}
	a.Reverify(t.Context(), r)
	if err := r.Verdict().Err; domain.Explain(err).Code != "log.unverified" {
		t.Errorf("it is verified: %v", err)
	}
	if _, err := r.Do(t.Context(), ask(commandID(200), plan.Complete{On: on(0), Result: "Ferdig"})); domain.Explain(err).Code != "log.damaged" || writable(t, a) != "0" {
		t.Errorf("it takes a change: %v; the metric is %s", err, writable(t, a))
	}
	if p, err := r.Plan(t.Context(), "plan-2022", app.Per{}); err != nil || len(p.Measures) != 2 {
		t.Errorf("%d measures are read: %v", len(p.Measures), err)
	}
	closeApp(t, a)
	if _, err := app.Open(t.Context(), app.Options{Dir: dir}); domain.Explain(err).Code != "log.damaged" {
		t.Errorf("it opens: %v", err)
	}
	disk.Fail(nil)
	a = open(t, dir)
	defer closeApp(t, a)
	r, err := a.Region("")
	if err != nil || position(r) != end {
		t.Errorf("on a disk that is well it has %d events of %d: %v", position(r), end, err)
	}
}
