package reportfile_test

import (
	"io"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// How long a report of a plan of 40 measures takes to write, a format at a time.
func BenchmarkWrite(b *testing.B) {
	r := planOf(40).until(b, delivery.OnDay(date("2023-12-31")))
	for _, f := range reportfile.Formats() {
		if f == reportfile.PDF { // is Chromium's time
			continue
		}
		b.Run(string(f), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := reportfile.Write(b.Context(), io.Discard, f, r, domain.Bokmal); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
