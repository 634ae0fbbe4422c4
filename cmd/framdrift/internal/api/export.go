package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
)

// exportPause is how long the reader of an export may let one message wait. A
// log takes as long as it takes, so it has no time limit as a whole.
const exportPause = 2 * time.Minute

// export answers with the log as it is stored. What goes wrong after the first
// byte breaks the connection off, so that nobody takes a part for the whole.
func export(stopping context.Context, a *app.App, w http.ResponseWriter, r *http.Request) {
	s := &stream{to: w, control: http.NewResponseController(w), stopping: stopping}
	err := a.Export(r.Context(), domain.RegionID(r.PathValue("region")), s)
	switch {
	case err != nil && s.begun:
		panic(http.ErrAbortHandler) // net/http's own word for it
	case err != nil:
		writeProblem(w, err)
	}
}

// stream is an answer that is written as it comes, until serve stops.
type stream struct {
	to       http.ResponseWriter
	control  *http.ResponseController
	stopping context.Context
	begun    bool
}

func (s *stream) Write(b []byte) (int, error) {
	if !s.begun {
		s.begun = true
		s.to.Header().Set("Content-Type", "application/jsonl")
		s.to.Header().Set("Cache-Control", "no-store")
	}
	err := s.stopping.Err()
	if err == nil {
		err = s.control.SetWriteDeadline(time.Now().Add(exportPause))
	}
	if err != nil {
		return 0, err
	}
	return s.to.Write(b)
}

// exportKeys answers with the keys of the texts of the first events of a log.
func exportKeys(stopping context.Context, a *app.App, w http.ResponseWriter, r *http.Request) {
	events, err := strconv.ParseUint(r.FormValue("events"), 10, 64)
	if err != nil {
		writeProblem(w, errBody.With(err))
		return
	}
	s := &stream{to: w, control: http.NewResponseController(w), stopping: stopping}
	switch _, err = a.ExportKeys(r.Context(), domain.RegionID(r.PathValue("region")), events, s); {
	case err != nil && s.begun:
		panic(http.ErrAbortHandler) // as in export
	case err != nil:
		writeProblem(w, err)
	}
}
