package finalreport

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// partners are whom the plan names, and after them others who contributed.
func (w *writer) partners(m planview.Measure) []Partner {
	all := []Partner{}
	for _, p := range m.Partners {
		all = append(all, partner(p.Party, true))
		last := &all[len(all)-1]
		last.Confirmed = w.confirmed(m.ID, p.ID)
		for _, q := range p.Into {
			last.Into = append(last.Into, Meant{w.party(q.ID), w.confirmed(m.ID, q.ID)})
		}
	}
	for _, c := range m.Contributions {
		i := takesPart(all, c.Partner)
		if i < 0 {
			i = len(all)
			all = append(all, partner(c.Partner, false))
		}
		all[i].Contributions = append(all[i].Contributions, c)
	}
	for _, r := range m.Reports {
		if i := takesPart(all, w.party(r.OnBehalfOf)); r.OnBehalfOf != "" && i >= 0 {
			all[i].Reports = append(all[i].Reports, r.Position)
		}
	}
	return all
}

// confirmed is the day the actor was last confirmed to take part.
func (w *writer) confirmed(id domain.MeasureID, actor domain.ActorID) domain.Date {
	for _, s := range slices.Backward(w.events[id]) {
		if e, ok := s.Event.(plan.PartnerConfirmed); ok && e.Partner == actor {
			return s.Effective
		}
	}
	return domain.Date{}
}

func partner(p planview.Party, named bool) Partner {
	return Partner{
		Party: p, Named: named, Into: []Meant{},
		Contributions: []planview.Contribution{}, Reports: []domain.Position{},
	}
}

// takesPart finds the actor among the partners: by its own id, else as one
// that a collective means here, else as the one it is today; −1 when it is none.
func takesPart(all []Partner, a planview.Party) int {
	for _, is := range []func(Partner) bool{
		func(p Partner) bool { return p.ID == a.ID },
		func(p Partner) bool {
			return slices.ContainsFunc(p.Into, func(q Meant) bool { return same(q.Party, a) })
		},
		func(p Partner) bool { return same(p.Party, a) },
	} {
		if i := slices.IndexFunc(all, is); i >= 0 {
			return i
		}
	}
	return -1
}

// same reports whether two parties are one and the same actor today.
func same(a, b planview.Party) bool { return today(a) == today(b) }

func today(p planview.Party) domain.ActorID {
	if p.Now != "" {
		return p.Now
	}
	return p.ID
}
