package finalreport

import (
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// owners is everybody who was asked to answer for the measure, the one who is
// asked now last: in the order of the log, as corrected in the order it took
// effect. An answer belongs to the latest who was asked.
func (w *writer) owners(id domain.MeasureID) []Owner {
	all := []Owner{}
	answer := func(s seen, accepted bool, why domain.Text) {
		if n := len(all); n > 0 {
			all[n-1].Answers = append(all[n-1].Answers, Answer{accepted, s.Effective, why, s.Position})
		}
	}
	for _, s := range w.events[id] {
		switch e := s.Event.(type) {
		case plan.MeasureAssigned:
			all = append(all, Owner{w.party(e.Owner), s.Effective, []Answer{}, s.Position})
		case plan.MeasureAccepted:
			answer(s, true, "")
		case plan.MeasureDeclined:
			answer(s, false, e.Why)
		}
	}
	return all
}
