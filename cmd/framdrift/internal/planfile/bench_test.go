package planfile_test

import (
	"bytes"
	"fmt"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
	"github.com/fosenregionen/framdrift/domain/plantable"
)

// largePlan is a workbook with a plan of n rows, each with words of its own.
func largePlan(tb testing.TB, n int) []byte {
	tb.Helper()
	x := excelize.NewFile()
	defer x.Close() //nolint:errcheck // in memory
	w, err := x.NewStreamWriter(x.GetSheetName(0))
	if err != nil {
		tb.Fatal(err)
	}
	words := strings.Fields("kartlegge behov utvikle felles strategi næring reiseliv samferdsel kommune tiltak plan søknad midler nettverk møteplass opplæring klima energi havn veg kultur")
	text := func(seed, length int) string {
		var all []string
		for i := range length {
			seed = (seed*1103515245 + 12345 + i) & 0x7fffffff
			all = append(all, words[seed>>8%len(words)%len(words)])
		}
		return strings.Join(all, " ")
	}
	for i := range n + 1 {
		row := []any{fmt.Sprintf("Innsats %d", i/50), fmt.Sprintf("Prosjekt %d %s", i/5, text(i/5, 2)), fmt.Sprintf("Tiltak %d: %s", i, text(i, 9)), "Rådet, Utviklingsleder", "Trøndelag fylkeskommune, Kommunene", "2026"}
		if i == 0 {
			row = []any{"INNSATS", "HANDLINGSPLAN", "TILTAK", "ANSVAR", "SAMARBEIDSPARTNERE", "FRIST"}
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
			tb.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	if err := x.Write(&b); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// peak runs f and gives the most memory that was in use meanwhile, beyond what was before.
func peak(f func()) uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	now := func() uint64 { metrics.Read(sample); return sample[0].Value.Uint64() }
	debug.FreeOSMemory()
	before, most := now(), uint64(0)
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				most = max(most, now())
			}
		}
	}()
	f()
	close(done)
	<-stopped
	return max(most, before) - before
}

// BenchmarkRead reads files and parses them. The peaks are the most memory in
// use, garbage and all, over the size of the file: of reading, and of parsing
// beyond what was read.
func BenchmarkRead(b *testing.B) {
	seed, err := os.ReadFile("testdata/handlingsplan-2022-2024.txt")
	if err != nil {
		b.Fatal(err)
	}
	adopted, err := os.ReadFile("testdata/regions/libreoffice/hardfjord.docx")
	if err != nil {
		b.Fatal(err)
	}
	for _, file := range []struct {
		name    string
		content []byte
	}{
		{"rows=20000.xlsx", largePlan(b, 19_999)}, {"rows=40.xlsx", largePlan(b, 40)}, {"adopted.txt", seed}, {"hardfjord.docx", adopted},
	} {
		b.Run(file.name, func(b *testing.B) {
			var f planfile.File
			var err error
			read := func() { f, err = planfile.Read(file.name, bytes.NewReader(file.content), planfile.Limits{}) }
			parse := func() {
				if err == nil {
					_, err = plantable.Parse(f.Document)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
			reading, parsing := peak(read), peak(parse)
			for b.Loop() {
				read()
				parse()
			}
			of := float64(len(file.content))
			b.ReportMetric(of, "file-bytes")
			b.ReportMetric(float64(reading)/of, "read-peak/file")
			b.ReportMetric(float64(parsing)/of, "parse-peak/file")
		})
	}
}
