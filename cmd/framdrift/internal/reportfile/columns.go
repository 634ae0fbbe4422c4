package reportfile

import (
	"slices"
	"unicode/utf8"
)

// What text takes in a table of ours, in twentieths of a point: a letter, as a
// rule, and the room beside it in a cell.
const (
	wordLetter = 88
	wordAir    = 230
)

// columnWidths shares the width of a page among columns: each has room for its
// longest word, as far as that goes, and what is left goes to those that say most.
func columnWidths(t table, headings []string, width int) []int {
	const most = 40 // letters: more is broken over lines anyway
	least, says := make([]int, len(headings)), make([]int, len(headings))
	var sumLeast, sumSays int
	for i, h := range headings {
		words, letters := longest(h), longest(h)*len(t.rows)
		for j := range t.rows {
			cell := t.cell(j, i)
			words, letters = max(words, min(longest(cell), most)), letters+min(utf8.RuneCountInString(cell), 4*most)
		}
		least[i], says[i] = words*wordLetter+wordAir, 1+letters
		sumLeast, sumSays = sumLeast+least[i], sumSays+says[i]
	}
	if sumLeast > width {
		return capped(least, width)
	}
	widths, left := make([]int, len(headings)), width
	for i := range widths {
		widths[i] = least[i] + (width-sumLeast)*says[i]/sumSays
		left -= widths[i]
	}
	widths[len(widths)-1] += left
	return widths
}

// capped is widths that are too much together, the widest made as narrow as
// they must be and the others left: a date is not broken for a long word.
func capped(widths []int, width int) []int {
	for most := slices.Max(widths); ; most -= wordLetter / 4 {
		sum, all := 0, make([]int, len(widths))
		for i, w := range widths {
			all[i] = min(w, most)
			sum += all[i]
		}
		if sum <= width || most <= wordLetter {
			return all
		}
	}
}

// columnLetters is how many letters each column of a sheet has room for: its
// longest word, and more where more is said as a rule.
func columnLetters(headings []string, rows [][]string) []int {
	const least, most = 10, 60
	wide := make([]int, len(headings))
	for i, h := range headings {
		word, letters := longest(h), 0
		for _, r := range rows {
			if i < len(r) {
				word, letters = max(word, longest(r[i])), letters+utf8.RuneCountInString(r[i])
			}
		}
		wide[i] = min(most, max(least, word+2, letters/max(1, len(rows))*4/3))
	}
	return wide
}

// cell is what stands in a row and column, of which the last may be the events.
func (t table) cell(row, column int) string {
	switch {
	case column < len(t.rows[row]):
		return t.rows[row][column]
	case row < len(t.cited) && column == len(t.headings):
		return runs(t.cited[row])
	}
	return ""
}

// longest is how many letters the longest word has.
func longest(text string) int {
	most, n := 0, 0
	for _, r := range text {
		if n++; r == ' ' || r == '\n' {
			n = 0
		}
		most = max(most, n)
	}
	return most
}
