package plantable

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// doubts looks at the rows against each other for what looks wrong in them.
func (d *Draft) doubts(sources []*record) {
	s := d.survey(sources)
	initiatives := map[string]int{} // name to the line it first stands in
	for i := range d.Rows {
		if row := &d.Rows[i]; row.Kind == Measure && sources[i].has(ColumnInitiative) {
			if _, ok := initiatives[row.Initiative]; !ok {
				initiatives[row.Initiative] = row.Places[0].Line
			}
		}
	}
	for i := range d.Rows {
		row, r := &d.Rows[i], sources[i]
		if row.Kind == Arrangement {
			if at, ok := initiatives[row.Initiative]; ok {
				d.warn(r.place(), row.ID, RowNameTwice, excerpt(row.Initiative), at)
			}
		} else {
			d.missing(s, r, row)
			d.shifted(s, r, row)
			d.glued(s, r, row)
		}
		for c := range columns {
			d.hyphens(r, row, c)
		}
	}
}

// A survey is what is usual in this table.
type survey struct {
	initiative, measure int // median lengths, zero when there are too few rows to say
	owners              map[string]int
	partners            map[string]int
	nearlyAllPartnered  bool
	names               set // words that are names, whatever stands before them
}

func (d *Draft) survey(sources []*record) survey {
	s := survey{owners: map[string]int{}, partners: map[string]int{}, names: set{}}
	var initiatives, measures []int
	partnered, all := 0, 0
	seen := map[string]int{}
	for i, row := range d.Rows {
		r := sources[i]
		for _, c := range []Column{ColumnInitiative, ColumnMeasure} {
			countInside(seen, s.names, r.text(c))
		}
		if row.Kind == Arrangement {
			continue
		}
		all++
		if len(row.Partners) > 0 {
			partnered++
		}
		if r.has(ColumnInitiative) && row.Measure != "" {
			initiatives = append(initiatives, utf8.RuneCountInString(row.Initiative))
			measures = append(measures, utf8.RuneCountInString(row.Measure))
		}
		for _, n := range row.Owners {
			s.owners[n.Text]++
		}
		for _, n := range row.Partners {
			s.partners[n.Text]++
		}
	}
	s.nearlyAllPartnered = all >= 5 && partnered < all && partnered*10 >= all*9
	const enough = 6
	if len(measures) >= enough {
		s.initiative, s.measure = median(initiatives), median(measures)
	}
	for word, n := range seen {
		if n >= 2 {
			s.names[word] = true
		}
	}
	return s
}

// countInside counts the capitalised words inside a text, where only names
// have capitals; one after a preposition is a name at once.
func countInside(seen map[string]int, names set, text string) {
	prev := ""
	for word := range strings.FieldsSeq(text) {
		if prev != "" && isCapital(word) && !endsSentence(prev) {
			if connecting[lower(prev)] {
				names[lower(word)] = true
			}
			seen[lower(word)]++
		}
		prev = word
	}
}

func median(lengths []int) int {
	slices.Sort(lengths)
	return lengths[len(lengths)/2]
}

// missing says what a measure lacks.
func (d *Draft) missing(s survey, r *record, row *Row) {
	if len(row.Owners) == 0 && row.Measure != "" {
		d.warn(r.place(), row.ID, RowNoOwner, excerpt(row.Measure))
	}
	if len(row.Partners) == 0 && s.nearlyAllPartnered {
		d.warn(r.place(), row.ID, RowNoPartners, excerpt(row.Measure))
	}
}

