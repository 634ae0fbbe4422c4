package app_test

import (
	"bytes"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
)

// The benchmarks set the whole door – decide, encode, seal, append, project –
// beside bare JetStream: a server of its own with the same sync setting, the
// same payload size, taking turns in the same run. The ratios hold where the
// figures do not.

// payload is as large as the events that the benchmarks append.
var payload = bytes.Repeat([]byte("x"), 560)

// rawStream is a stream on a bare server that syncs always.
func rawStream(b *testing.B) natsjs.JetStream {
	b.Helper()
	srv, err := server.NewServer(&server.Options{
		DontListen: true, JetStream: true, StoreDir: b.TempDir(), SyncAlways: true, NoSigs: true, NoLog: true, MaxPayload: jetstream.MaxMessage,
	})
	if err != nil {
		b.Fatal(err)
	}
	srv.Start()
	conn, err := nats.Connect("", nats.InProcessServer(srv))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		conn.Close()
		srv.Shutdown()
		srv.WaitForShutdown()
	})
	js, err := natsjs.New(conn)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := js.CreateStream(b.Context(), natsjs.StreamConfig{Name: "raw", Subjects: []string{"raw.>"}, Storage: natsjs.FileStorage}); err != nil {
		b.Fatal(err)
	}
	return js
}

func publish(b *testing.B, js natsjs.JetStream, payload []byte) time.Duration {
	began := time.Now()
	if _, err := js.Publish(b.Context(), "raw.x", payload); err != nil {
		b.Error(err)
	}
	return time.Since(began)
}

var users atomic.Int64

// change is a command that is never refused: t01 goes from one user to the next.
func change(i int) domain.Command {
	return plan.Assign{On: on(i), Owner: "radet", User: domain.UserID(fmt.Sprintf("u%d", users.Add(1)))}
}

// BenchmarkOneDurableChange: one client, one event a command.
func BenchmarkOneDurableChange(b *testing.B) {
	js := rawStream(b)
	_, r := newRegion(b, 40)
	var raw, ours time.Duration
	for b.Loop() {
		raw += publish(b, js, payload)
		began := time.Now()
		mustDo(b, r, ask(app.NewCommandID(), change(0)))
		ours += time.Since(began)
	}
	b.ReportMetric(float64(raw.Nanoseconds())/float64(b.N), "raw-ns/op")
	b.ReportMetric(float64(ours.Nanoseconds())/float64(b.N), "ours-ns/op")
	b.ReportMetric(float64(ours)/float64(raw), "ours/raw")
}

// BenchmarkWaitingClients: so many clients, each with its next command as
// soon as the last is answered; how many times the rate of one raw
// synchronous publisher.
func BenchmarkWaitingClients(b *testing.B) {
	for _, clients := range []int{8, 64, 256} {
		b.Run(fmt.Sprint(clients), func(b *testing.B) {
			js := rawStream(b)
			_, r := newRegion(b, 40)
			var raw, ours time.Duration
			const rounds = 20
			for b.Loop() {
				for range rounds {
					raw += publish(b, js, payload)
				}
				began := time.Now()
				var wait sync.WaitGroup
				for c := range clients {
					wait.Go(func() {
						for range rounds {
							mustDo(b, r, ask(app.NewCommandID(), change(c%40)))
						}
					})
				}
				wait.Wait()
				ours += time.Since(began)
			}
			head := r.Head()
			b.ReportMetric(float64(head.Position)/float64(head.Sequence), "changes/pack")
			perRaw := float64(raw) / float64(b.N*rounds)
			perOurs := float64(ours) / float64(b.N*rounds*clients)
			b.ReportMetric(perRaw, "raw-ns/change")
			b.ReportMetric(perOurs, "ours-ns/change")
			b.ReportMetric(perRaw/perOurs, "times-raw-rate")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkReplay: every projection fed from the first event of a region of
// 100 000 changes, from the stream and from segments, beside a bare ordered read
// of as many messages.
func BenchmarkReplay(b *testing.B) {
	const events, perMessage = 100_000, 100
	js := rawStream(b)
	for range events / perMessage {
		if _, err := js.Publish(b.Context(), "raw.x", bytes.Repeat(payload, perMessage)); err != nil {
			b.Fatal(err)
		}
	}
	dir := b.TempDir()
	a := open(b, dir)
	r := fill(b, a, 40)
	var wait sync.WaitGroup
	for c := range perMessage {
		wait.Go(func() {
			for range events / perMessage {
				mustDo(b, r, ask(app.NewCommandID(), change(c%40)))
			}
		})
	}
	wait.Wait()
	defer closeApp(b, a)
	replayed := func(segments bool) time.Duration {
		began := time.Now()
		if _, err := r.Measure(b.Context(), segments); err != nil {
			b.Fatal(err)
		}
		return time.Since(began)
	}
	var raw, stream, segments time.Duration
	for b.Loop() {
		began := time.Now()
		readRaw(b, js, events/perMessage)
		raw += time.Since(began)
		stream += replayed(false)
		segments += replayed(true)
	}
	each := float64(b.N * events)
	b.ReportMetric(each/raw.Seconds(), "raw-events/s")
	b.ReportMetric(each/stream.Seconds(), "stream-events/s")
	b.ReportMetric(each/segments.Seconds(), "segments-events/s")
	b.ReportMetric(0, "ns/op")
}

func readRaw(b *testing.B, js natsjs.JetStream, messages int) {
	consumer, err := js.OrderedConsumer(b.Context(), "raw", natsjs.OrderedConsumerConfig{})
	if err != nil {
		b.Fatal(err)
	}
	all, err := consumer.Messages()
	if err != nil {
		b.Fatal(err)
	}
	defer all.Stop()
	for range messages {
		if _, err := all.Next(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMemoryOfACommand: what a region's memory grows by for one more
// command with one event, in the door alone (its ids) and in all.
func BenchmarkMemoryOfACommand(b *testing.B) {
	_, r := newRegion(b, 40)
	const commands = 20_000
	var grown uint64
	for b.Loop() {
		before := heap()
		inCrowd(b, r, commands)
		grown += heap() - before
	}
	b.ReportMetric(float64(grown)/float64(b.N*commands), "B/command")
	b.ReportMetric(0, "ns/op")
}

// inCrowd gives so many commands, a hundred at a time.
func inCrowd(b *testing.B, r *app.Region, commands int) {
	const clients = 100
	var wait sync.WaitGroup
	for c := range clients {
		wait.Go(func() {
			for range commands / clients {
				mustDo(b, r, ask(app.NewCommandID(), change(c%40)))
			}
		})
	}
	wait.Wait()
}

func heap() uint64 {
	runtime.GC()
	runtime.GC() // what was pooled
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
