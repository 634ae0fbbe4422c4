package intake

import (
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/plantable"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// useStrategies gives the strategies of a document the ids that the plan has
// them by: the same title, whatever its capitals, or one that shares most of
// its words. A strategy that the plan has not is no revision.
func (b *builder) useStrategies(titles []plantable.Fact, p *planview.Plan) error {
	b.plan.Plan, b.plan.Strategies = p.ID, p.Strategies
	clear(b.strategies)
	for _, t := range titles {
		s, ok := strategyLike(t.Text, p.Strategies)
		if !ok {
			return errNewStrategy.With(t.Text, p.ID)
		}
		if s.Title != t.Text {
			b.note("", "strategy.renamed", notes.renamed, t.Text, s.Title)
		}
		b.strategies[t.Text] = s.ID
	}
	return nil
}

// useDecision leaves out the decision that a document carries, all of it,
// where it is one the plan has been changed by already: a new version often
// keeps the old one on its front page.
func (b *builder) useDecision(carried string, given plan.Decision, p *planview.Plan) {
	known := p.Decision.Case == carried
	for _, r := range p.Revisions {
		known = known || r.Decision.Case == carried
	}
	if known {
		b.plan.Decision = given
	}
}

func strategyLike(title string, all []plan.Strategy) (plan.Strategy, bool) {
	var best plan.Strategy
	most := 0.5
	for _, s := range all {
		a, b := strings.ToLower(plantable.Fold(title)), strings.ToLower(plantable.Fold(s.Title))
		if a == b {
			return s, true
		}
		if like := dice(a, b); like > most {
			best, most = s, like
		}
	}
	return best, best.ID != ""
}

func (b *builder) strategyTitle(id domain.StrategyID) string {
	for _, s := range b.plan.Strategies {
		if s.ID == id {
			return s.Title
		}
	}
	return string(id)
}

func partyNames(all []planview.Party) string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}

// actorNames is what the document, or else the register, calls actors.
func (b *builder) actorNames(ids []domain.ActorID) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = string(id)
		for _, m := range b.matches {
			if m.Actor == id {
				names[i] = m.Name
			}
		}
	}
	return strings.Join(names, ", ")
}
