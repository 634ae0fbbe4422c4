package plan

import (
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
)

// A State is what the log says about one plan: what rules need to decide the
// next command. The zero State is a plan that has not been adopted.
type State struct {
	ID         domain.PlanID
	Adopted    domain.Date // the day it took effect: the decision's
	Closed     bool
	Files      []string // sha-256 of the files it was imported from
	Strategies []Strategy
	Measures   domain.Table[domain.MeasureID, Measure]
}

// A Measure is one row of the plan and what has come of it.
type Measure struct {
	Kind       Kind
	Strategy   domain.StrategyID
	FocusArea  string
	Initiative string
	Text       string
	Owners     []domain.ActorID // as the plan names them
	Partners   []domain.ActorID

	Owner     domain.ActorID // of the latest assignment
	User      domain.UserID
	Accepted  bool
	Declined  bool // the latest assignment, and not accepted since
	Adopted   domain.Date
	Started   domain.Date
	Withdrawn domain.Date

	Resolved     domain.Table[domain.ActorID, []domain.ActorID] // whom a collective among the partners means here
	Evidence     []domain.EvidenceID
	Deliverables domain.Table[string, Deliverable] // by name; a one-off measure has the one called ""
	Open         []Span                            // when it was open, the latest last
}

// A Deliverable is what a deadline and a completion are about.
type Deliverable struct {
	Deadline  domain.Date
	Completed domain.Date // zero while it is not, or no longer
	Reopened  domain.Date // latest
}

// A Span is a run of days, both included; To is zero while it runs.
type Span struct{ From, To domain.Date }

// InForce reports whether the plan has been adopted and not closed.
func (s State) InForce() bool { return s.ID != "" && !s.Closed }

// Completed reports whether a measure that is done once is done. An ongoing
// measure never is.
func (m Measure) Completed() bool {
	d, _ := m.Deliverables.Lookup("")
	return m.Kind == OneOff && !d.Completed.IsZero()
}

// OpenDuring reports whether the measure was open on any day from–to. One that
// was done before it was adopted (an etterregistrering) never was.
func (m Measure) OpenDuring(from, to domain.Date) bool {
	return slices.ContainsFunc(m.Open, func(s Span) bool {
		return !s.From.After(to) && (s.To.IsZero() || !s.To.Before(from) && !s.To.Before(s.From))
	})
}

// Evolve is the state after one more event of this plan. An event of another
// package changes nothing.
func Evolve(s State, r domain.Recorded) State {
	e, ok := r.Event.(Event)
	if !ok {
		return s
	}
	switch e := e.(type) {
	case Imported:
		s.ID = r.Plan
		s.Files = append(slices.Clip(s.Files), e.SHA256)
		return s
	case Adopted:
		s.ID, s.Adopted, s.Strategies = e.Plan, r.Effective, e.Strategies
		return s
	case Closed:
		s.Closed = true
		return s
	case Endorsed, Revised:
		return s // nothing is decided by these
	case MeasureAdopted, MeasureAmended, MeasureWithdrawn, MeasureAssigned, MeasureAccepted, MeasureDeclined,
		DeadlineAdopted, ForecastGiven, MeasureStarted, DeviationHandled, PartnerConfirmed, PartnerResolved,
		ContributionRecorded, EvidenceAttached, MeasureCompleted, MeasureReopened:
	}
	id := domain.MeasureID(r.Subject.ID)
	s.Measures = s.Measures.Change(id, func(m *Measure) { *m = m.Evolve(e, r.Effective) })
	return s
}

// Evolve is the measure after one more event about it, which happened on day.
func (m Measure) Evolve(e Event, day domain.Date) Measure {
	switch e := e.(type) {
	case MeasureAdopted:
		return Measure{
			Kind: e.Kind, Strategy: e.Strategy, FocusArea: e.FocusArea, Initiative: e.Initiative, Text: e.Text,
			Owners: e.Owners, Partners: e.Partners, Adopted: day, Open: []Span{{From: day}},
		}
	case MeasureAmended:
		m.set(e.Field, e.New)
	case MeasureWithdrawn:
		m.Withdrawn = day
		m.closeSpan(day)
	case MeasureAssigned:
		m.Owner, m.User, m.Accepted, m.Declined = e.Owner, e.User, false, false
	case MeasureAccepted:
		m.Accepted, m.Declined = true, false
	case MeasureDeclined:
		m.Accepted, m.Declined = false, true
	case DeadlineAdopted:
		m.deliver(e.Deliverable, func(d *Deliverable) { d.Deadline = e.Deadline })
	case MeasureStarted:
		m.Started = day
	case PartnerResolved:
		m.Resolved = m.Resolved.With(e.Partner, e.Into)
	case EvidenceAttached:
		m.Evidence = append(slices.Clip(m.Evidence), e.Evidence)
	case MeasureCompleted:
		m.deliver(e.Deliverable, func(d *Deliverable) { d.Completed = day })
		if m.Kind == OneOff {
			m.closeSpan(day)
		}
	case MeasureReopened:
		m.deliver(e.Deliverable, func(d *Deliverable) { d.Completed, d.Reopened = domain.Date{}, day })
		if m.Kind == OneOff {
			m.Open = append(slices.Clip(m.Open), Span{From: day})
		}
	case Imported, Adopted, Endorsed, Revised, Closed, ForecastGiven, DeviationHandled,
		PartnerConfirmed, ContributionRecorded:
		// Nothing is decided by these.
	}
	return m
}

func (m *Measure) deliver(name string, change func(*Deliverable)) {
	m.Deliverables = m.Deliverables.Change(name, change)
}

func (m *Measure) closeSpan(day domain.Date) {
	m.Open = slices.Clone(m.Open)
	if last := len(m.Open) - 1; last >= 0 && m.Open[last].To.IsZero() {
		m.Open[last].To = day
	}
}

// Value is a column as an amendment writes it.
func (m Measure) Value(f Field) string {
	switch f {
	case FieldStrategy:
		return string(m.Strategy)
	case FieldFocusArea:
		return m.FocusArea
	case FieldInitiative:
		return m.Initiative
	case FieldText:
		return m.Text
	case FieldOwners:
		return JoinActors(m.Owners)
	case FieldPartners:
		return JoinActors(m.Partners)
	}
	return ""
}

func (m *Measure) set(f Field, value string) {
	switch f {
	case FieldStrategy:
		m.Strategy = domain.StrategyID(value)
	case FieldFocusArea:
		m.FocusArea = value
	case FieldInitiative:
		m.Initiative = value
	case FieldText:
		m.Text = value
	case FieldOwners:
		m.Owners = SplitActors(value)
	case FieldPartners:
		m.Partners = SplitActors(value)
	}
}

// JoinActors writes ids with commas between them, as amendments store lists.
func JoinActors(ids []domain.ActorID) string {
	s := make([]string, len(ids))
	for i, id := range ids {
		s[i] = string(id)
	}
	return strings.Join(s, ",")
}

// SplitActors is the way back.
func SplitActors(s string) []domain.ActorID {
	ids := []domain.ActorID{}
	for id := range strings.SplitSeq(s, ",") {
		if id = strings.TrimSpace(id); id != "" {
			ids = append(ids, domain.ActorID(id))
		}
	}
	return ids
}
