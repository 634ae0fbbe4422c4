//go:build unix

package segment_test

import (
	"bytes"
	"errors"
	"fmt"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

// benchEvents are about four segments.
const benchEvents = 60_000

// BenchmarkKeep is what following costs: keep-ns is what whoever appends
// waits, cpu-ns all work of all cores until all is sealed.
func BenchmarkKeep(b *testing.B) {
	log := newLife(1).log(b, benchEvents)
	var keeping, all spent
	for b.Loop() {
		w := openWriter(b, b.TempDir(), segment.Options{})
		all.add(b, func() error {
			keeping.add(b, func() error { keep(b, w, log); return nil })
			return errors.Join(w.Sync(), w.Close())
		})
	}
	events := float64(b.N) * float64(headOf(log).Position)
	b.ReportMetric(float64(keeping.wall.Nanoseconds())/events, "keep-ns/event")
	b.ReportMetric(float64(all.cpu.Nanoseconds())/events, "cpu-ns/event")
	b.ReportMetric(0, "ns/op")
}

// cpu is what the process has used of all cores.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkAppend is an embedded log that is appended to, 64 commits at a
// time, without and with a Writer that follows as a runner's keeper does: how
// much slower that is, and how much more work, for whoever appends, and if all
// is to be sealed when he is done.
func BenchmarkAppend(b *testing.B) {
	const messages = 800
	store, err := jetstream.OpenEmbedded(jetstream.Embedded{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := store.Close(); err != nil {
			b.Error(err)
		}
	})
	var without, with, sealed spent
	for round := 0; b.Loop(); round++ {
		l := newLife(uint64(round))
		var packs []eventstore.Message
		for range messages {
			packs = append(packs, l.message(b, 64))
		}
		without.add(b, func() error {
			return appendAll(b, store, fmt.Sprintf("without-%d", round), packs, func(eventstore.Message) error { return nil })
		})
		w := openWriter(b, b.TempDir(), segment.Options{})
		sealed.add(b, func() error {
			with.add(b, func() error { return appendAll(b, store, fmt.Sprintf("with-%d", round), packs, w.Keep) })
			return w.Sync()
		})
	}
	slower := func(d, than time.Duration) float64 { return 100 * (float64(d)/float64(than) - 1) }
	b.ReportMetric(float64(without.wall.Microseconds())/float64(b.N*messages), "append-µs/pack")
	b.ReportMetric(slower(with.wall, without.wall), "kept-percent-slower")
	b.ReportMetric(slower(with.cpu, without.cpu), "kept-percent-work")
	b.ReportMetric(slower(sealed.cpu, without.cpu), "sealed-percent-work")
	b.ReportMetric(0, "ns/op")
}

// spent is what something took.
type spent struct{ wall, cpu time.Duration }

func (s *spent) add(b *testing.B, do func() error) {
	b.Helper()
	began, worked := time.Now(), cpu(b)
	if err := do(); err != nil {
		b.Fatal(err)
	}
	s.wall += time.Since(began)
	s.cpu += cpu(b) - worked
}

func appendAll(b *testing.B, store eventstore.Store, region string, packs []eventstore.Message, keep func(eventstore.Message) error) error {
	b.Helper()
	log, err := store.Create(b.Context(), region)
	var head eventstore.Head
	for i := 0; i < len(packs) && err == nil; i++ {
		head, err = log.Append(b.Context(), head, eventstore.Commit{Events: linesOf(packs[i : i+1])})
		if err == nil {
			err = keep(packs[i])
		}
	}
	return err
}

// BenchmarkPacked is what the files are of the payload, by how long the sealed
// texts are, which do not pack: none, as in the demo, and generous.
func BenchmarkPacked(b *testing.B) {
	for _, words := range []int{0, 12, 40} {
		b.Run(fmt.Sprintf("words=%d", words), func(b *testing.B) {
			l := newLife(1)
			l.words = words
			log, dir := l.log(b, benchEvents), b.TempDir()
			payload, texts := 0, 0
			for _, m := range log {
				payload += len(m.Payload)
				for _, text := range bytes.Split(m.Payload, []byte(`"s1:`))[1:] {
					texts += bytes.IndexByte(text, '"')
				}
			}
			var done segment.Exported
			for b.Loop() {
				write(b, dir, segment.Options{}, log)
				var err error
				if done, err = open(b, dir).Export(b.Context(), b.TempDir(), nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(100*float64(done.Bytes)/float64(payload), "percent")
			b.ReportMetric(100*float64(texts)/float64(payload), "percent-texts")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// archive is a log, and a directory that holds it.
func archive(b *testing.B) (log []eventstore.Message, dir string) {
	b.Helper()
	log, dir = newLife(1).log(b, benchEvents), b.TempDir()
	write(b, dir, segment.Options{}, log)
	return log, dir
}

func BenchmarkVerify(b *testing.B) {
	log, dir := archive(b)
	worked := cpu(b)
	for b.Loop() {
		if done, err := open(b, dir).Verify(b.Context(), segment.Check{}); err != nil || done.Head != headOf(log) {
			b.Fatal(done, err)
		}
	}
	events := float64(b.N) * float64(headOf(log).Position)
	b.ReportMetric(events/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(float64((cpu(b)-worked).Nanoseconds())/events, "cpu-ns/event")
}

// BenchmarkRead is beside the ways nats.go has of reading the same messages in
// order from a stream on disk, in turn within one run.
func BenchmarkRead(b *testing.B) {
	log, dir := archive(b)
	js := stream(b, log)
	var raw, ours time.Duration
	for b.Loop() {
		began := time.Now()
		ordered(b, js, len(log))
		between := time.Now()
		n := 0
		for m, err := range open(b, dir).Read(b.Context(), eventstore.Head{}) {
			if err != nil {
				b.Fatal(m.Head, err)
			}
			n++
		}
		raw += between.Sub(began)
		ours += time.Since(between)
		if n != len(log) {
			b.Fatal(n)
		}
	}
	each := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / float64(b.N*len(log)) }
	b.ReportMetric(each(raw), "jetstream-ns/message")
	b.ReportMetric(each(ours), "ours-ns/message")
	b.ReportMetric(float64(raw)/float64(ours), "times-as-fast")
	b.ReportMetric(0, "ns/op")
}

// stream puts the messages on a stream of a server in this process, which is
// spared syncing them.
func stream(b *testing.B, log []eventstore.Message) nats.JetStreamContext {
	b.Helper()
	srv, err := server.NewServer(&server.Options{DontListen: true, JetStream: true, StoreDir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	srv.Start()
	b.Cleanup(func() { srv.Shutdown(); srv.WaitForShutdown() })
	if !srv.ReadyForConnections(time.Minute) {
		b.Fatal("the server does not start")
	}
	conn, err := nats.Connect("", nats.InProcessServer(srv))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(conn.Close)
	js, err := natsjs.New(conn)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := js.CreateStream(b.Context(), natsjs.StreamConfig{Name: "raw", Subjects: []string{"raw.>"}}); err != nil {
		b.Fatal(err)
	}
	for _, m := range log {
		if _, err := js.PublishAsync("raw."+m.Subject, m.Payload); err != nil {
			b.Fatal(err)
		}
	}
	<-js.PublishAsyncComplete()
	old, err := conn.JetStream()
	if err != nil {
		b.Fatal(err)
	}
	return old
}

// ordered reads a stream with the fastest of the ordered consumers.
func ordered(b *testing.B, js nats.JetStreamContext, messages int) {
	b.Helper()
	sub, err := js.SubscribeSync("raw.>", nats.OrderedConsumer())
	if err != nil {
		b.Fatal(err)
	}
	for range messages {
		if _, err := sub.NextMsg(time.Minute); err != nil {
			b.Fatal(err)
		}
	}
	if err := sub.Unsubscribe(); err != nil {
		b.Fatal(err)
	}
}
