package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
)

// half writes the beginning of a report, and ends as what says.
func half(ends func() error) report {
	return report{write: func(_ context.Context, w io.Writer, _ reportfile.Format, _ domain.Language, _ ...reportfile.Option) error {
		_, err := io.WriteString(w, "# Slutt")
		return errors.Join(err, ends())
	}}
}

func nowhere(context.Context, domain.RegionID) (app.Service, error) {
	return nil, errors.New("nothing is published here")
}

func TestAReportThatIsInterruptedLeavesWhatWasThere(t *testing.T) {
	for rule, before := range map[string]string{"no file": "", "the file before": "# Forrige"} {
		dir := t.TempDir()
		name := filepath.Join(dir, "rapport.md")
		if before != "" {
			if err := os.WriteFile(name, []byte(before), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for what, ends := range map[string]func(stop func()) error{
			"between two blocks":  func(stop func()) error { stop(); return context.Canceled },
			"after the last":      func(stop func()) error { stop(); return nil },
			"by what it is about": func(func()) error { return errNotPublished.With("x") },
		} {
			ctx, stop := context.WithCancel(t.Context())
			c := &cli{err: &bytes.Buffer{}, language: domain.Bokmal}
			err := c.deliver(ctx, reportFlags{file: name, format: reportfile.Markdown}, half(func() error { return ends(stop) }), nowhere)
			stop()
			if err == nil {
				t.Errorf("%s, %s: no error", rule, what)
			}
			left, _ := os.ReadFile(name)
			entries, err := os.ReadDir(dir)
			if err != nil {
				t.Fatal(err)
			}
			if string(left) != before || len(entries) != min(len(before), 1) {
				t.Errorf("%s, %s: %q in %v", rule, what, left, entries)
			}
		}
	}
}

func TestAReportIsThereWhole(t *testing.T) {
	name := filepath.Join(t.TempDir(), "rapport.md")
	c := &cli{err: &bytes.Buffer{}, language: domain.Bokmal}
	if err := c.deliver(t.Context(), reportFlags{file: name, format: reportfile.Markdown}, half(func() error { return nil }), nowhere); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(name); err != nil || string(got) != "# Slutt" {
		t.Errorf("%q, %v", got, err)
	}
}
