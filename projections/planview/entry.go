package planview

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// entry is a measure as the view keeps it. What the rules know of it holds the
// columns, the owner and what is done; the entry keeps what no rule asks for.
type entry struct {
	id        domain.MeasureID
	row       plan.Measure
	continues plan.Reference
	source    plan.Place
	since     domain.Date // of the latest assignment

	deliverables []Deliverable // of a one-off measure the one called ""
	withdrawal   plan.Decision
	reopened     int

	reports       []Report
	confirmations []Confirmation
	contributions []Contribution
	deviations    []Deviation
	evidence      []Evidence

	edited bool
	last   domain.Position
}

func (m *entry) adopted() bool { return !m.row.Adopted.IsZero() }

// note marks that the event is about the measure.
func (m *entry) note(r domain.Recorded) {
	m.last = max(m.last, r.Position)
	m.edited = m.edited || EditsCompleted(m.row, r.Event)
}

func (m *entry) apply(r domain.Recorded, e plan.Event) {
	m.note(r)
	m.row = m.row.Evolve(e, r.Effective)
	switch e := e.(type) {
	case plan.MeasureAdopted:
		m.continues, m.source = valueOf(e.Continues), valueOf(e.Source)
		if e.Kind != plan.Ongoing {
			m.deliverable("")
		}
	case plan.MeasureWithdrawn:
		m.withdrawal = e.Decision
	case plan.MeasureAssigned:
		m.since = r.Effective
	case plan.DeadlineAdopted:
		d := m.deliverable(e.Deliverable)
		d.Deadline = e.Deadline
		if d.FirstBaseline.IsZero() {
			d.FirstBaseline = e.Deadline
		}
	case plan.ForecastGiven:
		m.deliverable(e.Deliverable).Forecast = e.Forecast
	case plan.MeasureCompleted:
		d := m.deliverable(e.Deliverable)
		d.Completed, d.Result = r.Effective, e.Result
	case plan.MeasureReopened:
		d := m.deliverable(e.Deliverable)
		d.Completed, d.Result = domain.Date{}, ""
		m.reopened++
	case plan.PartnerConfirmed:
		m.confirmations = append(m.confirmations, Confirmation{Party{ID: e.Partner}, r.Effective, r.Time, r.Position})
	case plan.DeviationHandled:
		m.deviations = append(m.deviations, Deviation{e.Text, e.Decision, r.Effective, r.Time, r.Position})
	case plan.ContributionRecorded:
		m.contributions = append(m.contributions,
			Contribution{Party{ID: e.Partner}, e.Text, e.Hours, valueOf(e.Amount), r.Effective, r.Time, r.Position})
	case plan.EvidenceAttached:
		m.evidence = append(m.evidence,
			Evidence{e.Evidence, e.Name, e.MediaType, e.SHA256, e.Size, e.Where, r.Effective, r.Position})
	case plan.MeasureAmended, plan.MeasureAccepted, plan.MeasureDeclined, plan.MeasureStarted, plan.PartnerResolved,
		plan.Imported, plan.Adopted, plan.Endorsed, plan.Revised, plan.Closed:
		// The row keeps the first line; the second is about no measure.
	}
}

func valueOf[T any](p *T) T {
	var none T
	if p == nil {
		return none
	}
	return *p
}

func (m *entry) deliverable(name string) *Deliverable {
	i := slices.IndexFunc(m.deliverables, func(d Deliverable) bool { return d.Name == name })
	if i < 0 {
		i = len(m.deliverables)
		m.deliverables = append(m.deliverables, Deliverable{Name: name})
	}
	return &m.deliverables[i]
}

// current is the deliverable with the earliest deadline that is not
// completed, of a one-off measure the only one; nil when there is none.
func (m *entry) current() *Deliverable {
	var first *Deliverable
	for i := range m.deliverables {
		d := &m.deliverables[i]
		if d.Name == "" {
			return d
		}
		open := !d.Deadline.IsZero() && d.Completed.IsZero()
		if open && (first == nil || d.Deadline.Before(first.Deadline)) {
			first = d
		}
	}
	return first
}

func (m *entry) show(v *View, d *document) Measure {
	row := m.row
	shown := Measure{
		ID: m.id, Kind: row.Kind, State: StateOf(row), Continues: m.continues, Strategy: d.strategy(row.Strategy),
		FocusArea: row.FocusArea, Initiative: row.Initiative, Text: row.Text,
		Owners: v.parties(row.Owners), Partners: m.partners(v, row), Source: m.source,
		Adopted: row.Adopted, Started: row.Started, Withdrawn: row.Withdrawn, Withdrawal: m.withdrawal,
		Deliverables: []Deliverable{}, Reopened: m.reopened,
		Status: m.status(), LastReport: m.lastReport(), Reports: copied(m.reports),
		Confirmations: copied(m.confirmations), Contributions: copied(m.contributions), Deviations: copied(m.deviations), Evidence: copied(m.evidence),
		EditedAfterCompletion: m.edited, LastEvent: m.last,
	}
	if row.Owner != "" {
		shown.Answers = Answer{v.party(row.Owner), row.User, m.since, row.Accepted, row.Declined}
	}
	if row.Kind == plan.Ongoing {
		shown.Deliverables = copied(m.deliverables)
	}
	if c := m.current(); c != nil {
		shown.FirstBaseline, shown.Deadline, shown.Forecast = c.FirstBaseline, c.Deadline, c.Forecast
		shown.Completed, shown.Result = c.Completed, c.Result
	}
	for i, c := range shown.Confirmations {
		shown.Confirmations[i].Partner = v.party(c.Partner.ID)
	}
	for i, c := range shown.Contributions {
		shown.Contributions[i].Partner = v.party(c.Partner.ID)
	}
	return shown
}

func (m *entry) partners(v *View, row plan.Measure) []Partner {
	all := make([]Partner, len(row.Partners))
	for i, id := range row.Partners {
		into, _ := row.Resolved.Lookup(id)
		all[i] = Partner{Party: v.party(id), Into: v.parties(into)}
		for _, c := range m.confirmations {
			if all[i].Is(c.Partner.ID) {
				all[i].Confirmed = c.Effective
			}
		}
	}
	return all
}

// status looks back past «unchanged» to the last that said something.
func (m *entry) status() reporting.Status {
	for _, r := range slices.Backward(m.reports) {
		if r.Stands() && r.Status != reporting.Unchanged {
			return r.Status
		}
	}
	return ""
}

func (m *entry) lastReport() Report {
	for _, r := range slices.Backward(m.reports) {
		if r.Stands() {
			return r
		}
	}
	return Report{}
}
