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
	w.head, errs[0] = w.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EEF3F7"}}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
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
			if err := w.sheet(b); err != nil {
				return err
			}
		case appendix:
			if err := w.sheet(b.table); err != nil {
				return err
			}
		case listEnd, figure, source:
		}
	}
	return w.fill(first, []string{d.title}, text, false)
}

// sheet is one table, its headings frozen.
func (w *excelWriter) sheet(t table) error {
	name, headings, rows := w.name(t.name), t.headings, t.rows
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
	if _, err := w.file.NewSheet(name); err != nil {
		return err
	}
	return w.fill(name, headings, rows, true)
}

func (w *excelWriter) fill(sheet string, headings []string, rows [][]string, tabular bool) error {
	s, err := w.file.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	wide, paper := 28, "landscape"
	if !tabular {
		wide, paper = 100, "portrait"
	}
	fit, across, pages := true, 1, 0
	errs := []error{
		w.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}),
		w.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &paperA4, Orientation: &paper, FitToWidth: &across, FitToHeight: &pages}),
		s.SetColWidth(1, max(1, len(headings)), float64(wide)),
		s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
		w.row(s, 1, headings, wide, func(text string) any { return excelize.Cell{StyleID: w.head, Value: shown(text)} }),
	}
	for i, r := range rows {
		errs = append(errs, w.row(s, i+2, r, wide, w.cell))
	}
	return join(append(errs, s.Flush())...)
}

func (w *excelWriter) row(s *excelize.StreamWriter, n int, texts []string, wide int, cell func(string) any) error {
	values := make([]any, len(texts))
	for i, text := range texts {
		values[i] = cell(text)
	}
	return s.SetRow("A"+strconv.Itoa(n), values, excelize.RowOpts{Height: high(texts, wide)})
}

// high is the room a row needs, in points: not every program finds out by itself.
func high(texts []string, wide int) float64 {
	most := 1
	for _, text := range texts {
		n := 0
		for line := range strings.SplitSeq(shown(text), "\n") {
			n += 1 + utf8.RuneCountInString(line)/wide
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
	text = clean(strings.TrimRight(breaks.Replace(text), "\n"), true)
	for len(utf16.Encode([]rune(text))) > excelize.TotalCellChars {
		runes := []rune(text)
		text = string(runes[:len(runes)*9/10])
	}
	return text
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
		name := cutTo(base, excelize.MaxSheetNameLength-len(suffix)) + suffix
		if key := strings.ToLower(name); !w.taken[key] {
			w.taken[key] = true
			return name
		}
	}
}

// cutTo is the text in at most n units of UTF-16, as Excel counts.
func cutTo(s string, n int) string {
	for len(utf16.Encode([]rune(s))) > n {
		runes := []rune(s)
		s = string(runes[:len(runes)-1])
	}
	return strings.TrimSpace(s)
}
