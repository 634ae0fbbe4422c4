// Package planfile reads the file of an adopted plan into the lines and cells
// that plantable understands.
//
// The format is told by what the file holds, never by its name. Text with
// tabs between the cells is read, as it comes out of a PDF or a spreadsheet:
//
//	HANDLINGSPLAN Namdalen 2025-2028
//
//	INNSATS⇥TILTAK⇥ANSVAR
//	Næring⇥Kartlegge behov⇥Rådet
//
//	⇥Skrive søknad⇥Rådet
//
// A blank line or a form feed is where a page ended: it is no line of its
// own, the next line is marked with it. Every other kind of file gets one
// refusal that names it and says what to do. Time and memory are bounded by
// Limits before anything is built.
package planfile

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/fosenregionen/framdrift/domain/plantable"
)

// A Format is how a file holds its table.
type Format string

// Text is cells with tabs between them, a row a line.
const Text Format = "text"

// A File is a plan's file as it was read.
type File struct {
	Name     string
	Format   Format
	SHA256   string // of the bytes as they came, in hex
	Document plantable.Document
}

// Limits bound what is read. A limit of zero is the default.
type Limits struct {
	Bytes     int // size of the file
	Rows      int // lines that hold something
	Cells     int // in one row
	CellChars int // a cell is shorter than this
}

// DefaultLimits are far above any plan that people have adopted.
func DefaultLimits() Limits {
	return Limits{Bytes: 20 << 20, Rows: 20_000, Cells: 100, CellChars: 10_000}
}

func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	for _, limit := range []struct{ value, fallback *int }{
		{&l.Bytes, &d.Bytes}, {&l.Rows, &d.Rows}, {&l.Cells, &d.Cells}, {&l.CellChars, &d.CellChars},
	} {
		if *limit.value <= 0 {
			*limit.value = *limit.fallback
		}
	}
	return l
}

// Read reads a plan's file. What it cannot read it refuses with one of the
// rules in error.go; a reader that breaks gives its own error.
func Read(name string, r io.Reader, limits Limits) (File, error) {
	limits = limits.orDefault()
	content, err := io.ReadAll(io.LimitReader(r, int64(limits.Bytes)+1))
	if err != nil {
		return File{}, unreadable(name, err)
	}
	if len(content) > limits.Bytes {
		return File{}, TooLarge.With(name, size(limits.Bytes))
	}
	text, err := textOf(name, content)
	if err != nil {
		return File{}, err
	}
	lines, err := linesOf(name, text, limits)
	if err != nil {
		return File{}, err
	}
	sum := sha256.Sum256(content)
	return File{
		Name: name, Format: Text, SHA256: hex.EncodeToString(sum[:]),
		Document: plantable.Document{Name: name, Lines: lines},
	}, nil
}
