package finalreport

import (
	"fmt"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/story"
	"github.com/fosenregionen/framdrift/projections"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/history"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// A writer makes the parts of one report.
type writer struct {
	log     *Projection
	profile delivery.Profile // its day and view are T
	view    *planview.View   // folded from what is seen from T
	plan    planview.Plan
	read    []history.Entry             // the log as far as the report reads it, as it was recorded
	events  map[domain.MeasureID][]seen // of the plan's measures as seen from T, in the order of look
	region  []domain.Position           // the events that describe the region
	adopted []domain.Position           // the events that the plan itself was adopted by
	actors  map[domain.ActorID]planview.Actor

	endorsed []seen                 // the plan's adoptions in the member municipalities
	tales    []tale                 // the programme's story, in the order first told
	told     map[domain.Subject]int // where in tales

	courses map[delivery.View][]stage // that have been made
}

// A seen is an event as it looks from T: corrected, with the measure that it is
// about, and with the positions of itself and of the corrections that changed it.
type seen struct {
	domain.Recorded
	about     domain.MeasureID
	positions []domain.Position
}

func (p *Projection) writer(profile delivery.Profile) (*writer, error) {
	w := &writer{
		log: p, profile: profile, view: planview.New(),
		events: map[domain.MeasureID][]seen{}, actors: map[domain.ActorID]planview.Actor{},
		told: map[domain.Subject]int{}, courses: map[delivery.View][]stage{},
	}
	looked, err := w.look()
	if err != nil {
		return nil, err
	}
	for _, s := range looked {
		if err := w.view.Apply(s.Recorded); err != nil {
			return nil, fmt.Errorf("finalreport: %w", err)
		}
		w.sort(s)
	}
	for _, a := range w.view.Actors() {
		w.actors[a.ID] = a
	}
	w.plan, _ = w.view.Plan(profile.Plan)
	return w, nil
}

// look is the log as it is seen from T: as known in its own order, as corrected
// in the one that leaves in force what took effect last (projections.Settled).
func (w *writer) look() ([]seen, error) {
	var all []seen
	for _, e := range w.log.history.Entries(history.Filter{}) {
		if w.profile.View == delivery.Known && !w.recorded(e.Recorded) {
			break
		}
		w.read = append(w.read, e)
		s, ok, err := w.see(e)
		if err != nil {
			return nil, err
		}
		if ok {
			all = append(all, s)
		}
	}
	if w.profile.View == delivery.Known {
		return all, nil
	}
	at, events := map[domain.Position]seen{}, make([]domain.Recorded, len(all))
	for i, s := range all {
		at[s.Position], events[i] = s, s.Recorded
	}
	for i, r := range projections.Settled(events) {
		all[i] = at[r.Position]
	}
	return all, nil
}

// sort puts the event where it is asked for.
func (w *writer) sort(s seen) {
	switch {
	case s.about != "" && s.Plan == w.profile.Plan:
		w.events[s.about] = append(w.events[s.about], s)
	case s.Event.EventName() == "region.registered", s.Event.EventName() == "region.described", s.Event.EventName() == "programme.joined":
		w.region = append(w.region, s.positions...)
	case s.Plan == w.profile.Plan && (s.Event.EventName() == "plan.adopted" || s.Event.EventName() == "plan.closed"):
		w.adopted = append(w.adopted, s.positions...)
	case s.Plan == w.profile.Plan:
		w.sortStory(s)
	}
}

func (w *writer) sortStory(s seen) {
	switch s.Event.(type) {
	case story.Event:
		w.tell(s)
	case plan.Endorsed:
		w.endorsed = append(w.endorsed, s)
	}
}

// last is the last event that was read.
func (w *writer) last() history.Entry { return w.read[len(w.read)-1] }

// see is an event that was read as it looks from T, and whether it is seen at
// all: as corrected what belongs to a plan is seen from the day it took
// effect. A correction always is, for it is applied.
func (w *writer) see(e history.Entry) (seen, bool, error) {
	r := e.Recorded
	s := seen{r, e.Measure, []domain.Position{r.Position}}
	if _, ok := r.Event.(correction.EventCorrected); ok {
		return s, true, nil
	}
	for _, by := range w.log.corrections[r.ID] {
		if w.profile.View == delivery.Known && !w.recorded(by) {
			break
		}
		if err := s.correct(by.Event.(correction.EventCorrected)); err != nil {
			return s, false, fmt.Errorf("finalreport: event %d corrects event %d: %w", by.Position, r.Position, err)
		}
		s.positions = append(s.positions, by.Position)
	}
	return s, w.profile.View == delivery.Known || r.Plan == "" || !s.Effective.After(w.profile.Day), nil
}

// recorded reports whether it came on the log by the end of T's day.
func (w *writer) recorded(r domain.Recorded) bool {
	return !r.Time.After(w.profile.Day.End())
}

func (s *seen) correct(c correction.EventCorrected) error {
	e, effective, err := c.Correct(s.Event, s.Effective)
	if err == nil {
		s.Event, s.Effective = e, effective
	}
	return err
}

// party is the actor as planview shows it: by the name of whoever stands in
// its place today.
func (w *writer) party(id domain.ActorID) planview.Party {
	now := id
	for range len(w.actors) {
		into := w.actors[now].MergedInto
		if into == "" {
			break
		}
		now = into
	}
	p := planview.Party{ID: id, Name: w.called(now)}
	if now != id {
		p.Now, p.Was = now, w.called(id)
	}
	return p
}

func (w *writer) called(id domain.ActorID) string {
	if a, ok := w.actors[id]; ok {
		return a.Name
	}
	return string(id)
}

// positions are those of all the events, in order and each once.
func positions(events ...seen) []domain.Position {
	all := []domain.Position{}
	for _, e := range events {
		all = append(all, e.positions...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