// shifted looks for cells that stand one column off. Moved left: an owner of
// other rows stands under the measure. Moved right at the front: what stands
// under the initiative is as long as measures are here, and the measure as
// short as an initiative.
func (d *Draft) shifted(s survey, r *record, row *Row) {
	focus, initiative := r.text(ColumnFocusArea), r.text(ColumnInitiative)
	var other Suggestion
	switch {
	case initiative != "" && len(row.Partners) == 0 && s.owners[row.Measure] >= 2:
		other = Suggestion{
			{ColumnFocusArea, nil},
			{ColumnInitiative, present(focus)},
			{ColumnMeasure, present(initiative)},
			{ColumnOwners, present(row.Measure)},
			{ColumnPartners, present(r.text(ColumnOwners))},
		}
	case focus == "" && len(row.Owners) == 1 && s.owners[row.Owners[0].Text] == 1 && len(row.Partners) == 1 &&
		s.owners[row.Partners[0].Text] >= 2 && s.partners[row.Partners[0].Text] == 1:
		other = Suggestion{
			{ColumnFocusArea, present(initiative)},
			{ColumnInitiative, present(row.Measure)},
			{ColumnMeasure, present(r.text(ColumnOwners))},
			{ColumnOwners, present(row.Partners[0].Text)},
			{ColumnPartners, nil},
		}
	case focus != "" && initiative != "" && row.Measure != "" && s.measure > s.initiative &&
		utf8.RuneCountInString(initiative) >= s.measure && utf8.RuneCountInString(row.Measure) <= s.initiative:
		other = Suggestion{{ColumnFocusArea, nil}, {ColumnInitiative, present(focus)}, {ColumnMeasure, present(initiative + " " + row.Measure)}}
	default:
		return
	}
	d.warn(r.at(ColumnMeasure), row.ID, RowShifted, excerpt(row.Measure)).Suggestion = other
}

func present(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// glued looks for a measure that reads as several: a line break before a
// capital, or a capital that begins no name after a word that ends a phrase.
func (d *Draft) glued(s survey, r *record, row *Row) {
	var parts []string
	var part []string
	for line := range strings.FieldsFuncSeq(r.cells[ColumnMeasure], func(c rune) bool { return c == '\n' || c == '\r' }) {
		prev := ""
		for word := range strings.FieldsSeq(line) {
			if len(part) > 0 && s.beginsAnother(prev, word) {
				parts, part = append(parts, strings.Join(part, " ")), nil
			}
			part = append(part, word)
			prev = word
		}
	}
	if len(parts) == 0 {
		return
	}
	parts = append(parts, strings.Join(part, " "))
	d.warn(r.at(ColumnMeasure), row.ID, MeasureGlued, excerpt(row.Measure), len(parts)).Suggestion = Suggestion{{ColumnMeasure, parts}}
}

// beginsAnother reports whether a word inside a measure looks like the first
// of another one; prev is empty at the start of a line.
func (s survey) beginsAnother(prev, word string) bool {
	if !isCapital(word) || bare(word) != strings.TrimRight(word, ",;:.") {
		return false
	}
	if prev == "" {
		return true
	}
	return !isAcronym(word) && !s.names[lower(word)] && !holds(prev) && !endsSentence(prev) && bare(prev) == prev
}

func endsSentence(word string) bool { return strings.ContainsAny(word[len(word)-1:], ".!?:") }

// hyphens looks for «Fosna- Folket» in each name and each other cell.
func (d *Draft) hyphens(r *record, row *Row, c Column) {
	texts := []string{r.text(c)}
	switch c {
	case ColumnOwners:
		texts = namesAlone(row.Owners)
	case ColumnPartners:
		texts = namesAlone(row.Partners)
	}
	healed := make([]string, len(texts))
	odd := -1
	for i, text := range texts {
		if healed[i] = healHyphens(text); odd < 0 && healed[i] != text {
			odd = i
		}
	}
	if odd >= 0 {
		d.warn(r.at(c), row.ID, TextHyphen, excerpt(texts[odd])).Suggestion = Suggestion{{c, healed}}
	}
}

// healHyphens takes out the space after a hyphen. A hyphen that stands for
// the rest of a word (Brann- og redningstjeneste) is in order.
func healHyphens(text string) string {
	if !strings.Contains(text, "- ") {
		return text
	}
	var healed strings.Builder
	prev := ""
	for word := range strings.FieldsSeq(text) {
		broken := len(prev) > 1 && strings.HasSuffix(prev, "-") && !connecting[lower(word)] && bare(word) != ""
		if prev != "" && !broken {
			healed.WriteByte(' ')
		}
		healed.WriteString(word)
		prev = word
	}
	return healed.String()
}
