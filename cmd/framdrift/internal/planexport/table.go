package planexport

import (
	"slices"
	"strconv"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/plantable"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// A table is the plan as any format writes it.
type table struct {
	Options
	title   string
	front   []string // lines under the title
	columns []column
	lines   []line
}

// A column has its heading and how wide it is, in characters.
type column struct {
	heading string
	width   float64
	part    part
}

// A part is what of a measure stands in a column.
type part uint8

const (
	strategy part = iota
	focusArea
	initiative
	measure
	owners
	partners
	deadline
	status
)

// A line is a heading over the full width, or a row of cells.
type line struct {
	heading string
	level   int // of the heading: 1 a strategy, 2 a group of arrangements
	cells   []cell
}

// A cell is a text, or a day.
type cell struct {
	text string
	day  domain.Date
}

func (c cell) String() string {
	if !c.day.IsZero() {
		return c.day.Norwegian()
	}
	return c.text
}

// tableOf lays the plan out with its strategies as headings, and as a column
// where they would not be read back as headings.
func tableOf(p planview.Plan, o Options) *table {
	for _, column := range []bool{false, true} {
		t := &table{Options: o, title: p.Title, front: front(p, o.Language)}
		t.lay(p, column)
		if column || t.readsBack(p) {
			return t
		}
	}
	return nil
}

// front is what the document says of itself under its title.
func front(p planview.Plan, l domain.Language) []string {
	var lines []string
	from, to := year(p.From), year(p.To)
	if !strings.Contains(p.Title, from) || !strings.Contains(p.Title, to) {
		lines = append(lines, words.period.Fill(from+"–"+to).In(l))
	}
	if d := p.Decision; d.Case != "" {
		s := words.adopted.In(l)
		if d.Body != "" {
			s += " " + words.by.In(l) + " " + d.Body
		}
		if !d.Date.IsZero() {
			s += " " + d.Date.Norwegian()
		}
		lines = append(lines, s+" "+words.in.In(l)+" "+d.Case)
	}
	var sources []string
	for _, s := range p.BasedOn {
		text := s.Title
		if s.Year != 0 {
			text += " " + words.from.In(l) + " " + strconv.Itoa(s.Year)
		}
		sources = append(sources, text)
	}
	if len(sources) > 0 {
		lines = append(lines, words.basedOn.In(l)+" "+strings.Join(sources, " "+words.and.In(l)+" "))
	}
	return lines
}

func year(d domain.Date) string { return strconv.Itoa(d.Year()) }

func (t *table) lay(p planview.Plan, strategyColumn bool) {
	rows := standing(p)
	own := len(p.Strategies) > 1 || len(p.Strategies) == 1 && p.Strategies[0].Title != p.Title
	t.columns = t.choose(rows, own && strategyColumn)
	for _, s := range p.Strategies {
		under := slices.DeleteFunc(slices.Clone(rows), func(m planview.Measure) bool { return m.Strategy.ID != s.ID })
		if own && !strategyColumn && len(under) > 0 {
			t.lines = append(t.lines, line{heading: s.Title, level: 1})
		}
		t.rows(under)
	}
}

// standing is the rows that are in the plan. Those without a focus area come
// first under their strategy: below another they would be read as having its.
func standing(p planview.Plan) []planview.Measure {
	rows := slices.DeleteFunc(slices.Clone(p.Measures), func(m planview.Measure) bool { return m.State == planview.StateWithdrawn })
	slices.SortStableFunc(rows, func(a, b planview.Measure) int {
		switch {
		case (a.FocusArea == "") == (b.FocusArea == ""):
			return 0
		case a.FocusArea == "":
			return -1
		}
		return 1
	})
	return rows
}

// choose is the columns: the five of the plan, and those that are needed.
func (t *table) choose(rows []planview.Measure, strategies bool) []column {
	columns := []column{
		{words.focusArea.In(t.Language), 22, focusArea},
		{words.initiative.In(t.Language), 30, initiative},
		{words.measure.In(t.Language), 48, measure},
		{words.owners.In(t.Language), 26, owners},
		{words.partners.In(t.Language), 38, partners},
	}
	if strategies {
		columns = slices.Insert(columns, 0, column{words.strategy.In(t.Language), 26, strategy})
	}
	if slices.ContainsFunc(rows, func(m planview.Measure) bool { return due(m) != (cell{}) }) {
		columns = append(columns, column{words.deadline.In(t.Language), 13, deadline})
	}
	if t.Status {
		columns = append(columns, column{words.status.In(t.Language), 18, status})
	}
	return columns
}

// rows are the measures, and arrangements as a bare list under what they share.
func (t *table) rows(all []planview.Measure) {
	group := ""
	for _, m := range all {
		bare := m.Kind == plan.Arrangement && m.Text == "" && m.FocusArea != ""
		if bare && m.FocusArea != group {
			t.lines = append(t.lines, line{heading: m.FocusArea, level: 2})
		}
		if group = ""; bare {
			group = m.FocusArea
		}
		cells := make([]cell, len(t.columns))
		for i, c := range t.columns {
			if !bare || c.part != focusArea {
				cells[i] = t.cell(m, c.part)
			}
		}
		t.lines = append(t.lines, line{cells: cells})
	}
}

func (t *table) cell(m planview.Measure, p part) cell {
	switch p {
	case strategy:
		return cell{text: m.Strategy.Title}
	case focusArea:
		return cell{text: m.FocusArea}
	case initiative:
		return cell{text: m.Initiative}
	case measure:
		return cell{text: m.Text}
	case owners:
		return cell{text: named(m.Owners)}
	case partners:
		list := make([]planview.Party, len(m.Partners))
		for i, p := range m.Partners {
			list[i] = p.Party
		}
		return cell{text: named(list)}
	case deadline:
		return due(m)
	case status:
		return cell{text: t.status(m)}
	}
	return cell{}
}

// due is the adopted deadline; of an ongoing measure whose text does not say
// so, that it is.
func due(m planview.Measure) cell {
	switch {
	case m.Kind == plan.Ongoing && !plantable.ParseDeadline(m.Text).Ongoing:
		return cell{text: "løpende"}
	case m.Kind == plan.OneOff:
		return cell{day: m.Deadline}
	}
	return cell{}
}

func (t *table) status(m planview.Measure) string {
	s := domain.StateWords.Of(string(m.State)).In(t.Language)
	if m.Status != "" {
		s += " (" + domain.StatusWords.Of(string(m.Status)).In(t.Language) + ")"
	}
	return s
}

// named is names as the plan has them, with commas between.
func named(all []planview.Party) string {
	names := make([]string, len(all))
	for i, p := range all {
		if names[i] = p.Name; p.Was != "" {
			names[i] = p.Was
		}
	}
	return strings.Join(names, ", ")
}
