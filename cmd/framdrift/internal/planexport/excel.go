package planexport

import (
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// The sheet's name.
const sheetName = "Handlingsplan"

// A sheet is the workbook being written, and its cell formats.
type sheet struct {
	*table
	file                             *excelize.File
	title, head, strategy, text, day int
	row                              int
}

// writeExcel writes a workbook of one sheet: title rows, a header that stays
// in sight, a filter over the table, wrapped text, and days as days.
func (t *table) writeExcel(w io.Writer) (err error) {
	s := &sheet{table: t, file: excelize.NewFile()}
	defer func() {
		if e := s.file.Close(); err == nil {
			err = e
		}
	}()
	for _, step := range []func() error{s.styles, s.properties, s.fill} {
		if err := step(); err != nil {
			return err
		}
	}
	return s.file.Write(w)
}

func (s *sheet) styles() error {
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	thin := []excelize.Border{{Type: "bottom", Style: 1, Color: "BFBFBF"}}
	fill := func(color string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	date := "dd\\.mm\\.yyyy"
	for _, f := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 16}}},
		{&s.head, excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: fill("1F4E79"), Alignment: top}},
		{&s.strategy, excelize.Style{Font: &excelize.Font{Bold: true}, Fill: fill("DDEBF7"), Alignment: top}},
		{&s.text, excelize.Style{Alignment: top, Border: thin}},
		{&s.day, excelize.Style{Alignment: top, Border: thin, CustomNumFmt: &date}},
	} {
		id, err := s.file.NewStyle(&f.style)
		if err != nil {
			return err
		}
		*f.id = id
	}
	return s.file.SetSheetName(s.file.GetSheetName(0), sheetName)
}

func (s *sheet) properties() error {
	made := s.Made.UTC().Format(time.RFC3339)
	return s.file.SetDocProps(&excelize.DocProperties{
		Title: s.table.title, Creator: s.Region, LastModifiedBy: s.Region, Created: made, Modified: made, Language: tag(s.Language),
	})
}

// fill writes the rows from the top; each cell is typed as text or as a day.
func (s *sheet) fill() error {
	header := 3 + len(s.front)
	if err := s.page(header); err != nil { // the writer of rows keeps what is set before it
		return err
	}
	w, err := s.file.NewStreamWriter(sheetName)
	if err != nil {
		return err
	}
	for i := len(s.columns); i > 0; i-- { // each is put before those that are set
		if err := w.SetColWidth(i, i, s.columns[i-1].width); err != nil {
			return err
		}
	}
	panes := &excelize.Panes{
		Freeze: true, YSplit: header, TopLeftCell: "A" + strconv.Itoa(header+1), ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: "A" + strconv.Itoa(header+1), ActiveCell: "A" + strconv.Itoa(header+1), Pane: "bottomLeft"}},
	}
	if err := w.SetPanes(panes); err != nil {
		return err
	}
	if err := s.lines(w, header); err != nil {
		return err
	}
	return w.Flush()
}

func (s *sheet) lines(w *excelize.StreamWriter, header int) error {
	put := func(cells ...any) error {
		s.row++
		return w.SetRow("A"+strconv.Itoa(s.row), cells)
	}
	if err := put(excelize.Cell{StyleID: s.title, Value: s.table.title}); err != nil {
		return err
	}
	for _, text := range s.front {
		if err := put(text); err != nil {
			return err
		}
	}
	s.row = header - 1
	heads := make([]any, len(s.columns))
	for i, c := range s.columns {
		heads[i] = excelize.Cell{StyleID: s.head, Value: c.heading}
	}
	if err := put(heads...); err != nil {
		return err
	}
	for _, l := range s.table.lines {
		s.row++
		if err := w.SetRow("A"+strconv.Itoa(s.row), s.cells(l), excelize.RowOpts{Height: s.height(l)}); err != nil {
			return err
		}
		if l.heading != "" {
			if err := w.MergeCell("A"+strconv.Itoa(s.row), s.last()+strconv.Itoa(s.row)); err != nil {
				return err
			}
		}
	}
	return nil
}

// height is room for the cell that takes most lines, in points. Not every
// program finds it out by itself.
func (s *sheet) height(l line) float64 {
	const perLine = 15
	most := 1
	for i, c := range l.cells {
		most = max(most, linesIn(c.String(), int(s.columns[i].width)))
	}
	return float64(most * perLine)
}

// linesIn is how many lines a text takes in a column of a width in characters.
func linesIn(text string, width int) int {
	lines := 0
	for part := range strings.SplitSeq(text, "\n") {
		lines++
		used := 0
		for word := range strings.FieldsSeq(part) {
			n := utf8.RuneCountInString(word)
			if used > 0 && used+1+n > width {
				lines, used = lines+1, 0
			}
			used += n + 1
		}
	}
	return lines
}

// cells is a line as the sheet has it: a heading fills its row with its colour.
func (s *sheet) cells(l line) []any {
	all := make([]any, len(s.columns))
	for i := range all {
		switch {
		case l.heading != "" && i == 0:
			all[i] = excelize.Cell{StyleID: s.strategy, Value: l.heading}
		case l.heading != "":
			all[i] = excelize.Cell{StyleID: s.strategy}
		case !l.cells[i].day.IsZero():
			all[i] = excelize.Cell{StyleID: s.day, Value: l.cells[i].day.At(12, 0).UTC().Truncate(24 * time.Hour)}
		default:
			all[i] = excelize.Cell{StyleID: s.text, Value: l.cells[i].text}
		}
	}
	return all
}

func (s *sheet) last() string { return string(rune('A' + len(s.columns) - 1)) }

// page sets the filter, and how the sheet is printed: landscape, as wide as
// a page, with the header on each.
func (s *sheet) page(header int) error {
	ref := "A" + strconv.Itoa(header) + ":" + s.last() + strconv.Itoa(header+max(len(s.table.lines), 1))
	if err := s.file.AutoFilter(sheetName, ref, nil); err != nil {
		return err
	}
	if err := s.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: sheetName + "!$" + strconv.Itoa(header) + ":$" + strconv.Itoa(header), Scope: sheetName,
	}); err != nil {
		return err
	}
	landscape, a4, one, none, fit := "landscape", 9, 1, 0, true
	if err := s.file.SetPageLayout(sheetName, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &one, FitToHeight: &none}); err != nil {
		return err
	}
	return s.file.SetSheetProps(sheetName, &excelize.SheetPropsOptions{FitToPage: &fit})
}
