// Package intake takes an adopted plan from its document into a region, in
// three steps that a command line takes in one go and a page in three requests:
//
//	read     planfile.Read, plantable.Parse    a file      → a draft, and every doubt
//	preview  Look(file, draft, here, answers)  the answers → what would happen
//	accept   Preview.Command                   a yes       → the command for the one door
//
// Nothing is stored before the last, and the second may be asked again and
// again: it is a pure function of the draft, of what the region has, and of
// the answers so far. An answer takes another reading of a cell, says who a
// name in the document is, or gives the decision where the document lacks it.
//
// A plan that the region has not is imported whole. One that it has is laid
// beside the document, row by row (Difference), and what differs becomes a
// revision by a decision of its own.
package intake

import (
	"strconv"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/plantable"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// Here is what a region has that a document is read against.
type Here struct {
	Register []planview.Actor
	Plan     *planview.Plan // the one the document would change; nil when it is new
	Today    domain.Date
}

// Answers are what a person has said so far.
type Answers struct {
	Readings []int             // warnings of the draft whose suggestion is taken, by index
	Actors   map[string]Choice // by the name in the document
	Decision plan.Decision     // replaces the document's own where a field is given
	Plan     domain.PlanID     // what the plan is called; by its years when empty
}

// A Choice is who a name is: an actor of the register, or the kind and sector
// of a new one.
type Choice struct {
	Actor  domain.ActorID
	Kind   actors.Kind
	Sector actors.Sector
}

// A Note is something to know about the import that is no doubt about the
// reading: who a name was taken for, a deadline that is not adopted.
type Note struct {
	Place   string
	Code    string
	Message domain.Phrase
}

// A Preview is what would happen.
type Preview struct {
	Draft      plantable.Draft // with the readings that were taken
	Plan       domain.PlanID
	Names      []Match // every owner and partner, in the order they are first named
	Notes      []Note
	Import     plan.Import // of a plan that is new
	Difference *Difference // beside the plan that is there; nil when it is new
}

// Look lays a draft beside what the region has. It refuses what no answer can
// put right.
func Look(f planfile.File, d plantable.Draft, here Here, answers Answers) (Preview, error) {
	taken := d.Take(answers.Readings...)
	b := newBuilder(here, answers, taken)
	p := Preview{Draft: taken, Plan: b.plan.Plan}
	rows := make([]plan.Row, len(taken.Rows))
	if here.Plan != nil {
		b.useDecision(taken.Plan.Decision.Case, answers.Decision, here.Plan)
		if err := b.useStrategies(taken.Plan.Strategies, here.Plan); err != nil {
			return Preview{}, err
		}
	}
	for i, row := range taken.Rows {
		rows[i] = b.row(row)
	}
	if here.Plan != nil {
		p.Difference = b.difference(taken.Rows, rows, here)
	}
	p.Names, p.Notes = b.matches, b.notes
	p.Import = plan.Import{File: b.imported(f, d, answers), Plan: b.plan, Measures: rows, Actors: b.actors}
	return p, nil
}

// Changes reports whether there is anything to accept.
func (p Preview) Changes() bool { return p.Difference == nil || p.Difference.Changes() }

// Decided refuses a revision that carries no decision of its own.
func (p Preview) Decided() error {
	if p.Difference != nil && p.Import.Plan.Decision.Case == "" {
		return ErrNoDecision.With(p.Plan)
	}
	return nil
}

// New is the actors that would be registered.
func (p Preview) New() []actors.Register { return p.Import.Actors }

// Command is what puts the accepted preview in force.
func (p Preview) Command() domain.Command {
	if p.Difference == nil {
		return p.Import
	}
	c := p.Difference.revision()
	c.Decision, c.File, c.Actors = p.Import.Plan.Decision, &p.Import.File, p.Import.Actors
	return c
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

// Importing is the command for a plan that the region has not, read literally.
func Importing(f planfile.File, d plantable.Draft, register []planview.Actor, decision plan.Decision) plan.Import {
	p, err := Look(f, d, Here{Register: register}, Answers{Decision: decision})
	if err != nil { // only a plan that is there can be laid beside the document and not fit
		return plan.Import{}
	}
	return p.Import
}
