package reportfile_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

func TestWithoutABrowserAPDFIsRefusedWithWhatToDo(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	var b bytes.Buffer
	err := reportfile.Write(t.Context(), &b, reportfile.PDF, planOf(1).until(t, delivery.OnDay(date("2023-12-31"))), domain.Bokmal)
	if domain.KindOf(err) != domain.Invalid || !strings.Contains(domain.Explain(err).Message.NB, ".html") || b.Len() > 0 {
		t.Errorf("%v, and %d bytes", err, b.Len())
	}
}
