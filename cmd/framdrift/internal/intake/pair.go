package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/plantable"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// pair finds the measure of the plan that each row of the document is; -1
// where it is none. The surest likeness is tried first, over all rows, so that
// a row that is as it was is never taken for another that was changed:
//
//	all headings and the text          the same measure
//	initiative and text                moved to another focus area or strategy
//	the text, where only one has it    moved to another initiative
//	most words of the text             changed (Dice's coefficient)
//
// Measures and arrangements are never taken for each other.
func pair(was []planview.Measure, now []plan.Row) []int {
	p := &pairing{was: was, now: now, to: make([]int, len(now)), taken: make([]bool, len(was))}
	for i := range p.to {
		p.to[i] = -1
	}
	p.byKey(func(m sides) string {
		return joined(string(m.kind), string(m.strategy), m.focusArea, m.initiative, m.text)
	}, false)
	p.byKey(func(m sides) string { return joined(string(m.kind), m.initiative, m.text) }, false)
	p.byKey(func(m sides) string {
		if m.text == "" {
			return ""
		}
		return joined(string(m.kind), m.text)
	}, true)
	p.byLikeness()
	return p.to
}

// sides is what either side has of a measure.
type sides struct {
	kind                        plan.Kind // one-off and ongoing are one: a word in the text may tell them apart
	strategy                    domain.StrategyID
	focusArea, initiative, text string
}

func sideOf(kind plan.Kind, strategy domain.StrategyID, focusArea, initiative, text string) sides {
	if kind == plan.Ongoing {
		kind = plan.OneOff
	}
	fold := func(s string) string { return strings.ToLower(plantable.Fold(s)) }
	return sides{kind, strategy, fold(focusArea), fold(initiative), fold(text)}
}

func joined(parts ...string) string { return strings.Join(parts, "\x00") }

type pairing struct {
	was   []planview.Measure
	now   []plan.Row
	to    []int
	taken []bool
}

func (p *pairing) old(i int) sides {
	m := p.was[i]
	return sideOf(m.Kind, m.Strategy.ID, m.FocusArea, m.Initiative, m.Text)
}

func (p *pairing) new(i int) sides {
	m := p.now[i].Measure
	return sideOf(m.Kind, m.Strategy, m.FocusArea, m.Initiative, m.Text)
}

// byKey pairs those that share a key, in order; with only, where one on each
// side has it. An empty key is none.
func (p *pairing) byKey(key func(sides) string, only bool) {
	free := map[string][]int{}
	for i := range p.was {
		if k := key(p.old(i)); !p.taken[i] && k != "" {
			free[k] = append(free[k], i)
		}
	}
	wanted := map[string]int{}
	for i := range p.now {
		if p.to[i] < 0 {
			wanted[key(p.new(i))]++
		}
	}
	for i := range p.now {
		k := key(p.new(i))
		if p.to[i] >= 0 || len(free[k]) == 0 || only && (len(free[k]) > 1 || wanted[k] > 1) {
			continue
		}
		p.take(i, free[k][0])
		free[k] = free[k][1:]
	}
}

func (p *pairing) take(row, measure int) { p.to[row], p.taken[measure] = measure, true }

// mostCompared is how many pairs are looked at word by word. A document so
// different from the plan is another plan.
const mostCompared = 250_000

// byLikeness pairs what is left, the most alike first.
func (p *pairing) byLikeness() {
	type likeness struct {
		row, measure int
		score        float64
	}
	var rows, measures []int
	for i := range p.now {
		if p.to[i] < 0 {
			rows = append(rows, i)
		}
	}
	for i := range p.was {
		if !p.taken[i] {
			measures = append(measures, i)
		}
	}
	if len(rows)*len(measures) > mostCompared {
		return
	}
	var all []likeness
	for _, r := range rows {
		for _, m := range measures {
			if score := alike(p.old(m), p.new(r)); score >= 0.5 {
				all = append(all, likeness{r, m, score})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b likeness) int { return cmp.Compare(b.score, a.score) })
	for _, l := range all {
		if p.to[l.row] < 0 && !p.taken[l.measure] {
			p.take(l.row, l.measure)
		}
	}
}

// alike is how alike two measures are, from 0 to 1: the words their texts
// share, and a little for standing under the same headings.
func alike(a, b sides) float64 {
	if a.kind != b.kind {
		return 0
	}
	score := dice(a.text+" "+a.initiative, b.text+" "+b.initiative)
	if a.text != "" && b.text != "" {
		score = dice(a.text, b.text)
	}
	if score > 0 && a.initiative == b.initiative && a.focusArea == b.focusArea && a.initiative != "" {
		score += 0.2
	}
	return score
}

// dice is twice the words that two texts share, over all the words of both.
func dice(a, b string) float64 {
	words := map[string]int{}
	n := 0
	for w := range strings.FieldsSeq(a) {
		words[w]++
		n++
	}
	shared := 0
	for w := range strings.FieldsSeq(b) {
		n++
		if words[w] > 0 {
			words[w]--
			shared++
		}
	}
	if n == 0 {
		return 0
	}
	return 2 * float64(shared) / float64(n)
}

// outOfOrder marks the rows that stand elsewhere among the others than they
// did: all but a longest run of rows that kept their order.
func outOfOrder(pairs []int) []bool {
	tails, before := []int{}, make([]int, len(pairs)) // row that ends the best run of each length
	for i, at := range pairs {
		before[i] = -1
		if at < 0 {
			continue
		}
		n, _ := slices.BinarySearchFunc(tails, at, func(row, at int) int { return cmp.Compare(pairs[row], at) })
		if n > 0 {
			before[i] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, i)
		} else {
			tails[n] = i
		}
	}
	moved := make([]bool, len(pairs))
	for i, at := range pairs {
		moved[i] = at >= 0
	}
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = before[i] {
			moved[i] = false
		}
	}
	return moved
}

// newIDs gives ids behind those that have been used, withdrawn ones too.
func newIDs(all []planview.Measure) func(plan.Kind) domain.MeasureID {
	last := map[byte]int{'t': 0, 'o': 0}
	for _, m := range all {
		if id := string(m.ID); len(id) > 1 {
			if n, err := strconv.Atoi(id[1:]); err == nil {
				last[id[0]] = max(last[id[0]], n)
			}
		}
	}
	return func(k plan.Kind) domain.MeasureID {
		letter := byte('t')
		if k == plan.Arrangement {
			letter = 'o'
		}
		last[letter]++
		return domain.MeasureID(fmt.Sprintf("%c%02d", letter, last[letter]))
	}
}
