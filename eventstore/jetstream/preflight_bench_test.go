package jetstream

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/eventstore"
)

// BenchmarkPreflight: the check of a log of single events, beside plainly
// reading the same files into a buffer as large, in turn.
func BenchmarkPreflight(b *testing.B) {
	dir := b.TempDir()
	s := openAt(b, Embedded{Dir: dir})
	log := createLog(b, s)
	var head eventstore.Head
	for head.Sequence < 20_000 {
		commit := eventstore.Commit{Subject: "plan.measure.t01", Events: [][]byte{benchEvent}}
		if head.Sequence%2 == 1 {
			for range 9 {
				commit.Events = append(commit.Events, benchEvent)
			}
		}
		var err error
		if head, err = log.Append(b.Context(), head, commit); err != nil {
			b.Fatal(err)
		}
	}
	closeStore(b, s)
	var plain, ours time.Duration
	var report Report
	for b.Loop() {
		began := time.Now()
		readPlainly(b, streamPath(dir, region))
		between := time.Now()
		var err error
		if report, err = Preflight(b.Context(), dir, region, nil); err != nil || report.Head != head {
			b.Fatalf("%+v: %v", report, err)
		}
		plain += between.Sub(began)
		ours += time.Since(between)
	}
	perSecond := func(d time.Duration) float64 { return float64(report.Bytes) * float64(b.N) / d.Seconds() / 1e6 }
	b.ReportMetric(perSecond(plain), "plain-MB/s")
	b.ReportMetric(perSecond(ours), "ours-MB/s")
	b.ReportMetric(float64(ours)/float64(plain), "ours/plain")
	b.ReportMetric(0, "ns/op")
}

func readPlainly(b *testing.B, path string) {
	blocks, err := filepath.Glob(filepath.Join(path, "msgs", "*.blk"))
	if err != nil {
		b.Fatal(err)
	}
	buffer := make([]byte, 8<<20)
	for _, name := range blocks {
		file, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		for err == nil {
			_, err = file.Read(buffer)
		}
		if !errors.Is(err, io.EOF) {
			b.Fatal(err)
		}
		if err := file.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
