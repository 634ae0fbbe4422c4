package reportfile

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/fosenregionen/framdrift/domain"
)

// An excelWriter writes every table of a document to a sheet of its own, and
// all its text to the first.
type excelWriter struct {
	file           *excelize.File
	taken          map[string]bool
	head, day, num int // styles
	plain          int
	language       domain.Language
	region         fact // of a document of several
	open           []*sheet
}

// A sheet is one table, or all that have the same name and headings and are
// parts of something larger.
type sheet struct {
	table    string
	headings []string
	wide     []int // in letters, of each column
	rows     int
	to       *excelize.StreamWriter
}

var (
	wordReportSheet = label("Rapporten", "Rapporten", "The report")
	norwegianDay    = regexp.MustCompile(`^\d{2}\.\d{2}\.\d{4}$`)
	wholeNumber     = regexp.MustCompile(`^\d{1,3}(?:[\x{a0},]\d{3})*$|^\d{1,9}$`)
)

// paperA4 is the number Excel has for it.
var paperA4 = 9

// excelEpoch is day 0 of the days that Excel counts from 1 March 1900 on.
var excelEpoch = domain.NewDate(1899, 12, 30)

// spreadsheet is the document as a workbook: dates are dates, numbers are
// numbers, and nothing that anybody wrote is a formula.
func spreadsheet(to io.Writer, d document) (err error) {
	w := &excelWriter{file: excelize.NewFile(), taken: map[string]bool{}, language: d.language}
	defer func() { err = join(err, w.file.Close()) }()
	if err := w.styles(); err != nil {
		return fmt.Errorf("reportfile: %w", err)
	}
	if err := w.document(d); err != nil {
		return err
	}
	// The properties hold no time of writing: the same report is the same bytes.
	if err := w.file.SetDocProps(&excelize.DocProperties{Title: d.title, Creator: "Framdrift", Language: string(d.language), Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z"}); err != nil {
		return fmt.Errorf("reportfile: %w", err)
	}
	var b bytes.Buffer
	if _, err := w.file.WriteTo(&b); err != nil {
		return fmt.Errorf("reportfile: %w", err)
	}
	return sameBytes(to, b.Bytes())
}

func (w *excelWriter) styles() error {
	var errs [4]error
	date := "dd.mm.yyyy"
	w.head, errs[0] = w.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Family: "Calibri", Size: 11}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EEF3F7"}}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	w.day, errs[1] = w.file.NewStyle(&excelize.Style{CustomNumFmt: &date, Alignment: &excelize.Alignment{Vertical: "top"}})
	w.num, errs[2] = w.file.NewStyle(&excelize.Style{NumFmt: 3, Alignment: &excelize.Alignment{Vertical: "top"}})
	w.plain, errs[3] = w.file.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	return join(errs[:]...)
}

func (w *excelWriter) document(d document) error {
	first := w.name(wordReportSheet.In(d.language))
	if err := w.file.SetSheetName("Sheet1", first); err != nil {
		return err
	}
	var text [][]string
	for b, err := range d.blocks {
		if err != nil {
			return err
		}
		switch b := b.(type) {
		case heading:
			text = append(text, []string{b.text})
		case paragraph:
			text = append(text, []string{joined(" ", b.bold, b.text)})
		case item:
			text = append(text, []string{strings.Repeat("    ", b.depth) + joined(": ", b.label, b.text)})
		case quote:
			text = append(text, []string{strings.Repeat("    ", b.depth+1) + b.text})
		case code:
			text = append(text, []string{string(b)})
		case table:
			err = w.table(b)
		case appendix:
			err = w.table(b.table)
		case source:
			w.region = fact{}
			if b.region != "" {
				w.region = fact{wordRegion.In(d.language), b.name}
			}
		case listEnd, figure:
		}
		if err != nil {
			return fmt.Errorf("reportfile: %w", err)
		}
	}
	return w.fill(first, d.title, text)
}

// table is one table, or more rows of one that it is a part of. What all its
// rows have stands in columns of their own.
func (w *excelWriter) table(t table) error {
	headings, rows := t.headings, slices.Clone(t.rows)
	if t.cited != nil {
		headings = append(slices.Clip(headings), wordBehindIt.In(w.language))
		rows = nil
		for i, r := range t.rows {
			row := make([]string, len(t.headings), len(headings))
			copy(row, r)
			if i < len(t.cited) {
				row = append(row, events(t.cited[i]))
			}
			rows = append(rows, row)
		}
	}
	part := t.part
	if w.region.value != "" {
		part = append([]fact{w.region}, part...)
	}
	var above, before []string
	for _, f := range part {
		above, before = append(above, f.heading), append(before, f.value)
	}
	whole := t.name
	if t.whole != "" && len(part) > 0 {
		whole = t.whole
	}
	for i, row := range rows {
		rows[i] = append(slices.Clip(before), row...)
	}
	s, err := w.sheet(whole, append(above, headings...), rows, len(part) > 0)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := s.row(row, w.cell); err != nil {
			return err
		}
	}
	if len(part) > 0 {
		return nil // more may come
	}
	return s.to.Flush()
}

