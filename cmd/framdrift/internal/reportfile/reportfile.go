// Package reportfile writes a final report to a file: HTML to read and print,
// Excel with every table, Markdown to go on with, JSON with all its data. The format follows the file's ending.
//
//	format, err := reportfile.FormatOf("sluttrapport.md")
//	err = reportfile.Write(ctx, w, format, report, domain.Nynorsk)
//
// Labels are in the language asked for; what people wrote stays as written.
// The same report gives the same bytes.
//
// The report is put together once, as blocks of plain text (document.go), and
// each format is written from them. Nothing that anybody wrote becomes markup:
// one place a format writes markup, and it escapes everything else.
package reportfile

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"strings"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/wordtemplate"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

// A Format is a kind of file, named by its ending without the dot.
type Format string

// The formats.
const (
	HTML     Format = "html"
	Markdown Format = "md"
	JSON     Format = "json"
	Excel    Format = "xlsx"
	PDF      Format = "pdf"
	Word     Format = "docx"
)

// Formats lists them.
func Formats() []Format { return []Format{HTML, PDF, Word, Excel, Markdown, JSON} }

var ruleFormat = domain.Rule{Kind: domain.Invalid, Code: "report.format", Text: domain.Phrase{
	NB: "Sluttrapporten kan ikke skrives som «%[1]s». Gi fila en av disse endelsene: %[2]s.",
	NN: "Sluttrapporten kan ikkje skrivast som «%[1]s». Gje fila ei av desse endingane: %[2]s.",
	EN: "The final report cannot be written as “%[1]s”. Give the file one of these endings: %[2]s.",
}}

// Rules lists every rule this package refuses by.
func Rules() []domain.Rule { return []domain.Rule{ruleFormat, ruleNoBrowser, ruleNotPrinted} }

// FormatOf is the format of a file, by its ending in upper or lower case. Any
// other ending is refused, naming those there are.
func FormatOf(filename string) (Format, error) {
	ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(filename), "."))
	for _, f := range Formats() {
		if ending == string(f) {
			return f, nil
		}
	}
	return "", ruleFormat.With(filepath.Base(filename), endings())
}

func endings() string {
	var all []string
	for _, f := range Formats() {
		all = append(all, "."+string(f))
	}
	return strings.Join(all, ", ")
}

// An Option is what a file is written with beside its format and language.
type Option func(*options)

type options struct {
	template  *wordtemplate.Template // of a Word file; nil is our own
	unprinted bool
}

func chosen(with []Option) (o options) {
	for _, set := range with {
		set(&o)
	}
	return o
}

// Like has a Word file look as a template does.
func Like(t *wordtemplate.Template) Option { return func(o *options) { o.template = t } }

// Unprinted has the page that a PDF is printed from written in its place. It
// needs no browser, and is the same bytes for the same report.
func Unprinted(o *options) { o.unprinted = true }

// Write writes the report in a format, with labels in a language. The same
// report is the same bytes; of a PDF, where it is the same browser.
func Write(ctx context.Context, w io.Writer, f Format, r finalreport.Report, l domain.Language, with ...Option) error {
	r.Provenance.Command += again(l, "sluttrapport", f, with)
	if f == JSON {
		return writeJSON(w, r, l)
	}
	return write(ctx, w, f, written(r, l), with...)
}

// write writes a document in any format but JSON. One that is no longer asked
// for is given up between two blocks.
func write(ctx context.Context, w io.Writer, f Format, d document, with ...Option) error {
	o := chosen(with)
	all := d.blocks
	d.blocks = func(yield func(block, error) bool) {
		for b, err := range all {
			if !yield(b, domain.FirstError(ctx.Err(), err)) {
				return
			}
		}
	}
	switch f {
	case HTML:
		return hypertext(w, d)
	case PDF:
		if o.unprinted {
			return hypertext(w, d)
		}
		return writePDF(ctx, w, d)
	case Word:
		return wordDocument(w, d, o.template)
	case Excel:
		return spreadsheet(w, d)
	case Markdown:
		return markdown(w, d)
	case JSON:
	}
	return ruleFormat.With(string(f), endings())
}

func writePDF(ctx context.Context, w io.Writer, d document) error {
	browser, err := Browser()
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := hypertext(&page, d); err != nil {
		return err
	}
	file, err := printed(ctx, browser, page.Bytes())
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err == nil {
		_, err = w.Write(file)
	}
	return err
}

// writeJSON writes all the data, indented and without HTML escapes. A text that
// is erased or not to be read is written as the mark people see: no text holds a NUL, so the mark's
// encoding as a whole value is never anything else.
func writeJSON(w io.Writer, r any, l domain.Language) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r); err != nil {
		return err
	}
	shown := bytes.ReplaceAll(b.Bytes(), []byte(`"\u0000"`), []byte(`"`+domain.Erased.In(l)+`"`))
	shown = bytes.ReplaceAll(shown, []byte(`"\u0000\u0000"`), []byte(`"`+domain.Elsewhere.In(l)+`"`))
	_, err := w.Write(shown)
	return err
}
