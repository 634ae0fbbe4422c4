//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/country"
)

// The programme that is measured: as many regions as byregionprogrammet had,
// each with a plan of 40 measures that has gone on for four years.
const (
	programmeRegions  = 37
	programmeMeasures = 40
	programmeYears    = 4
	programmeEvents   = 2600 // of a region: what its four years come to
)

// BenchmarkProgramme writes a programme report of made-up regions, a format at
// a time, by a program of its own. Beside the time it gives what the program used of
// the processor, the most memory that it held, and how large the file became.
func BenchmarkProgramme(b *testing.B) {
	dir := b.TempDir()
	data := filepath.Join(dir, "data")
	populate(b, data)
	program, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	for _, ending := range []string{"html", "docx", "xlsx", "md", "json"} {
		b.Run(ending, func(b *testing.B) {
			file, most, worked := filepath.Join(dir, "program."+ending), int64(0), time.Duration(0)
			for b.Loop() {
				cmd := exec.CommandContext(b.Context(), program, "report", "programme", "--data", data, "-O", file)
				cmd.Args[0] = "framdrift"
				if said, err := cmd.CombinedOutput(); err != nil {
					b.Fatalf("%v: %s", err, said)
				}
				worked = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
				if used, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
					most = max(most, used.Maxrss)
				}
			}
			info, err := os.Stat(file)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(worked.Seconds(), "cpu-s")
			b.ReportMetric(float64(most)/1024, "peak-MB") // Linux counts in kilobytes
			b.ReportMetric(float64(info.Size())/(1<<20), "file-MB")
		})
	}
}

// populate makes the regions and restores each on a log of its own.
func populate(b *testing.B, dir string) {
	b.Helper()
	a, err := app.Create(b.Context(), app.Options{Dir: dir})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			b.Fatal(err)
		}
	}()
	unwatched := func(int64, int64) {}
	for n := 1; n <= programmeRegions; n++ {
		h, err := country.Region(country.Options{
			Seed: 1, Number: n, Events: programmeEvents, Measures: programmeMeasures, Years: programmeYears, NewID: country.IDs(1, n),
		})
		if err != nil {
			b.Fatal(err)
		}
		var lines bytes.Buffer
		if err := a.Compose(b.Context(), &lines, h.Log); err != nil {
			b.Fatal(err)
		}
		copied, err := a.ReadCopy(b.Context(), io.ReadSeeker(bytes.NewReader(lines.Bytes())), unwatched)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := a.Restore(b.Context(), copied, app.Restoring{Watch: unwatched}); err != nil {
			b.Fatal(err)
		}
	}
}
