package planview

import (
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// A Summary is a plan in a list. Adopted and Closed are the days that took
// effect; Closed is zero while the plan is in force.
type Summary struct {
	ID      domain.PlanID `json:"id"`
	Title   string        `json:"title"`
	From    domain.Date   `json:"from"`
	To      domain.Date   `json:"to"`
	Adopted domain.Date   `json:"adopted"`
	Closed  domain.Date   `json:"closed,omitzero"`
}

// A Plan is an adopted plan whole, its rows in the order of the document,
// which is the order they were adopted on the log.
type Plan struct {
	Summary
	Decision     plan.Decision   `json:"decision"`
	Closing      plan.Decision   `json:"closing,omitzero"` // the decision that closed it
	BasedOn      []plan.Source   `json:"basedOn"`
	Strategies   []plan.Strategy `json:"strategies"`
	Endorsements []Endorsement   `json:"endorsements"`
	Revisions    []Revision      `json:"revisions"`
	Imports      []Import        `json:"imports"`
	Measures     []Measure       `json:"measures"`
}

// An Endorsement is a member municipality's own adoption of the plan.
type Endorsement struct {
	Municipality Party         `json:"municipality"`
	Decision     plan.Decision `json:"decision"`
	Effective    domain.Date   `json:"effective"`
}

// A Revision is the decision behind changes made to the plan.
type Revision struct {
	Decision  plan.Decision `json:"decision"`
	Effective domain.Date   `json:"effective"`
}

// An Import is a file that rows came from. Warnings is how many doubts it raised.
type Import struct {
	File      string          `json:"file"`
	SHA256    string          `json:"sha256"`
	Format    string          `json:"format"`
	Warnings  int             `json:"warnings"`
	Effective domain.Date     `json:"effective"`
	Position  domain.Position `json:"position"`
}

// document is a plan as the view keeps it: parties without names, no rows.
type document struct {
	Plan
	rows    []*entry
	byID    map[domain.MeasureID]*entry
	periods []Period
	given   map[domain.ReportID]*entry // who a report is about
}

// document finds the plan, or makes a place for what is said before it is adopted.
func (v *View) document(id domain.PlanID) *document {
	d := v.plans[id]
	if d == nil {
		d = &document{byID: map[domain.MeasureID]*entry{}, given: map[domain.ReportID]*entry{}}
		v.plans[id] = d
	}
	return d
}

// entry finds the measure, or makes a place for it at the end of the plan.
func (d *document) entry(id domain.MeasureID) *entry {
	m := d.byID[id]
	if m == nil {
		m = &entry{id: id}
		d.byID[id] = m
	}
	return m
}

func (v *View) applyPlan(r domain.Recorded, e plan.Event) {
	d := v.document(r.Plan)
	switch e := e.(type) {
	case plan.Imported:
		d.Imports = append(d.Imports, Import{e.File, e.SHA256, e.Format, len(e.Warnings), r.Effective, r.Position})
	case plan.Adopted:
		if d.ID == "" {
			v.order = append(v.order, r.Plan)
		}
		d.Summary = Summary{ID: r.Plan, Title: e.Title, From: e.From, To: e.To, Adopted: r.Effective}
		d.Decision, d.BasedOn, d.Strategies = e.Decision, e.BasedOn, e.Strategies
	case plan.Endorsed:
		d.Endorsements = append(d.Endorsements, Endorsement{Party{ID: e.Municipality}, e.Decision, r.Effective})
	case plan.Revised:
		d.Revisions = append(d.Revisions, Revision{e.Decision, r.Effective})
	case plan.Closed:
		d.Closed, d.Closing = r.Effective, e.Decision
	case plan.MeasureAdopted, plan.MeasureAmended, plan.MeasureWithdrawn, plan.MeasureAssigned,
		plan.MeasureAccepted, plan.MeasureDeclined, plan.DeadlineAdopted, plan.ForecastGiven,
		plan.MeasureStarted, plan.DeviationHandled, plan.PartnerConfirmed, plan.PartnerResolved,
		plan.ContributionRecorded, plan.EvidenceAttached, plan.MeasureCompleted, plan.MeasureReopened:
		m := d.entry(domain.MeasureID(r.Subject.ID))
		if _, ok := e.(plan.MeasureAdopted); ok && !m.adopted() {
			d.rows = append(d.rows, m)
		}
		m.apply(r, e)
		v.about.Add(r.ID, m)
	}
}

func (d *document) show(v *View) Plan {
	p := d.Plan
	p.BasedOn, p.Strategies = copied(p.BasedOn), copied(p.Strategies)
	p.Revisions, p.Imports = copied(p.Revisions), copied(p.Imports)
	p.Endorsements = copied(p.Endorsements)
	for i, e := range p.Endorsements {
		p.Endorsements[i].Municipality = v.party(e.Municipality.ID)
	}
	p.Measures = d.measures(v)
	return p
}

func (d *document) measures(v *View) []Measure {
	all := make([]Measure, len(d.rows))
	for i, m := range d.rows {
		all[i] = m.show(v, d)
	}
	return all
}

func (d *document) strategy(id domain.StrategyID) plan.Strategy {
	for _, s := range d.Strategies {
		if s.ID == id {
			return s
		}
	}
	return plan.Strategy{ID: id}
}
