package jetstream

import (
	"bytes"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/eventstore"
)

// The benchmarks set this package beside what nats.go does by itself, on the
// same server with the same options, in turn within one run, so that the
// ratio holds where the figures do not.

// benchEvent is one event of 600 bytes.
var benchEvent = append(bytes.Repeat([]byte("x"), 599), '\n')

// BenchmarkAppend: one event an append, one fsync each.
func BenchmarkAppend(b *testing.B) {
	f := openWithRoot(b)
	log := createLog(b, f.Store)
	config := streamConfig("raw", 1)
	config.Subjects = []string{"raw.>"}
	if _, err := f.root.CreateStream(b.Context(), config); err != nil {
		b.Fatal(err)
	}
	commit := eventstore.Commit{Subject: "plan.measure.t01", Events: [][]byte{benchEvent}}
	var head eventstore.Head
	var raw, ours time.Duration
	for b.Loop() {
		began := time.Now()
		if _, err := f.root.Publish(b.Context(), "raw.plan.measure.t01", benchEvent); err != nil {
			b.Fatal(err)
		}
		between := time.Now()
		var err error
		if head, err = log.Append(b.Context(), head, commit); err != nil {
			b.Fatal(err)
		}
		raw += between.Sub(began)
		ours += time.Since(between)
	}
	report(b, 1, map[string]time.Duration{"raw": raw}, ours)
}

// BenchmarkAppendPack: a hundred commits an append.
func BenchmarkAppendPack(b *testing.B) {
	log := createLog(b, openAt(b, Embedded{Dir: b.TempDir()}))
	commits := make([]eventstore.Commit, 100)
	for i := range commits {
		commits[i] = eventstore.Commit{Subject: "plan.measure.t01", Events: [][]byte{benchEvent}}
	}
	var head eventstore.Head
	for b.Loop() {
		var err error
		if head, err = log.Append(b.Context(), head, commits...); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(commits)), "ns/event")
}

// BenchmarkRead: a whole log of single events, beside the ways nats.go has of
// reading a stream in order.
func BenchmarkRead(b *testing.B) {
	const events = 20_000
	f := openWithRoot(b)
	log := createLog(b, f.Store)
	var head eventstore.Head
	for range events {
		var err error
		if head, err = log.Append(b.Context(), head, eventstore.Commit{Subject: "plan.measure.t01", Events: [][]byte{benchEvent}}); err != nil {
			b.Fatal(err)
		}
	}
	raw := map[string]func(*testing.B, int){"raw-messages": f.orderedMessages, "raw-consume": f.orderedConsume, "raw-push": f.orderedPush}
	times := map[string]time.Duration{}
	var ours time.Duration
	for b.Loop() {
		for name, read := range raw {
			began := time.Now()
			read(b, events)
			times[name] += time.Since(began)
		}
		began := time.Now()
		if n, err := readAll(b.Context(), log, eventstore.Head{}); n != events || err != nil {
			b.Fatalf("%d events: %v", n, err)
		}
		ours += time.Since(began)
	}
	report(b, events, times, ours)
}

// report gives the time of an event each way, and of ours to the fastest other.
func report(b *testing.B, events int, raw map[string]time.Duration, ours time.Duration) {
	each := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / float64(b.N*events) }
	best := time.Duration(1<<63 - 1)
	for name, d := range raw {
		b.ReportMetric(each(d), name+"-ns/event")
		best = min(best, d)
	}
	b.ReportMetric(each(ours), "ours-ns/event")
	b.ReportMetric(float64(ours)/float64(best), "ours/raw")
	b.ReportMetric(0, "ns/op") // the sum of all ways says nothing
}

func (f fixture) orderedMessages(b *testing.B, events int) {
	consumer, err := f.root.OrderedConsumer(b.Context(), streamName(region), natsjs.OrderedConsumerConfig{})
	if err != nil {
		b.Fatal(err)
	}
	messages, err := consumer.Messages(natsjs.PullMaxMessages(1000))
	if err != nil {
		b.Fatal(err)
	}
	defer messages.Stop()
	for range events {
		if _, err := messages.Next(); err != nil {
			b.Fatal(err)
		}
	}
}

func (f fixture) orderedConsume(b *testing.B, events int) {
	consumer, err := f.root.OrderedConsumer(b.Context(), streamName(region), natsjs.OrderedConsumerConfig{})
	if err != nil {
		b.Fatal(err)
	}
	n, done := 0, make(chan struct{})
	consuming, err := consumer.Consume(func(natsjs.Msg) {
		if n++; n == events {
			close(done)
		}
	}, natsjs.PullMaxMessages(1000))
	if err != nil {
		b.Fatal(err)
	}
	<-done
	consuming.Stop()
}

func (f fixture) orderedPush(b *testing.B, events int) {
	js, err := f.conn.JetStream()
	if err != nil {
		b.Fatal(err)
	}
	sub, err := js.SubscribeSync("framdrift.fosen.>", nats.OrderedConsumer())
	if err != nil {
		b.Fatal(err)
	}
	for range events {
		if _, err := sub.NextMsg(answerTimeout); err != nil {
			b.Fatal(err)
		}
	}
	if err := sub.Unsubscribe(); err != nil {
		b.Fatal(err)
	}
}
