package finalreport

import (
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/history"
)

// openly reads everything on the log about the plan, and corrections of what
// is about the region, as it was recorded.
func (w *writer) openly() Openly {
	o := Openly{Corrections: []Correction{}, Late: []Late{}, Reopened: []Entry{}, Edited: []Entry{}, Erased: []Entry{}}
	after, byCommand := w.documentedLate(), map[domain.CommandID]int{}
	for _, e := range w.read {
		if c, ok := e.Event.(correction.EventCorrected); ok && (e.Plan == w.profile.Plan || e.Plan == "") {
			o.Corrections = append(o.Corrections, Correction{entry(e, c.Why), w.log.byID[c.Event], c.Field, c.Old, c.New})
		}
		if e.Plan != w.profile.Plan {
			continue
		}
		switch r := e.Event.(type) {
		case plan.MeasureReopened:
			o.Reopened = append(o.Reopened, entry(e, r.Why))
		case correction.TextRedacted:
			o.Erased = append(o.Erased, entry(e, ""))
		}
		if e.AfterCompletion {
			o.Edited = append(o.Edited, entry(e, ""))
		}
		if e.BackDated() || e.Retrospective {
			o.late(e, after[e.Position], byCommand)
		}
	}
	return o
}

// late adds the entry, or counts it with the first of the same command.
func (o *Openly) late(e history.Entry, after bool, byCommand map[domain.CommandID]int) {
	if i, ok := byCommand[e.Command]; ok && e.Command != "" {
		first := &o.Late[i]
		first.Events++
		first.AfterReportDeadline = first.AfterReportDeadline || after
		first.Retrospective = first.Retrospective || e.Retrospective
		return
	}
	byCommand[e.Command] = len(o.Late)
	o.Late = append(o.Late, Late{
		Entry: entry(e, ""), Days: domain.DateOf(e.Time).Sub(e.Effective),
		Retrospective: e.Retrospective, AfterReportDeadline: after, Events: 1,
	})
}

// documentedLate is the positions behind every member of K2, at T or at a
// stage of its course, that was done in time and documented too late.
func (w *writer) documentedLate() map[domain.Position]bool {
	profiles := []delivery.Profile{w.profile}
	for _, s := range w.course(w.profile.View) {
		profiles = append(profiles, s.profile)
	}
	all := map[domain.Position]bool{}
	for _, p := range profiles {
		for _, m := range p.Whole.K2.Members {
			for _, position := range m.Positions {
				if e, ok := w.log.history.Entry(position); ok && m.Outcome == delivery.DocumentedLate {
					_, done := e.Event.(plan.MeasureCompleted)
					all[position] = all[position] || done
				}
			}
		}
	}
	return all
}

func entry(e history.Entry, why domain.Text) Entry {
	return Entry{
		Position: e.Position, Type: e.Event.EventName(), Recorded: e.Time, Effective: e.Effective, Measure: e.Measure,
		Sentence: Sentence{e.Sentence(domain.Bokmal), e.Sentence(domain.Nynorsk), e.Sentence(domain.English)}, Why: why,
	}
}