// sheet is a new one for a table with such rows, or that of the table that
// this is a part of.
func (w *excelWriter) sheet(table string, headings []string, rows [][]string, part bool) (*sheet, error) {
	for _, s := range w.open {
		if part && s.table == table && slices.Equal(s.headings, headings) {
			return s, nil
		}
	}
	name := w.name(table)
	if _, err := w.file.NewSheet(name); err != nil {
		return nil, err
	}
	s, err := w.begin(name, headings, columnLetters(headings, rows), "landscape")
	if part {
		s.table = table
		w.open = append(w.open, s)
	}
	return s, err
}

// begin begins a sheet, its headings frozen.
func (w *excelWriter) begin(name string, headings []string, wide []int, paper string) (*sheet, error) {
	fit, across, pages := true, 1, 0
	if err := join( // before there is a writer, which begins with the properties
		w.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		w.file.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &paperA4, Orientation: &paper, FitToWidth: &across, FitToHeight: &pages}),
		w.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + name + "'!$1:$1", Scope: name}),
	); err != nil {
		return nil, err
	}
	to, err := w.file.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	s := &sheet{headings: headings, wide: wide, to: to}
	for i, letters := range wide {
		err = join(err, to.SetColWidth(i+1, i+1, float64(letters)))
	}
	return s, join(
		err,
		to.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
		s.row(headings, func(text string) any { return excelize.Cell{StyleID: w.head, Value: shown(text)} }),
	)
}

// fill writes the first sheet, all the text, and ends them all.
func (w *excelWriter) fill(first, title string, text [][]string) error {
	s, err := w.begin(first, []string{title}, []int{100}, "portrait")
	if err != nil {
		return fmt.Errorf("reportfile: %w", err)
	}
	for _, row := range text {
		err = join(err, s.row(row, w.cell))
	}
	for _, s := range append(w.open, s) {
		err = join(err, s.to.Flush())
	}
	return err
}

// row is the next row.
func (s *sheet) row(texts []string, cell func(string) any) error {
	values := make([]any, len(texts))
	for i, text := range texts {
		values[i] = cell(text)
	}
	s.rows++
	return s.to.SetRow("A"+strconv.Itoa(s.rows), values, excelize.RowOpts{Height: high(texts, s.wide)})
}

// high is the room a row needs, in points: not every program finds out by itself.
func high(texts []string, wide []int) float64 {
	most := 1
	for i, text := range texts {
		n := 0
		for line := range strings.SplitSeq(shown(text), "\n") {
			n += 1 + utf8.RuneCountInString(line)/max(1, wide[min(i, len(wide)-1)]-2)
		}
		most = max(most, n)
	}
	return float64(min(most*15, excelize.MaxRowHeight))
}

// cell is the text as what it is: a date, a number or text.
func (w *excelWriter) cell(text string) any {
	if norwegianDay.MatchString(text) {
		if d, err := domain.ParseDate(text); err == nil && d.Year() >= 1901 {
			return excelize.Cell{StyleID: w.day, Value: d.Sub(excelEpoch)}
		}
	}
	if wholeNumber.MatchString(text) {
		if n, err := strconv.Atoi(strings.NewReplacer("\u00a0", "", ",", "").Replace(text)); err == nil {
			return excelize.Cell{StyleID: w.num, Value: n}
		}
	}
	return excelize.Cell{StyleID: w.plain, Value: shown(text)}
}

// shown is a text as a cell can hold it: no characters that XML has not, and
// no more than a cell has room for.
func shown(text string) string {
	return cutTo(clean(strings.TrimRight(breaks.Replace(text), "\n"), true), excelize.TotalCellChars)
}

// name is a name for a sheet that nobody has: at most 31 characters, and none
// of those that a name may not have.
func (w *excelWriter) name(wanted string) string {
	base := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return ' '
		}
		return r
	}, clean(breaks.Replace(wanted), false))
	base = strings.TrimSpace(base)
	if base == "" {
		base = "–"
	}
	for n := 1; ; n++ {
		suffix := ""
		if n > 1 {
			suffix = fmt.Sprintf(" (%d)", n)
		}
		name := strings.TrimSpace(cutTo(base, excelize.MaxSheetNameLength-len(suffix))) + suffix
		if key := strings.ToLower(name); !w.taken[key] {
			w.taken[key] = true
			return name
		}
	}
}

// cutTo is the text in at most n units of UTF-16, as Excel counts.
func cutTo(s string, n int) string {
	for i, r := range s {
		if n -= utf16.RuneLen(r); n < 0 {
			return s[:i]
		}
	}
	return s
}
