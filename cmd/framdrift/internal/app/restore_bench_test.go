package app_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/eventstore/codec"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
)

// long is a log of a plan of forty measures and so many assignments more,
// each a command of its own.
func long(t testing.TB, assignments int) []byte {
	t.Helper()
	a, r := newRegion(t, 40)
	return append(exported(t, a), assigned(t, domain.Position(position(r)), assignments)...)
}

// assigned is the lines of so many assignments after a position.
func assigned(t testing.TB, after domain.Position, assignments int) []byte {
	t.Helper()
	var log bytes.Buffer
	k, at := codec.New(nil), domain.MustDate("2022-06-21").At(12, 0)
	for i := range assignments {
		line, err := k.Encode(domain.Recorded{
			ID: app.NewEventID(at), Region: "fosen", Position: after + domain.Position(i) + 1, Time: at, Effective: domain.DateOf(at),
			Subject: domain.About(domain.EntityMeasure, measureID(i%40)), Plan: "plan-2022", Actor: "u1", Channel: domain.ChannelCLI,
			Command: app.NewCommandID(), Event: plan.MeasureAssigned{Owner: "radet", User: domain.UserID(fmt.Sprintf("u%d", i))},
		})
		if err != nil {
			t.Fatal(err)
		}
		log.Write(line)
		at = at.Add(time.Second)
	}
	return log.Bytes()
}

// BenchmarkRestore: a log of 50 000 events into a new directory, beside bare
// JetStream that is given the same bytes in messages as large, and one line at
// a time, each synced.
func BenchmarkRestore(b *testing.B) {
	const events, singles = 50_000, 200
	log := long(b, events)
	js := rawStream(b)
	var check, ours, bulk, single time.Duration
	for b.Loop() {
		began := time.Now()
		for rest := log; len(rest) > 0; {
			n := min(len(rest), jetstream.MaxPayload)
			publish(b, js, rest[:n])
			rest = rest[n:]
		}
		bulk += time.Since(began)
		for range singles {
			single += publish(b, js, payload)
		}
		a := open(b, b.TempDir())
		began = time.Now()
		c, err := a.ReadCopy(context.Background(), bytes.NewReader(log), unwatched)
		if err != nil {
			b.Fatal(err)
		}
		check += time.Since(began)
		if _, err := a.Restore(context.Background(), c, app.Restoring{Watch: unwatched}); err != nil {
			b.Fatal(err)
		}
		ours += time.Since(began)
		closeApp(b, a)
	}
	perEvent := func(d time.Duration) float64 { return float64(d) / float64(b.N*events) }
	b.ReportMetric(perEvent(check), "check-ns/event")
	b.ReportMetric(perEvent(ours), "ours-ns/event")
	b.ReportMetric(perEvent(bulk), "raw-bulk-ns/event")
	b.ReportMetric(float64(single)/float64(b.N*singles)/perEvent(ours), "times-raw-rate")
	b.ReportMetric(float64(ours)/float64(bulk), "ours/raw-bulk")
	b.ReportMetric(0, "ns/op")
	b.SetBytes(int64(len(log)))
}
