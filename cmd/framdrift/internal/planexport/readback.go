package planexport

import (
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/plantable"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// document is the table as its own reader will see it.
func (t *table) document() plantable.Document {
	var doc plantable.Document
	add := func(cells ...string) {
		l := plantable.Line{Number: len(doc.Lines) + 1}
		for _, c := range cells {
			l.Cells = append(l.Cells, plantable.Cell{Text: c})
		}
		doc.Lines = append(doc.Lines, l)
	}
	add(t.title)
	for _, text := range t.front {
		add(text)
	}
	add(t.headings()...)
	for _, l := range t.lines {
		add(l.texts()...)
	}
	return doc
}

func (t *table) headings() []string {
	all := make([]string, len(t.columns))
	for i, c := range t.columns {
		all[i] = c.heading
	}
	return all
}

// texts is the cells of a line as text; a heading is one cell.
func (l line) texts() []string {
	if l.heading != "" {
		return []string{l.heading}
	}
	all := make([]string, len(l.cells))
	for i, c := range l.cells {
		all[i] = c.String()
	}
	return all
}

// readsBack reports whether the rows of the table are read as those of the plan.
func (t *table) readsBack(p planview.Plan) bool {
	var known []string
	for _, m := range p.Measures {
		for _, o := range m.Owners {
			known = append(known, named([]planview.Party{o}))
		}
		for _, o := range m.Partners {
			known = append(known, named([]planview.Party{o.Party}))
		}
	}
	d, err := plantable.Parse(t.document(), known...)
	if err != nil {
		return false
	}
	var want []string
	rows := standing(p)
	for _, s := range p.Strategies {
		for _, m := range rows {
			if m.Strategy.ID == s.ID {
				want = append(want, shape(m.Strategy.Title, m.FocusArea, m.Initiative, m.Text, m.Kind == plan.Arrangement))
			}
		}
	}
	own := len(d.Plan.Strategies) > 0
	return slices.EqualFunc(d.Rows, want, func(r plantable.Row, want string) bool {
		title := r.Strategy
		if !own {
			title = p.Title
		}
		return shape(title, r.FocusArea, r.Initiative, r.Measure, r.Kind == plantable.Arrangement) == want
	})
}

func shape(strategy, focusArea, initiative, text string, arrangement bool) string {
	kind := "measure"
	if arrangement {
		kind = "arrangement"
	}
	for _, s := range []*string{&strategy, &focusArea, &initiative, &text} {
		*s = plantable.Fold(*s)
	}
	return strings.Join([]string{kind, strategy, focusArea, initiative, text}, "\x00")
}
