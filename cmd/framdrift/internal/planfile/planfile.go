// Package planfile reads the file of an adopted plan into the lines and cells
// that plantable understands.
//
// The format is told by what the file holds, never by its name:
//
//	PK…  with a main part of Word or Excel   .docx, .xlsx
//	text with a tab in it                    .txt, .tsv, as it comes out of a PDF
//	other text                               .csv, with semicolons or commas
//
// Text with tabs looks like this:
//
//	HANDLINGSPLAN Namdalen 2025-2028
//
//	INNSATS⇥TILTAK⇥ANSVAR
//	Næring⇥Kartlegge behov⇥Rådet
//
//	⇥Skrive søknad⇥Rådet
//
// A blank line, a form feed or a page break is where a page ended: it is no
// line of its own, the next line is marked with it. Cells that the format
// knows to be merged are marked so, and keep their text where it stands.
//
// Every other kind of file gets one refusal that names it and says what to
// do. Nothing a file says of itself is trusted: time and memory are bounded by
// Limits before anything is built, a part is read no further than it may grow,
// and no part makes another be fetched. That is why Word and Excel are read
// here, token by token, and not by a library that unpacks first and looks
// afterwards.
package planfile

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"

	"github.com/fosenregionen/framdrift/domain/plantable"
)

// A Format is how a file holds its table.
type Format string

// The formats that are read.
const (
	Text  Format = "text" // cells with tabs between them, a row a line
	CSV   Format = "csv"  // cells with semicolons or commas between them, quoted (RFC 4180)
	Word  Format = "docx" // tables of WordprocessingML (ECMA-376 part 1, 17.4)
	Excel Format = "xlsx" // sheets of SpreadsheetML (ECMA-376 part 1, 18.3)
)

// A File is a plan's file as it was read.
type File struct {
	Name     string
	Format   Format
	SHA256   string // of the bytes as they came, in hex
	Document plantable.Document
}

// Limits bound what is read. A limit of zero is the default.
type Limits struct {
	Bytes     int // size of the file, and of the text of all its cells
	Unpacked  int // size of what a zipped file unpacks to
	Rows      int // lines that hold something
	Cells     int // in one row
	CellChars int // a cell is shorter than this
}

// DefaultLimits are far above any plan that people have adopted.
func DefaultLimits() Limits {
	return Limits{Bytes: 20 << 20, Unpacked: 200 << 20, Rows: 20_000, Cells: 100, CellChars: 10_000}
}

func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	for _, limit := range []struct{ value, fallback *int }{
		{&l.Bytes, &d.Bytes}, {&l.Unpacked, &d.Unpacked}, {&l.Rows, &d.Rows}, {&l.Cells, &d.Cells}, {&l.CellChars, &d.CellChars},
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
	return ReadWatched(name, r, limits, func(int64, int64) {})
}

// ReadWatched is Read, and tells watch now and then how many bytes of how many
// have been gone through.
func ReadWatched(name string, r io.Reader, limits Limits, watch func(read, of int64)) (File, error) {
	limits = limits.orDefault()
	content, err := all(r, limits.Bytes)
	if err != nil {
		return File{}, unreadable(name, err)
	}
	if len(content) > limits.Bytes {
		return File{}, TooLarge.With(name, size(limits.Bytes))
	}
	sum := sha256.Sum256(content)
	f := File{Name: name, SHA256: hex.EncodeToString(sum[:]), Document: plantable.Document{Name: name}}
	s := &sheet{name: name, limits: limits}
	if isZip(content) {
		f.Format, err = readPack(s, content, watch)
	} else {
		f.Format, f.Document.Encoding, err = readText(s, content)
	}
	if err != nil {
		return File{}, err
	}
	f.Document.Lines, f.Document.Hidden = s.lines, s.hidden
	return f, nil
}

// all is what a reader holds, up to one byte more than most. Where it says how
// much that is, room is made once.
func all(r io.Reader, most int) ([]byte, error) {
	size := int64(0)
	switch r := r.(type) {
	case interface{ Len() int }:
		size = int64(r.Len())
	case interface{ Stat() (fs.FileInfo, error) }:
		if info, err := r.Stat(); err == nil {
			size = info.Size()
		}
	}
	b := bytes.NewBuffer(make([]byte, 0, max(0, min(size, int64(most)))+bytes.MinRead))
	_, err := b.ReadFrom(io.LimitReader(r, int64(most)+1))
	return b.Bytes(), err
}

// readText reads what is not zipped.
func readText(s *sheet, content []byte) (Format, string, error) {
	if err := refuseKind(s.name, content); err != nil {
		return "", "", err
	}
	text, encoding, err := textOf(s.name, content)
	if err != nil {
		return "", "", err
	}
	if encoding == "" && isTabbed(text) {
		return Text, "", s.tabbed(text)
	}
	return CSV, encoding, s.separated(text)
}
