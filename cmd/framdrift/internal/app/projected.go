package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/history"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// A Projected is how one projection of a region is doing.
type Projected struct {
	Name     string          `json:"name"`
	Version  int             `json:"version"`
	State    ProjectionState `json:"state"`
	Position uint64          `json:"position"` // of the last event it has
	// Events is how many it lacks, at least, and Seconds for how long it has
	// lacked the first of them: that grows also when nothing happens.
	Events  uint64  `json:"lagEvents"`
	Seconds float64 `json:"lagSeconds"`
	// Digest is that of the events it was given: see projections.Digest.
	Digest string `json:"digest"`
	Error  string `json:"error,omitempty"` // why it stopped
}

// A ProjectionState is how far a projection is from the log.
type ProjectionState string

// The states.
const (
	Running ProjectionState = "running" // it has what is on the log
	Behind  ProjectionState = "behind"  // there is more on the log
	Stopped ProjectionState = "stopped" // it will not go on
)

// Projections lists them as they are. A log that cannot be reached does not hide
// how far they have come.
func (r *Region) Projections(ctx context.Context) ([]Projected, error) {
	messages, _ := r.Messages(ctx) // that it did not answer is told by Ready
	end, now := max(r.end.Position, r.Head().Position), time.Now()
	all := []Projected{}
	for _, h := range r.Health() {
		if h.Kept {
			continue
		}
		p := Projected{Name: h.Name, Version: h.Version, State: Running, Position: h.Head.Position, Digest: h.Digest.String()}
		p.Events = max(less(end, h.Head.Position), less(messages, h.Head.Sequence))
		if p.Events > 0 {
			p.State, p.Seconds = Behind, r.lacking(h, now).Seconds()
		}
		if h.Err != nil {
			p.State, p.Error = Stopped, h.Err.Error()
		}
		all = append(all, p)
	}
	return all, nil
}

func less(a, b uint64) uint64 { return max(a, b) - b }

// lacking is for how long a projection has lacked an event: since that was
// recorded if it stopped there, else since the log was known to have more.
func (r *Region) lacking(h projections.Health, now time.Time) time.Duration {
	since := h.Lacks
	if since.IsZero() {
		since = r.hearing.owing(h.Head.Sequence)
	}
	if since.IsZero() {
		return 0
	}
	return max(0, now.Sub(since))
}

var (
	errNoProjection = book.Rule(domain.Invalid, "projection.unknown",
		"Det finnes ingen projeksjon «%[1]s» som kan bygges på nytt. Velg en av %[2]s, eller ingen for alle.",
		"Det finst ingen projeksjon «%[1]s» som kan byggjast på nytt. Vel ein av %[2]s, eller ingen for alle.",
		"There is no projection “%[1]s” that can be rebuilt. Choose one of %[2]s, or none for all.")
	errRuling = book.Rule(domain.Refused, "projection.ruling",
		"«ruling» er det kommandoer avgjøres mot, og bygges på nytt når programmet starter. Ingenting er gjort.",
		"«ruling» er det kommandoar blir avgjorde mot, og blir bygd på nytt når programmet startar. Ingenting er gjort.",
		"“ruling” is what commands are decided against, and is rebuilt when the program starts. Nothing was done.")
)

// Rebuild makes a projection anew from the log, or with no name all that answer,
// beside those that are in use. Who asks meanwhile is answered by the old, and
// commands are carried out; then the new take their places. It gives the list as
// it is after. One that stops sooner than the old did is not put in its place.
func (r *Region) Rebuild(ctx context.Context, name string) ([]Projected, error) {
	if r.loading.Load() {
		return nil, errRestoring.With(r.id)
	}
	v, h, d := planview.New(), history.New(), delivery.New()
	fresh := []projections.Projection{v, h, d}
	swaps := map[string]func(){
		v.Name(): func() { r.planview = v }, h.Name(): func() { r.history = h }, d.Name(): func() { r.delivery = d },
	}
	if name != "" {
		var names []string
		for _, p := range fresh {
			names = append(names, p.Name())
		}
		if name == r.ruling.Name() {
			return nil, errRuling.With()
		}
		if !slices.Contains(names, name) {
			return nil, errNoProjection.With(name, strings.Join(names, ", "))
		}
		fresh = slices.DeleteFunc(fresh, func(p projections.Projection) bool { return p.Name() != name })
	}
	if err := r.replace(ctx, fresh, swaps); err != nil {
		return nil, explain(r.id, err)
	}
	return r.Projections(ctx)
}

// replace renews projections while nothing is being erased: what is made of a
// text that can be read must not take the place of what is made without it.
func (r *Region) replace(ctx context.Context, fresh []projections.Projection, swaps map[string]func()) error {
	r.erasing.mu.Lock()
	defer r.erasing.mu.Unlock()
	return r.runner.Renew(ctx, func() {
		for _, p := range fresh {
			swaps[p.Name()]()
		}
	}, fresh...)
}
