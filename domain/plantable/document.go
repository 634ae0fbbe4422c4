package plantable

import (
	"strconv"
	"strings"
	"unicode"
)

// A Document is what a file says from top to bottom, whatever its format:
// free text and rows of the table alike, in order, without blank lines. Parse
// finds the header row itself; what stands above it is free text.
type Document struct {
	// Name is the file's name, for messages.
	Name  string
	Lines []Line
	// Encoding is set where the text was not UTF-8, and had to be taken for another.
	Encoding string
	// Hidden names the sheets that nobody sees, which are not read.
	Hidden []string
}

// A Line is a line of text or a row of the table. A line of text is one cell.
type Line struct {
	// Number is the line of the file or the row of the sheet, from 1.
	Number int
	// Row is the row that cells are named by in formats where they have names,
	// C7 or Ark1!C7, and Sheet what stands before. Zero elsewhere.
	Row   int
	Sheet string
	Cells []Cell
	// Break says that a page ended (or a blank line stood) before this line:
	// the row above may go on here.
	Break bool
	// Prose says that the format knows this line to stand outside the table,
	// as a paragraph in Word does. Text files cannot know.
	Prose bool
	// Heading says that the format knows this line of prose to be a heading.
	Heading bool
	// Hidden says that nobody sees this line, as in a sheet with a filter on.
	Hidden bool
	// Apart says that another sheet or table begins here, which cannot go on
	// from the one before without headings of its own.
	Apart bool
}

// A Cell holds its text, in valid UTF-8, with the line breaks the format knew ('\n').
type Cell struct {
	Text string
	// Of says that the cell holds nothing of its own: it is part of another.
	Of Merge
}

// A Merge is which cell an empty one is part of, where the format knows.
type Merge uint8

// The zero Merge is a cell of its own.
const (
	Left  Merge = iota + 1 // part of the cell to its left
	Above                  // part of the cell above it
)

// A Place is where in the file something stands: always a line (or row), and
// the cell in formats where cells have names.
type Place struct {
	Line int
	Cell string
}

// Fold is the text as it is kept: runs of white space are one space, none at the ends.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// isFolded reports whether a text has no white space but single spaces inside.
func isFolded(s string) bool {
	spaced := true
	for _, r := range s {
		if r == ' ' && spaced || r != ' ' && unicode.IsSpace(r) {
			return false
		}
		spaced = r == ' '
	}
	return !spaced || s == ""
}

// Ref is the name of a cell in formats that have one: C7, Ark1!C7; else empty.
func (l Line) Ref(cell int) string {
	if l.Row == 0 {
		return ""
	}
	name := ""
	for n := cell + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	if l.Sheet != "" {
		name = l.Sheet + "!" + name
	}
	return name + strconv.Itoa(l.Row)
}

func (l Line) text() string {
	cells := make([]string, 0, len(l.Cells))
	for _, c := range l.Cells {
		if t := Fold(c.Text); t != "" {
			cells = append(cells, t)
		}
	}
	return strings.Join(cells, " ")
}

// heads reports whether a line of prose is a heading.
func (l Line) heads() bool { return l.Heading || formOf(l.text()) == named }

func (l Line) filled() int {
	n := 0
	for _, c := range l.Cells {
		if !blank(c.Text) {
			n++
		}
	}
	return n
}

func (l Line) place() Place { return Place{Line: l.Number} }

func blank(s string) bool { return strings.TrimSpace(s) == "" }
