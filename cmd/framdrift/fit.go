package main

import (
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

const (
	// gap is the space between two columns.
	gap = 2
	// narrowest is how few characters a column that may be cut keeps.
	narrowest = 10
)

// terminalWidth is how many characters a line of stdout has; 0 when it is no
// terminal, and lines may be as long as they are.
func (c *cli) terminalWidth() int {
	f, ok := c.out.(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// fit is the columns' widths for a line of so many characters: the widest of
// those that may be cut gives first, one character at a time, and none goes
// below narrowest. A column that may not be cut stays whole.
func fit(headings []string, columns []column, rows [][]string, line int) []int {
	widths, need := make([]int, len(columns)), make([]int, len(columns))
	total := gap * (len(columns) - 1)
	for i, col := range columns {
		widths[i] = col.width
		need[i] = utf8.RuneCountInString(headings[i])
		for _, row := range rows {
			need[i] = max(need[i], utf8.RuneCountInString(shorten(row[i], col.width)))
		}
		total += need[i]
	}
	for line > 0 && total > line {
		widest := -1
		for i, col := range columns {
			if col.width > 0 && need[i] > narrowest && (widest < 0 || need[i] > need[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			break // nothing more may be cut
		}
		need[widest]--
		widths[widest] = need[widest]
		total--
	}
	return widths
}

// headings are the columns' labels in the language.
func (c *cli) headings(columns []column) []string {
	all := make([]string, len(columns))
	for i, col := range columns {
		all[i] = strings.ToUpper(col.label.In(c.language))
	}
	return all
}
