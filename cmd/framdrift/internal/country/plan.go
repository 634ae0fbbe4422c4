package country

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// following is a plan that is being followed.
type following struct {
	id       domain.PlanID
	from, to domain.Date
	rows     []*row
	grown    int // measures that came by revision
}

// state is what the log says of a plan.
func (m *maker) stateOf(f *following) plan.State {
	p, _ := m.state.Plans.Lookup(f.id)
	return p.Plan
}

// decision is what a body decided on a day.
func (m *maker) decision(day domain.Date) plan.Decision {
	m.cases++
	return plan.Decision{Body: "Rådet", Case: fmt.Sprintf("R %02d/%02d", m.cases, day.Year()%100), Date: day}
}

func hash(parts ...string) string {
	sum := sha256.New()
	for _, p := range parts {
		_, _ = sum.Write([]byte(p))
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// adopt lets a new plan come in, decided some days before; the measures that the
// one before it has not finished go on in it.
func (m *maker) adopt(day domain.Date, before *following) {
	decided := day.AddDays(-m.between(2, 20))
	f := &following{from: domain.NewDate(decided.Year(), 1, 1)}
	if before != nil {
		f.from = before.to.AddDays(1)
	}
	f.to = domain.NewDate(f.from.Year()+m.between(2, 3), 12, 31)
	f.id = domain.PlanID(fmt.Sprintf("handlingsplan-%d-%d", f.from.Year(), f.to.Year()))
	c := plan.Import{
		File: plan.Imported{File: string(f.id) + ".docx", SHA256: hash(string(m.id), string(f.id)), Format: "docx"},
		Plan: plan.Adopted{
			Plan: f.id, Title: fmt.Sprintf("Handlingsplan for %s %d–%d", m.name, f.from.Year(), f.to.Year()), From: f.from, To: f.to,
			Decision: m.decision(decided), BasedOn: []plan.Source{{Title: "Strategisk plan for " + m.name, Year: decided.Year() - 1}},
		},
	}
	for i, title := range strategies[:m.between(3, len(strategies))] {
		c.Plan.Strategies = append(c.Plan.Strategies, plan.Strategy{ID: domain.StrategyID("s" + strconv.Itoa(i+1)), Title: title})
	}
	c.Measures = m.rows(f, before, c.Plan.Strategies)
	if m.chance(60) {
		c.File.Warnings = []plan.Warning{{Place: "tabell 1, rad 7", Code: "owner.unclear", Message: "Ansvarlig er uklar", Suggestion: "Utviklingsleder"}}
		c.File.Accepted = []string{"tabell 1, rad 7"}
	}
	if !m.ask(day, m.coordinator(), c) {
		m.on(day.AddDays(1), func(day domain.Date) { m.adopt(day, before) })
		return
	}
	m.plans = append(m.plans, f)
	m.follow(day, f)
}

// follow notes what is to be done about a plan and its measures.
func (m *maker) follow(day domain.Date, f *following) {
	for _, id := range m.municipalities {
		m.in(day, 10, 120, func(day domain.Date) {
			m.ask(day, m.coordinator(), plan.Endorse{Municipality: id, Decision: plan.Decision{Body: "Kommunestyret", Case: fmt.Sprintf("KS %d/%02d", m.between(1, 90), day.Year()%100), Date: day}}, of(f.id))
		})
	}
	m.define(day, f)
	m.open(day, f)
	for _, r := range f.rows {
		m.live(day, r)
	}
	for first := f.from; first.Before(f.to); first = first.AddDays(m.between(200, 300)) {
		if day.Before(first) {
			m.in(first, 60, 200, func(day domain.Date) { m.revise(day, f) })
		}
	}
	for year := f.from.Year(); year <= f.to.Year(); year++ {
		for n := 1; n <= 3; n++ {
			id := domain.PeriodID(fmt.Sprintf("T%d-%d", n, year))
			if _, to, _ := reporting.Tertial(id); to.After(day.AddDays(20)) {
				m.in(to, 1, 5, func(day domain.Date) { m.period(day, f, id) })
			}
		}
	}
	m.in(f.to, -80, -20, func(day domain.Date) { m.adopt(day, f) })
	m.in(f.to, 60, 120, func(day domain.Date) { m.end(day, f) })
}

// rows are the measures of a plan.
func (m *maker) rows(f, before *following, of []plan.Strategy) []plan.Row {
	var rows []plan.Row
	for n := 1; n <= m.Measures; n++ {
		r := &row{plan: f, id: domain.MeasureID(fmt.Sprintf("t%02d", n)), kind: plan.OneOff}
		switch {
		case n > 5 && n%23 == 0:
			r.kind = plan.Arrangement
		case n%8 == 3:
			r.kind = plan.Ongoing
		}
		adopted := plan.MeasureAdopted{
			Kind: r.kind, Strategy: pick(m, of).ID, FocusArea: pick(m, focus), Text: m.title(),
			Owners: some(m, m.between(1, 2), m.owners), Partners: some(m, m.between(0, 4), m.standing()),
			Source: &plan.Place{Place: fmt.Sprintf("tabell 1, rad %d", n), Raw: "Rådet / utviklingsleder | " + m.name},
		}
		if before != nil && n <= len(before.rows) && !m.finished(before.rows[n-1]) {
			adopted.Continues = &plan.Reference{Plan: before.id, Measure: before.rows[n-1].id}
		}
		if m.chance(40) {
			adopted.Initiative = "Initiativ fra " + pick(m, m.places)
		}
		r.owner, r.partners = adopted.Owners[0], adopted.Partners
		one := plan.Row{ID: r.id, Measure: adopted}
		if r.kind == plan.OneOff && m.chance(70) {
			r.deadline = f.from.AddDays(m.between(200, f.to.Sub(f.from)))
			one.Deadline = r.deadline
		}
		f.rows, rows = append(f.rows, r), append(rows, one)
	}
	return rows
}

// standing are the partners that have not gone up in another.
func (m *maker) standing() []domain.ActorID {
	var there []domain.ActorID
	for _, id := range m.partners {
		if a, ok := m.state.Actors.Actors.Lookup(id); ok && a.MergedInto == "" {
			there = append(there, id)
		}
	}
	return there
}

// revise changes the plan by decision: a measure comes, one goes, one is put in
// other words and one is given more time.
func (m *maker) revise(day domain.Date, f *following) {
	f.grown++
	decided := m.decision(day.AddDays(-m.between(0, 5)))
	c := plan.Revise{Decision: decided}
	added := &row{plan: f, id: domain.MeasureID(fmt.Sprintf("n%02d", f.grown)), kind: plan.OneOff, owner: pick(m, m.owners)}
	c.Adopt = []plan.Row{{
		ID: added.id, Deadline: day.AddDays(m.between(200, 500)),
		Measure: plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s1", Text: m.title(), Owners: []domain.ActorID{added.owner}},
	}}
	for _, r := range some(m, 3, f.rows) {
		switch {
		case m.finished(r) || r.kind == plan.Arrangement:
		case len(c.Withdraw) == 0 && m.chance(40):
			c.Withdraw = append(c.Withdraw, r.id)
		case len(c.Amend) == 0:
			c.Amend = append(c.Amend, plan.Amendment{Measure: r.id, Field: plan.FieldText, To: m.title()})
		case r.kind == plan.OneOff:
			c.Deadlines = append(c.Deadlines, plan.Due{Measure: r.id, Deadline: day.AddDays(m.between(60, 400))})
		}
	}
	if m.ask(day, m.coordinator(), c, of(f.id)) {
		f.rows = append(f.rows, added)
		m.live(day, added)
	}
	m.in(day, 30, 200, func(day domain.Date) { m.amend(day, f) })
}

// amend changes a column of one measure by a decision of its own, or takes the
// measure out of the plan.
func (m *maker) amend(day domain.Date, f *following) {
	r := pick(m, f.rows)
	if m.finished(r) {
		return
	}
	if m.chance(25) {
		m.ask(day, m.coordinator(), plan.Withdraw{On: r.on(), Decision: m.decision(day)}, of(f.id))
		return
	}
	m.ask(day, m.coordinator(), plan.Amend{On: r.on(), Field: plan.FieldFocusArea, To: pick(m, focus), Decision: m.decision(day)}, of(f.id))
}
