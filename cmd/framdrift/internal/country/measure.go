package country

import (
	"fmt"
	"strconv"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// A row is a measure, and how it goes with it.
type row struct {
	plan     *following
	id       domain.MeasureID
	kind     plan.Kind
	owner    domain.ActorID // who is to be asked, or was
	partners []domain.ActorID
	deadline domain.Date
	status   reporting.Status // as last reported
}

func (r *row) on() plan.On { return plan.On{Measure: r.id} }

// measure is what the log says of it.
func (m *maker) measure(r *row) plan.Measure {
	s, _ := m.stateOf(r.plan).Measures.Lookup(r.id)
	return s
}

// finished reports whether there is nothing more to do about a measure.
func (m *maker) finished(r *row) bool {
	s := m.measure(r)
	return s.Completed() || !s.Withdrawn.IsZero()
}

// user is who does something for the owner: mostly the owner's own, now and then
// the coordinator.
func (m *maker) user(r *row) domain.UserID {
	if user, own := m.users[m.measure(r).Owner]; own && m.chance(88) {
		return user
	}
	return m.coordinator()
}

// about gives a command about a measure.
func (m *maker) about(day domain.Date, by domain.UserID, r *row, c domain.Command, with ...func(*domain.Request)) bool {
	return m.ask(day, by, c, append(with, of(r.plan.id))...)
}

// live notes what a measure begins with.
func (m *maker) live(day domain.Date, r *row) {
	if r.kind == plan.Arrangement {
		return
	}
	m.in(day, 3, 60, func(day domain.Date) { m.assign(day, r) })
	if r.kind == plan.OneOff && r.deadline.IsZero() && m.chance(80) {
		m.in(day, 60, 200, func(day domain.Date) { m.due(day, r, day.AddDays(m.between(120, 600))) })
	}
	if !r.deadline.IsZero() && m.chance(30) {
		m.in(r.deadline, -40, -2, func(day domain.Date) { m.due(day, r, r.deadline.AddDays(m.between(60, 365))) })
	}
}

// due gives a measure a deadline, or moves it, by decision.
func (m *maker) due(day domain.Date, r *row, deadline domain.Date) {
	if m.finished(r) {
		return
	}
	if m.about(day, m.coordinator(), r, plan.AdoptDeadline{On: r.on(), Deadline: deadline, Decision: m.decision(day)}) {
		r.deadline = deadline
	}
}

// assign asks an owner, who says yes, or no and why, some days after.
func (m *maker) assign(day domain.Date, r *row) {
	if m.finished(r) || !m.about(day, m.coordinator(), r, plan.Assign{On: r.on(), Owner: r.owner, User: m.users[r.owner]}) {
		return
	}
	m.in(day, 1, 40, func(day domain.Date) {
		if m.chance(8) {
			m.about(day, m.user(r), r, plan.Decline{On: r.on(), Why: m.text(whys)})
			r.owner = pick(m, m.owners)
			m.in(day, 5, 30, func(day domain.Date) { m.assign(day, r) })
			return
		}
		if m.about(day, m.user(r), r, plan.Accept{On: r.on()}) && m.measure(r).Started.IsZero() {
			m.accepted(day, r)
		}
	})
}

// accepted notes what follows when somebody answers for a measure.
func (m *maker) accepted(day domain.Date, r *row) {
	m.in(day, 5, 400, func(day domain.Date) { m.start(day, r) })
	for _, partner := range r.partners {
		m.in(day, 10, 120, func(day domain.Date) { m.together(day, r, partner) })
	}
	m.in(day, 5, 2*m.pause(), func(day domain.Date) { m.contribute(day, r) })
	m.in(day, 60, 300, func(day domain.Date) { m.forecast(day, r) })
	if m.chance(6) { // another takes over
		m.in(day, 200, 800, func(day domain.Date) {
			r.owner = pick(m, m.owners)
			m.assign(day, r)
		})
	}
}

// pause is how many days there are, on the whole, between what a measure is
// given by its partners: so many that the region comes to its events in its
// years. A measure without that has some three events a tertial.
func (m *maker) pause() int {
	const tertial, others = 122, 2.7
	each := float64(m.Events)/float64(3*m.Years*m.Measures) - others
	return int(min(1000, max(4, tertial*0.75/max(each, 0.05))))
}

// together confirms a partner, or says first whom a collective means.
func (m *maker) together(day domain.Date, r *row, partner domain.ActorID) {
	switch {
	case !m.measure(r).Withdrawn.IsZero():
	case partner == everyone:
		into := some(m, min(2, len(m.municipalities)), m.municipalities)
		if m.about(day, m.coordinator(), r, plan.ResolvePartner{On: r.on(), Partner: partner, Into: into}) {
			m.about(day, m.user(r), r, plan.ConfirmPartner{On: r.on(), Partner: into[0]})
		}
	case m.chance(75) && m.state.Actors.ValidOn(partner, day):
		m.about(day, m.user(r), r, plan.ConfirmPartner{On: r.on(), Partner: partner})
	}
}

// contribute is what a partner puts in, again and again.
func (m *maker) contribute(day domain.Date, r *row) {
	s := m.measure(r)
	if m.stateOf(r.plan).Closed || !s.Withdrawn.IsZero() || s.Completed() && m.chance(60) {
		return
	}
	c := plan.RecordContribution{On: r.on(), Partner: pick(m, m.standing()), Text: m.perhaps(50, gave)}
	if c.Hours = float64(m.between(1, 60)) / 2; m.chance(15) {
		c.Amount = &plan.Money{Value: int64(m.between(5, 400)) * 1000, Currency: "NOK"}
	}
	m.about(day, m.user(r), r, c)
	pause := m.pause()
	m.in(day, pause/2+1, pause/2+pause, func(day domain.Date) { m.contribute(day, r) })
}

// forecast says when the owner expects to be done.
func (m *maker) forecast(day domain.Date, r *row) {
	if m.finished(r) || r.kind != plan.OneOff {
		return
	}
	expected := day.AddDays(m.between(20, 400))
	m.about(day, m.user(r), r, plan.GiveForecast{On: r.on(), Forecast: expected, Why: m.perhaps(40, hinders)})
	m.in(day, 120, 500, func(day domain.Date) { m.forecast(day, r) })
}

// start is that work begins. Some remember to say so later, and some had begun
// before the plan was adopted.
func (m *maker) start(day domain.Date, r *row) {
	if m.finished(r) {
		return
	}
	c, adopted := plan.Start{On: r.on()}, m.measure(r).Adopted
	switch {
	case m.chance(3):
		m.about(day, m.user(r), r, c, dated(adopted.AddDays(-m.between(5, 90))), retrospectively)
	case m.chance(12) && day.Sub(adopted) > 45:
		m.about(day, m.user(r), r, c, dated(day.AddDays(-m.between(3, 40))))
	default:
		m.about(day, m.user(r), r, c)
	}
	if r.kind == plan.Ongoing {
		m.in(day, 20, 60, func(day domain.Date) { m.year(day, r) })
		return
	}
	m.in(day, 120, 1100, func(day domain.Date) { m.complete(day, r, "") })
}

// year follows what an ongoing measure is to deliver in a year, and then the next.
func (m *maker) year(day domain.Date, r *row) {
	year := day.Year()
	if year > r.plan.to.Year() || m.finished(r) {
		return
	}
	name, due := strconv.Itoa(year), domain.NewDate(year, 12, 31)
	if day.Before(due) {
		m.about(day, m.coordinator(), r, plan.AdoptDeadline{On: r.on(), Deadline: due, Decision: m.decision(day), Deliverable: name})
	}
	if m.chance(85) {
		m.in(due, -60, 25, func(done domain.Date) {
			if !done.Before(day) {
				m.complete(done, r, name)
			}
		})
	}
	m.in(domain.NewDate(year+1, 1, 10), 0, 40, func(day domain.Date) { m.year(day, r) })
}

// complete is that a measure, or what it was to deliver, is done: with a file
// that shows it, mostly, and now and then not so after all.
func (m *maker) complete(day domain.Date, r *row, deliverable string) {
	if m.finished(r) || m.stateOf(r.plan).Closed {
		return
	}
	c := plan.Complete{On: r.on(), Result: m.perhaps(80, ends, went), Deliverable: deliverable}
	if m.chance(60) {
		c.Evidence = []domain.EvidenceID{m.evidence(day, r)}
	}
	var with []func(*domain.Request)
	if s := m.measure(r); m.chance(10) && day.Sub(s.Started) > 60 && day.Sub(s.Adopted) > 60 {
		with = append(with, dated(day.AddDays(-m.between(1, 30))))
	}
	if !m.about(day, m.user(r), r, c, with...) {
		return
	}
	if m.chance(30) {
		m.in(day, 5, 60, func(day domain.Date) {
			if !m.stateOf(r.plan).Closed {
				m.evidence(day, r)
			}
		})
	}
	if m.chance(5) {
		m.in(day, 20, 120, func(day domain.Date) {
			m.about(day, m.coordinator(), r, plan.Reopen{On: r.on(), Why: m.text(whys), Deliverable: deliverable})
		})
		m.in(day, 130, 400, func(day domain.Date) { m.complete(day, r, deliverable) })
	}
}

// evidence names a file that shows a result.
func (m *maker) evidence(day domain.Date, r *row) domain.EvidenceID {
	m.files++
	id := domain.EvidenceID(fmt.Sprintf("bevis-%d", m.files))
	m.about(day, m.user(r), r, plan.AttachEvidence{On: r.on(), Evidence: plan.EvidenceAttached{
		Evidence: id, Name: fmt.Sprintf("Sluttnotat %s.pdf", r.id), MediaType: "application/pdf",
		SHA256: hash(string(m.id), string(id)), Size: int64(m.between(20_000, 4_000_000)), Where: "arkiv/" + string(id) + ".pdf",
	}})
	return id
}
