package metrics_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/demo"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/metrics"
	"github.com/fosenregionen/framdrift/domain/docstest"
)

// A metric as a scrape shows it.
type metric struct{ kind, help, labels string }

// Every metric of ours that a scrape of the demo shows stands in
// docs/metrics.md, and no other.
func TestDocsMetrics(t *testing.T) {
	found := scrape(t)
	names := make([]string, 0, len(found))
	for name := range found {
		names = append(names, name)
	}
	slices.Sort(names)
	rows := [][]string{{"metric", "type", "labels", "what it is"}}
	for _, name := range names {
		m := found[name]
		rows = append(rows, []string{"`" + name + "`", m.kind, m.labels, m.help})
	}
	docstest.Section(t, "docs/metrics.md", "metrics", docstest.Table(rows...))
}

func scrape(t *testing.T) map[string]*metric {
	t.Helper()
	counted := metrics.New()
	a, _, err := demo.Play(t.Context(), app.Options{Dir: t.TempDir(), Observer: counted}, app.Create, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	answer := httptest.NewRecorder()
	counted.Handler(a).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", http.NoBody))
	found := map[string]*metric{}
	of := func(name string) *metric {
		if found[name] == nil {
			found[name] = &metric{}
		}
		return found[name]
	}
	for line := range strings.Lines(answer.Body.String()) {
		line = strings.TrimSuffix(line, "\n")
		words := strings.SplitN(line, " ", 4)
		switch {
		case strings.HasPrefix(line, "# HELP framdrift_"):
			of(words[2]).help = words[3]
		case strings.HasPrefix(line, "# TYPE framdrift_"):
			of(words[2]).kind = words[3]
		case strings.HasPrefix(line, "framdrift_"):
			name, labels := sample(line)
			if found[name] != nil && found[name].labels == "" {
				found[name].labels = labels
			}
		}
	}
	return found
}

// sample is the name of a metric and the names of its labels.
func sample(line string) (name, labels string) {
	name, rest, ok := strings.Cut(line, "{")
	if !ok {
		return "", ""
	}
	rest, _, _ = strings.Cut(rest, "}")
	var names []string
	for part := range strings.SplitSeq(rest, `",`) {
		label, _, _ := strings.Cut(part, "=")
		names = append(names, label)
	}
	return name, strings.Join(names, ", ")
}
