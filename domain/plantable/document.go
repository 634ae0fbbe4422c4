package plantable

import "strings"

// A Document is what a file says from top to bottom, whatever its format:
// free text and rows of the table alike, in order, without blank lines. Parse
// finds the header row itself; what stands above it is free text.
type Document struct {
	// Name is the file's name, for messages.
	Name  string
	Lines []Line
}

// A Line is a line of text or a row of the table. A line of text is one cell.
type Line struct {
	// Number is the line of the file or the row of the sheet, from 1.
	Number int
	Cells  []Cell
	// Break says that a page ended (or a blank line stood) before this line:
	// the row above may go on here.
	Break bool
	// Prose says that the format knows this line to stand outside the table,
	// as a paragraph in Word does. Text files cannot know.
	Prose bool
}

// A Cell holds its text, in valid UTF-8, with the line breaks the format knew ('\n').
type Cell struct {
	Text string
	// Ref is the cell's own name in formats that have one: C7, Ark1!C7.
	Ref string
}

// A Place is where in the file something stands: always a line (or row), and
// the cell in formats where cells have names.
type Place struct {
	Line int
	Cell string
}

// Fold is the text as it is kept: runs of white space are one space, none at the ends.
func Fold(s string) string { return strings.Join(strings.Fields(s), " ") }

func (l Line) text() string {
	cells := make([]string, 0, len(l.Cells))
	for _, c := range l.Cells {
		if t := Fold(c.Text); t != "" {
			cells = append(cells, t)
		}
	}
	return strings.Join(cells, " ")
}

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
