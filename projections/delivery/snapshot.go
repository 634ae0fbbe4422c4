package delivery

import (
	"fmt"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/snapshot"
)

// written is a Projection as it is written down: its facts, in log order. What is
// made of them when somebody asks is made again.
type written struct {
	Head  domain.Position
	Days  []writtenDay
	Facts []writtenFact
}

type writtenDay struct {
	Position domain.Position
	Day      domain.Date
}

type writtenFact struct {
	Key           domain.Key // of the event's id
	Plan          domain.PlanID
	Entity, ID    string // of what it is about; of a correction nothing
	Versions      []writtenVersion
	Retrospective bool
	OnBehalfOf    domain.ActorID
	Current       string
}

type writtenVersion struct {
	Position  domain.Position
	Time      time.Time
	Day       domain.Date // of Time
	Effective domain.Date
	Event     domain.Event
}

// format knows the events that keep keeps.
var format = snapshot.Of[written](
	plan.Adopted{}, plan.Closed{}, plan.MeasureAdopted{}, plan.MeasureAmended{}, plan.MeasureWithdrawn{}, plan.MeasureAssigned{},
	plan.MeasureAccepted{}, plan.MeasureDeclined{}, plan.DeadlineAdopted{}, plan.ForecastGiven{}, plan.MeasureStarted{},
	plan.DeviationHandled{}, plan.PartnerConfirmed{}, plan.PartnerResolved{}, plan.ContributionRecorded{},
	plan.MeasureCompleted{}, plan.MeasureReopened{},
	reporting.PeriodOpened{}, reporting.PeriodClosed{}, reporting.DeliveryDefined{},
	reporting.Reported{}, reporting.Returned{}, reporting.Approved{}, reporting.Withdrawn{},
	actors.RegionDescribed{}, actors.ProgrammeJoined{}, actors.Registered{}, actors.Classified{}, actors.Merged{},
	correction.EventCorrected{},
)

// Shape is that of the format.
func (*Projection) Shape() string { return format.Shape() }

// Snapshot is the facts.
func (p *Projection) Snapshot() []byte {
	w := written{Head: p.head}
	for _, d := range p.days {
		w.Days = append(w.Days, writtenDay{d.position, d.day})
	}
	about := p.abouts()
	for key, f := range p.byID.All() {
		of := about[f]
		x := writtenFact{
			Key: key, Plan: of.plan, Entity: of.Entity, ID: of.ID,
			Retrospective: f.retrospective, OnBehalfOf: f.onBehalfOf, Current: f.current,
		}
		for v := range f.versions(Known) {
			x.Versions = append(x.Versions, writtenVersion{v.position, v.time, v.day, v.effective, v.event})
		}
		w.Facts = append(w.Facts, x)
	}
	return format.Encode(w)
}

// An about is what a fact is about, and its plan.
type about struct {
	plan domain.PlanID
	domain.Subject
}

// abouts finds every fact where it was placed.
func (p *Projection) abouts() map[*fact]about {
	all := map[*fact]about{}
	note := func(facts []*fact, of about) {
		for _, f := range facts {
			all[f] = of
		}
	}
	note(p.register.region, about{Subject: domain.Subject{Entity: domain.EntityRegion}})
	for id, facts := range p.register.actors {
		note(facts, about{Subject: domain.About(domain.EntityActor, id)})
	}
	for id, of := range p.plans {
		note(of.facts, about{id, domain.About(domain.EntityPlan, id)})
		for measure, s := range of.measures {
			note(s.facts, about{id, domain.About(domain.EntityMeasure, measure)})
		}
	}
	return all
}

// Restore places the facts as they were placed when they came.
func (p *Projection) Restore(b []byte) error {
	w, err := format.Decode(b)
	if err != nil {
		return fmt.Errorf("delivery: %w", err)
	}
	p.head = w.Head
	for _, d := range w.Days {
		p.days = append(p.days, firstOfDay{d.Position, d.Day})
	}
	for _, x := range w.Facts {
		if err := p.restore(x); err != nil {
			return err
		}
	}
	return nil
}

func (p *Projection) restore(x writtenFact) error {
	f := &fact{retrospective: x.Retrospective, onBehalfOf: x.OnBehalfOf, current: x.Current}
	for i, v := range x.Versions {
		if v.Event == nil {
			return fmt.Errorf("delivery: %w: a fact that says nothing", snapshot.ErrMalformed)
		}
		as := version{v.Position, v.Time, v.Day, v.Effective, v.Event}
		if i == 0 {
			f.recorded = as
		} else {
			f.corrections = append(f.corrections, as)
		}
	}
	if len(x.Versions) == 0 {
		return fmt.Errorf("delivery: %w: a fact without a version", snapshot.ErrMalformed)
	}
	p.byID.AddKey(x.Key, f)
	about := domain.Subject{Entity: x.Entity, ID: x.ID}
	if x.Entity == "" {
		about.Entity = domain.EntityEvent
	}
	if s := p.place(x.Plan, about, f); s != nil {
		s.add(f)
		for _, c := range f.corrections {
			s.say(c.event)
		}
	}
	return nil
}
