package plantable

import "strings"

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
var strategyWords = []string{"strategi", "strategy", "satsing", "satsning", "hovedmål", "hovudmål", "målområde", "delmål", "mål", "tema",
	"område", "programområde", "kapittel", "del", "goal", "priority", "pillar"}

// styleOf is the form of a line that holds one cell. Weak forms count only at
// the left edge, where headings stand; a named one wherever it stands.
func styleOf(r *record, next *record) style {
	if r.alone == "" || r.first != int(columns) && Column(r.first) >= ColumnOwners {
		return unstyled
	}
	w := strings.Fields(r.alone)
	if len(w) > 1 && hasAnySuffix(lower(w[0]), strategyWords...) && isOrdinal(w[1]) {
		return named
	}
	if r.first != int(columns) && Column(r.first) > ColumnFocusArea {
		return unstyled
	}
	switch {
	case len(w) > 1 && isOrdinal(w[0]):
		return numbered
	case len(r.alone) >= 8 && r.alone == strings.ToUpper(r.alone):
		return shouted
	case next != nil && next.has(ColumnFocusArea) && next.has(ColumnMeasure):
		return plain
	}
	return unstyled
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

// strategies finds which records are strategy headings and returns their style.
func styles(records []*record) (styled []style, strongest style) {
	styled = make([]style, len(records))
	for i, r := range records {
		var next *record
		if i+1 < len(records) {
			next = records[i+1]
		}
		styled[i] = styleOf(r, next)
		strongest = max(strongest, styled[i])
	}
	return styled, strongest
}

// usualColumn is where most strategy headings stand, the leftmost of equals.
func usualColumn(records []*record, styled []style, strongest style) int {
	counts := [columns + 1]int{}
	usual := 0
	for i, r := range records {
		if styled[i] == strongest {
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
