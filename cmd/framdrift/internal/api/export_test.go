package api_test

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"path/filepath"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/api"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/demo"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/doctor"
	"github.com/fosenregionen/framdrift/domain"
)

// A serve that stops in the middle of a log breaks the connection off, so
// that nobody takes what came for the whole.
func TestALogThatIsBrokenOffIsNotTakenForWhole(t *testing.T) {
	a, _, err := demo.Play(t.Context(), app.Options{Dir: t.TempDir()}, app.Create, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close() //nolint:errcheck // only read
	var whole bytes.Buffer
	if err := a.Export(t.Context(), "", &whole); err != nil {
		t.Fatal(err)
	}
	stopping, stop := context.WithCancel(t.Context())
	defer stop()
	path := filepath.Join(t.TempDir(), "s")
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{Handler: api.Everything(stopping, a, doctor.Build{})}
	go s.Serve(l)   //nolint:errcheck // ends with Close
	defer s.Close() //nolint:errcheck // lets go of the listener
	client, err := api.Dial(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close() //nolint:errcheck // lets go of connections

	var got bytes.Buffer
	if err := client.Export(t.Context(), "", &got); err != nil || !bytes.Equal(got.Bytes(), whole.Bytes()) {
		t.Errorf("%d bytes came of %d: %v", got.Len(), whole.Len(), err)
	}
	if err := client.Export(t.Context(), "osen", &got); domain.KindOf(err) != domain.NotFound {
		t.Errorf("a region that is not there is answered %v", err)
	}
	got.Reset()
	stop()
	if err := client.Export(t.Context(), "", &got); err == nil || got.Len() >= whole.Len() {
		t.Errorf("a serve that stops gives %d bytes of %d: %v", got.Len(), whole.Len(), err)
	}
}
