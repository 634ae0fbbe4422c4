package main

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

// A stile is a log handler that lets no region but one be opened before it is let go.
type stile struct {
	slog.Handler
	through domain.RegionID
	open    chan struct{}
}

func (stile) Enabled(context.Context, slog.Level) bool { return true }

func (s stile) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "region" && a.Value.Any() != any(s.through) {
			<-s.open
		}
		return true
	})
	return nil
}

func TestReadyzSaysWhichRegionsAreBeingOpened(t *testing.T) {
	dir := t.TempDir()
	a, err := app.Create(t.Context(), app.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []domain.RegionID{"fosen", "ytre"} {
		ask := domain.Request{ID: app.NewCommandID(), By: "u1", Channel: domain.ChannelCLI, Command: actors.RegisterRegion{Region: id, Name: string(id)}}
		if _, err := a.Init(t.Context(), ask); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	gate := stile{slog.DiscardHandler, "fosen", make(chan struct{})}
	if a, err = app.Open(t.Context(), app.Options{Dir: dir, Early: true, Logger: slog.New(gate)}); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	if _, err := a.Region("fosen"); err != nil {
		t.Fatal(err)
	}
	says := func() *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		ready(w, a, domain.English)
		return w
	}
	if w := says(); w.Code != http.StatusServiceUnavailable || w.Body.String() != "ytre: The region ytre is being opened: its log is being read. Try again in a while.\n" {
		t.Errorf("while one is being opened it answers %d %q", w.Code, w.Body)
	}
	close(gate.open)
	if _, err := a.Region("ytre"); err != nil {
		t.Fatal(err)
	}
	if w := says(); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), "ok") {
		t.Errorf("when all are open it answers %d %q", w.Code, w.Body)
	}
}
