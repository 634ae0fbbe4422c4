package app

import (
	"strconv"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/plantable"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// Importing turns a draft that a person has accepted into the command that
// puts it in force. Nothing is added to what the document says but ids, and a
// proposed kind and sector for actors the register does not have. Decision
// replaces what the document says of its own where a field is given.
func Importing(f planfile.File, d plantable.Draft, register []planview.Actor, decision plan.Decision) plan.Import {
	b := builder{names: map[string]domain.ActorID{}, taken: map[domain.ActorID]bool{}, strategies: map[string]domain.StrategyID{}}
	for _, a := range register {
		b.names[plantable.Fold(a.Name)] = a.ID
		b.taken[a.ID] = true
	}
	c := plan.Import{File: imported(f, d), Plan: adopted(d.Plan, decision)}
	for i, s := range d.Plan.Strategies {
		b.strategies[s.Text] = c.Plan.Strategies[i].ID
	}
	for _, row := range d.Rows {
		c.Measures = append(c.Measures, plan.Row{ID: row.ID, Measure: b.measure(row)})
	}
	c.Actors = b.actors
	return c
}

func imported(f planfile.File, d plantable.Draft) plan.Imported {
	e := plan.Imported{File: f.Name, SHA256: f.SHA256, Format: string(f.Format)}
	for _, w := range d.Outside(domain.Bokmal).Warnings {
		stored := plan.Warning{Place: w.Cell, Code: string(w.Code), Message: w.Message}
		if stored.Place == "" {
			stored.Place = strconv.Itoa(w.Line)
		}
		if w.Suggestion != nil {
			stored.Suggestion = *w.Suggestion
			e.Rejected = append(e.Rejected, stored.Place)
		}
		e.Warnings = append(e.Warnings, stored)
	}
	return e
}

func adopted(p plantable.Plan, decision plan.Decision) plan.Adopted {
	e := plan.Adopted{
		Plan: PlanID(p), Title: p.Title.Text, From: p.Period.From, To: p.Period.To,
		Decision: plan.Decision{Body: p.Decision.Body, Case: p.Decision.Case, Date: p.Decision.Date},
	}
	if decision.Body != "" {
		e.Decision.Body = decision.Body
	}
	if decision.Case != "" {
		e.Decision.Case = decision.Case
	}
	if !decision.Date.IsZero() {
		e.Decision.Date = decision.Date
	}
	if decision.URL != "" {
		e.Decision.URL = decision.URL
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

// placeOf is the cell where cells have names, else the line.
func placeOf(p plantable.Place) string {
	if p.Cell != "" {
		return p.Cell
	}
	return strconv.Itoa(p.Line)
}

// PlanID is the id a document's plan gets: handlingsplan-2022-2024.
func PlanID(p plantable.Plan) domain.PlanID {
	id := "handlingsplan"
	if !p.Period.From.IsZero() {
		id += "-" + strconv.Itoa(p.Period.From.Year())
	}
	if p.Period.To.Year() != p.Period.From.Year() {
		id += "-" + strconv.Itoa(p.Period.To.Year())
	}
	return domain.PlanID(id)
}

// A builder gives names their ids, the same name the same id throughout.
type builder struct {
	names      map[string]domain.ActorID
	taken      map[domain.ActorID]bool
	strategies map[string]domain.StrategyID
	actors     []actors.Register
}

func (b *builder) measure(r plantable.Row) plan.MeasureAdopted {
	e := plan.MeasureAdopted{
		Kind: plan.OneOff, Strategy: "s1", FocusArea: r.FocusArea, Initiative: r.Initiative, Text: r.Measure,
		Owners: b.ids(r.Owners, true), Partners: b.ids(r.Partners, false),
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
	if len(r.Places) > 0 {
		e.Source = &plan.Place{Place: placeOf(r.Places[0]), Raw: r.Raw}
	}
	return e
}

func (b *builder) ids(names []plantable.Name, answers bool) []domain.ActorID {
	ids := make([]domain.ActorID, 0, len(names))
	for _, n := range names {
		ids = append(ids, b.id(n.Text, answers))
	}
	return ids
}

func (b *builder) id(name string, answers bool) domain.ActorID {
	if id, ok := b.names[name]; ok {
		return id
	}
	id := b.free(name)
	kind, sector := actors.Guess(name, answers)
	b.names[name], b.taken[id] = id, true
	b.actors = append(b.actors, actors.Register{Actor: id, Name: name, Kind: kind, Sector: sector})
	return id
}

// free is the name's slug, with a number behind it when another name has it.
func (b *builder) free(name string) domain.ActorID {
	slug := domain.Slug(name)
	if slug == "" {
		slug = "aktor"
	}
	id := domain.ActorID(slug)
	for n := 2; b.taken[id]; n++ {
		id = domain.ActorID(slug + "-" + strconv.Itoa(n))
	}
	return id
}
