package planexport

import (
	"bytes"
	"encoding/csv"
	"io"
	"strings"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
)

// writeCSV writes semicolons and UTF-8 with a byte order mark, which is what
// an Excel with Norwegian settings opens as it is. For one with other settings
// (OldExcel) the first line says that semicolons part the cells; that line
// makes Excel read the file as Windows-1252, so it is written in that, unless
// the plan has letters it lacks.
func (t *table) writeCSV(w io.Writer) error {
	var b bytes.Buffer
	c := csv.NewWriter(&b)
	c.Comma, c.UseCRLF = ';', true
	for _, text := range append([]string{t.title}, t.front...) {
		_ = c.Write([]string{inert(text)}) // to a buffer
	}
	_ = c.Write(t.headings())
	for _, l := range t.lines {
		cells := l.texts()
		for i := range cells {
			cells[i] = inert(cells[i])
		}
		_ = c.Write(cells)
	}
	c.Flush()
	content := append([]byte("\xef\xbb\xbf"), b.Bytes()...)
	if old, ok := planfile.ToWindows(b.String()); t.OldExcel && ok {
		content = append([]byte("sep=;\r\n"), old...)
	}
	_, err := w.Write(content)
	return err
}

// inert is a cell that no spreadsheet takes for a formula. What already begins
// with an apostrophe gets one more, so that taking one away gives it back.
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n'＝＋－＠", []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}
