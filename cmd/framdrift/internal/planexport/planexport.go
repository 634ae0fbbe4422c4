// Package planexport writes a plan as the table it was adopted as: Excel, Word
// or CSV.
//
//	HANDLINGSPLAN Namdalen 2025-2028
//	Vedtatt av Regionrådet 15.01.2025 i sak 1/25
//
//	INNSATS  | HANDLINGSPLAN | TILTAK          | ANSVAR        | SAMARBEIDSPARTNERE
//	Strategi 1: Vekst
//	Næring   | Havn          | Kartlegge behov | Rådet, Leder  | NVE
//	Felles tjenester
//	         | Namdal IKT    |                 |               |
//
// An export reads back: planfile and plantable give the rows it was made of,
// and a test says so for every format. So each row says its focus area and
// initiative in full, names have commas between them, and a heading that a
// reader could not tell from other lines is written as a column of its own.
// A column for the deadline is added where there are any, and one for the
// status where it is asked for.
//
// What stands in an export is data. No cell is a formula: in Excel and Word
// cells are typed as text, and in CSV, where there are no types, a cell that
// begins as a formula does gets an apostrophe in front, which the reader of
// CSV takes away.
package planexport

import (
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// A Format is how a plan is written.
type Format string

// The formats.
const (
	Excel Format = "xlsx"
	Word  Format = "docx"
	CSV   Format = "csv"
)

var book domain.Rulebook

// Rules lists every rule this package refuses by.
func Rules() []domain.Rule { return book.All() }

var errFormat = book.Rule(domain.Invalid, "export.format",
	"%[1]s har ikke en endelse som sier formatet. Bruk .xlsx, .docx eller .csv.",
	"%[1]s har ikkje ei ending som seier formatet. Bruk .xlsx, .docx eller .csv.",
	"%[1]s has no ending that says the format. Use .xlsx, .docx or .csv.")

// FormatOf is the format that a file's ending says.
func FormatOf(file string) (Format, error) {
	f := Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(file), ".")))
	switch f {
	case Excel, Word, CSV:
		return f, nil
	}
	return "", errFormat.With(filepath.Base(file))
}

// Options are what may be asked of an export.
type Options struct {
	Language domain.Language // of the headings and of what is said of a measure
	Status   bool            // with a column that says how far each measure has come
	OldExcel bool            // CSV for an Excel of any regional settings (see csv.go)
	Region   string          // who the plan is of, for the document's properties
	Made     time.Time       // when, for the document's properties
}

// Write writes a plan.
func Write(w io.Writer, f Format, p planview.Plan, o Options) error {
	t := tableOf(p, o)
	switch f {
	case Excel:
		return t.writeExcel(w)
	case Word:
		return t.writeWord(w)
	case CSV:
		return t.writeCSV(w)
	}
	return errFormat.With(string(f))
}
