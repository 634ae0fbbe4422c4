package app

import (
	"context"
	"slices"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/projections"
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
	Asleep  ProjectionState = "asleep"  // it is made when somebody asks
)

// Projections lists them as they are. A log that cannot be reached does not hide
// how far they have come. What is asleep when the log cannot be read on would come
// no further than the rest.
func (r *Region) Projections(ctx context.Context) ([]Projected, error) {
	messages, _ := r.Messages(ctx) // that it did not answer is told by Ready
	end, now := eventstore.Head{Sequence: messages, Position: max(r.end.Position, r.Head().Position)}, time.Now()
	there := r.Health()
	all := []Projected{r.projected(there[0], end, now)} // the ruling
	for _, n := range needs {
		i := slices.IndexFunc(there, func(h projections.Health) bool { return h.Name == string(n) })
		switch stopped := r.runner.Err(); {
		case i >= 0:
			all = append(all, r.projected(there[i], end, now))
		case stopped != nil:
			at := there[0]
			at.Name, at.Version = string(n), n.fresh().Version()
			all = append(all, r.projected(at, end, now))
		default:
			all = append(all, Projected{Name: string(n), Version: n.fresh().Version(), State: Asleep})
		}
	}
	return all, nil
}

func (r *Region) projected(h projections.Health, end eventstore.Head, now time.Time) Projected {
	p := Projected{Name: h.Name, Version: h.Version, State: Running, Position: h.Head.Position, Digest: h.Digest.String()}
	p.Events = max(less(end.Position, h.Head.Position), less(end.Sequence, h.Head.Sequence))
	if p.Events > 0 {
		p.State, p.Seconds = Behind, r.lacking(h, now).Seconds()
	}
	if h.Err != nil {
		p.State, p.Error = Stopped, h.Err.Error()
	}
	return p
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
		"Det finnes ingen projeksjon «%[1]s» her. Velg en av %[2]s, eller ingen for alle.",
		"Det finst ingen projeksjon «%[1]s» her. Vel ein av %[2]s, eller ingen for alle.",
		"There is no projection “%[1]s” here. Choose one of %[2]s, or none for all.")
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
	var fresh []projections.Projection
	for _, n := range needs {
		if name == "" || name == string(n) {
			fresh = append(fresh, n.fresh())
		}
	}
	switch {
	case name == r.ruling.Name():
		return nil, errRuling.With()
	case len(fresh) == 0:
		return nil, noProjection(name)
	}
	if err := r.replace(ctx, fresh); err != nil {
		return nil, explain(r.id, err)
	}
	return r.Projections(ctx)
}

// replace renews projections while nothing is being erased: what is made of a
// text that can be read must not take the place of what is made without it.
func (r *Region) replace(ctx context.Context, fresh []projections.Projection) error {
	r.erasing.mu.Lock()
	defer r.erasing.mu.Unlock()
	defer r.room.made(r)
	return r.put(ctx, projections.Standing{}, fresh...)
}
