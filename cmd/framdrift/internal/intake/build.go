package intake

import (
	"slices"
	"strconv"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/plantable"
)

// A builder makes the parts of a command of a draft. Nothing is added to what
// the document says but ids, and a proposed kind and sector for actors that
// the register does not have.
type builder struct {
	here       Here
	answers    Answers
	plan       plan.Adopted
	strategies map[string]domain.StrategyID // by title
	names      *register
	matches    []Match
	actors     []actors.Register
	notes      []Note
}

func newBuilder(here Here, answers Answers, d plantable.Draft) *builder {
	b := &builder{here: here, answers: answers, plan: adopted(d.Plan, answers), strategies: map[string]domain.StrategyID{}}
	for i, s := range d.Plan.Strategies {
		b.strategies[s.Text] = b.plan.Strategies[i].ID
	}
	b.names = newRegister(here.Register, b.plan.Decision.Date)
	return b
}

func adopted(p plantable.Plan, answers Answers) plan.Adopted {
	e := plan.Adopted{
		Plan: PlanID(p), Title: p.Title.Text, From: p.Period.From, To: p.Period.To,
		Decision: plan.Decision{Body: p.Decision.Body, Case: p.Decision.Case, Date: p.Decision.Date},
	}
	if answers.Plan != "" {
		e.Plan = answers.Plan
	}
	given := answers.Decision
	if given.Body != "" {
		e.Decision.Body = given.Body
	}
	if given.Case != "" {
		e.Decision.Case = given.Case
	}
	if !given.Date.IsZero() {
		e.Decision.Date = given.Date
	}
	if given.URL != "" {
		e.Decision.URL = given.URL
	}
	for _, b := range p.BasedOn {
		e.BasedOn = append(e.BasedOn, plan.Source{Title: b.Title, Year: b.Year})
	}
	for i, s := range p.Strategies {
		e.Strategies = append(e.Strategies, plan.Strategy{ID: domain.StrategyID("s" + strconv.Itoa(i+1)), Title: s.Text})
	}
	if len(e.Strategies) == 0 { // a plan without strategies has one, with the plan's own title
		e.Strategies = []plan.Strategy{{ID: "s1", Title: e.Title}}
	}
	return e
}

// imported is the file as the log keeps it: with every doubt about it, and
// which suggestions were taken.
func (b *builder) imported(f planfile.File, d plantable.Draft, answers Answers) plan.Imported {
	e := plan.Imported{File: f.Name, SHA256: f.SHA256, Format: string(f.Format)}
	for i, w := range d.Outside(domain.Bokmal).Warnings {
		stored := plan.Warning{Place: w.Cell, Code: string(w.Code), Message: w.Message}
		if stored.Place == "" {
			stored.Place = strconv.Itoa(w.Line)
		}
		if w.Suggestion != nil {
			stored.Suggestion = *w.Suggestion
			if slices.Contains(answers.Readings, i) {
				e.Accepted = append(e.Accepted, stored.Place)
			} else {
				e.Rejected = append(e.Rejected, stored.Place)
			}
		}
		e.Warnings = append(e.Warnings, stored)
	}
	for _, n := range b.notes {
		e.Warnings = append(e.Warnings, plan.Warning{Place: n.Place, Code: n.Code, Message: n.Message.NB})
	}
	return e
}

// placeOf is the cell where cells have names, else the line.
func placeOf(p plantable.Place) string {
	if p.Cell != "" {
		return p.Cell
	}
	return strconv.Itoa(p.Line)
}

func (b *builder) note(place string, code string, message domain.Phrase, args ...any) {
	b.notes = append(b.notes, Note{place, code, message.Fill(args...)})
}

func (b *builder) row(r plantable.Row) plan.Row {
	place := ""
	if len(r.Places) > 0 {
		place = placeOf(r.Places[0])
	}
	e := plan.MeasureAdopted{
		Kind: plan.OneOff, Strategy: b.plan.Strategies[0].ID, FocusArea: r.FocusArea, Initiative: r.Initiative, Text: r.Measure,
		Owners: b.ids(r.Owners, place, true), Partners: b.ids(r.Partners, place, false),
	}
	switch {
	case r.Kind == plantable.Arrangement:
		e.Kind = plan.Arrangement
	case r.Ongoing:
		e.Kind = plan.Ongoing
	}
	if id, ok := b.strategies[r.Strategy]; ok {
		e.Strategy = id
	}
	if place != "" {
		e.Source = &plan.Place{Place: place, Raw: r.Raw}
	}
	return plan.Row{ID: r.ID, Measure: e, Deadline: b.due(r, place)}
}

// due is the deadline that the plan's decision adopts. What cannot be adopted
// is said, and kept in the raw text.
func (b *builder) due(r plantable.Row, place string) domain.Date {
	decided := b.plan.Decision.Date
	switch day := r.Deadline.Date; {
	case day.IsZero():
	case r.Kind == plantable.Arrangement:
		b.note(place, "deadline.arrangement", notes.arrangementDue, r.Deadline.Raw)
	case r.Ongoing:
		b.note(place, "deadline.ongoing", notes.ongoingDue, r.Deadline.Raw)
	case !decided.IsZero() && !decided.Before(day):
		b.note(place, "deadline.passed", notes.pastDue, r.Deadline.Raw, decided.Norwegian())
	default:
		return day
	}
	return domain.Date{}
}

func (b *builder) ids(names []plantable.Name, place string, answers bool) []domain.ActorID {
	ids := make([]domain.ActorID, 0, len(names))
	for _, n := range names {
		if id := b.id(n.Text, place, answers); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// id is who a name is: as a person has said, as the register has it, or new.
func (b *builder) id(name, place string, answers bool) domain.ActorID {
	m, ok := b.names.find(name)
	if !ok {
		m = b.names.match(name)
		choice := b.answers.Actors[name]
		switch {
		case choice.Actor != "":
			m = Match{Name: name, Actor: choice.Actor, How: Chosen}
		case m.How == New:
			m.Kind, m.Sector = actors.Guess(name, answers)
			if choice.Kind != "" {
				m.Kind = choice.Kind
			}
			if choice.Sector != "" {
				m.Sector = choice.Sector
			}
			m.Actor = b.names.free(name)
			b.actors = append(b.actors, actors.Register{Actor: m.Actor, Name: name, Kind: m.Kind, Sector: m.Sector})
		}
		b.names.keep(m)
		b.matches = append(b.matches, m)
		b.tell(m, place)
	}
	return m.Actor
}

// tell notes who a name was taken for where it is not written as the register has it.
func (b *builder) tell(m Match, place string) {
	switch m.How {
	case Variant:
		b.note(place, "name.variant", notes.variant, m.Name, m.Written)
	case Successor:
		b.note(place, "name.merged", notes.merged, m.Name, m.Written)
	case New:
		if m.Near != "" {
			b.note(place, "name.near", notes.near, m.Name, m.NearName)
		}
	case Known, Chosen:
	}
}
