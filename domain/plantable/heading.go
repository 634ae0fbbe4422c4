package plantable

import (
	"strings"
	"unicode/utf8"
)

// A style is the form of a heading. A document has one for its strategies:
// the strongest that occurs.
type style uint8

const (
	unstyled style = iota
	plain          // a line alone above rows that have focus areas of their own
	shouted        // ALL CAPITALS
	numbered       // 1. Verdiskaping
	named          // Fosenstrategi 1; VERDISKAPING
)

// strategyWords end the words that strategies are called by.
var strategyWords = []string{
	"strategi", "strategy", "satsing", "satsning", "hovedmål", "hovudmål", "målområde", "delmål", "mål", "tema",
	"område", "programområde", "kapittel", "del", "goal", "priority", "pillar",
}

// formOf is the form that a folded text has by itself.
func formOf(text string) style {
	first, rest, more := strings.Cut(text, " ")
	second, _, _ := strings.Cut(rest, " ")
	switch {
	case more && isOrdinal(second) && hasAnySuffix(lower(first), strategyWords...):
		return named
	case more && isOrdinal(first):
		return numbered
	case utf8.RuneCountInString(text) >= 4 && text == strings.ToUpper(text) && strings.ToLower(text) != text:
		return shouted
	}
	return unstyled
}

// A formTable says which forms cells have, by column, in rows that are no
// headings. There the form means nothing: a plan may number its measures.
type formTable [columns + 1][named + 1]bool

func formsInRows(records []*record) *formTable {
	t := &formTable{}
	for _, r := range records {
		if r.alone != "" {
			continue
		}
		for c := range columns {
			t[c][formOf(r.text(c))] = true
		}
	}
	return t
}

// styleOf is the form of a line that holds one cell. A named heading counts
// wherever it stands; the others only at the left edge.
func (t *formTable) styleOf(r, next *record) style {
	if r.alone == "" {
		return unstyled
	}
	form := formOf(r.alone)
	switch {
	case form != unstyled && t[r.first][form]:
		return unstyled
	case form == named, form != unstyled && (r.left || r.only(ColumnFocusArea)):
		return form
	}
	if isSentence(r.alone) {
		return unstyled
	}
	own := r.first == int(columns) || r.only(ColumnFocusArea) || r.left && Column(r.first) > ColumnMeasure
	if own && next != nil && next.has(ColumnFocusArea) && next.has(ColumnMeasure) {
		return plain
	}
	return unstyled
}

// isSentence reports whether a text is prose: some words and a full stop.
func isSentence(text string) bool {
	return strings.HasSuffix(text, ".") && strings.Count(text, " ") >= 3
}

// isOrdinal reports whether a word counts: 1, 2., III:, B).
func isOrdinal(word string) bool {
	w := bare(word)
	switch {
	case isNumber(w):
		return len(w) <= 2
	case w != word && len(w) == 1:
		return 'A' <= w[0] && w[0] <= 'Z'
	}
	return w != "" && strings.Trim(w, "IVX") == "" && (len(w) > 1 || w != word)
}

// styles is the form of each record and the strongest of them: that of the
// strategy headings.
func styles(records []*record) (styled []style, strongest style) {
	forms := formsInRows(records)
	styled = make([]style, len(records))
	for i, r := range records {
		var next *record
		if i+1 < len(records) {
			next = records[i+1]
		}
		styled[i] = forms.styleOf(r, next)
		strongest = max(strongest, styled[i])
	}
	return styled, strongest
}

// usualColumn is where most strategy headings stand, the leftmost of equals.
func usualColumn(records []*record, styled []style, strongest style) int {
	counts := [columns + 1]int{}
	usual := 0
	for i, r := range records {
		if styled[i] == strongest && !r.prose {
			counts[r.first]++
		}
	}
	for c, n := range counts {
		if n > counts[usual] {
			usual = c
		}
	}
	return usual
}
