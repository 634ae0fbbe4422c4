package reportfile

import (
	"bytes"
	_ "embed"
	"fmt"
	"html"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/fosenregionen/framdrift/domain"
)

//go:embed style.css
var style string

// policy lets the file show itself and fetch nothing: nothing that anybody
// wrote could run, even if it were not escaped.
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

// An htmlWriter writes blocks as one HTML file. It is the only place that
// writes its markup, and escapes everything else.
type htmlWriter struct {
	bytes.Buffer
	doc      document
	sections int
	listed   bool // the chapters have been
	log      source
	depth    int  // of the lists that are open
	inItem   bool // the innermost list has an item that is open
	counted  []bool
	named    map[string]int // how many tables have a name
}

var (
	wordContents = label("Innhold", "Innhald", "Contents")
	wordBehindIt = label("Hendelser", "Hendingar", "Events")
	wordChart    = label("Diagram: %[1]s. Tallene står i tabellen under.", "Diagram: %[1]s. Tala står i tabellen under.", "Chart: %[1]s. The numbers are in the table below.")
	wordNoPoint  = label("ingen å måle på", "ingen å måle på", "nothing to measure")
)

// hypertext writes the document as one file: own styles, charts as SVG with
// their tables, every number of an event a link to it in the appendix.
func hypertext(to io.Writer, d document) error {
	w := &htmlWriter{doc: d}
	fmt.Fprintf(w, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", w.doc.language)
	fmt.Fprintf(w, "<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n", policy)
	fmt.Fprintf(w, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n<style>\n%s</style>\n</head>\n<body>\n", plainText(d.title), style)
	w.WriteString("<main>\n")
	for b, err := range d.blocks {
		if err != nil {
			return err
		}
		w.block(b)
		if err := flush(to, &w.Buffer); err != nil {
			return err
		}
	}
	w.endList()
	w.WriteString("</main>\n</body>\n</html>\n")
	_, err := w.WriteTo(to)
	return err
}

// much is how much is kept before it is written on.
const much = 1 << 20

func flush(to io.Writer, b *bytes.Buffer) error {
	if b.Len() < much {
		return nil
	}
	_, err := b.WriteTo(to)
	return err
}

func (w *htmlWriter) say(p domain.Phrase, args ...any) string {
	return plainText(p.Fill(args...).In(w.doc.language))
}

// contents is the chapters. They stand after the first page.
func (w *htmlWriter) contents() {
	w.listed = true
	fmt.Fprintf(w, "<nav aria-label=\"%s\">\n<ul>\n", w.say(wordContents))
	for _, c := range w.doc.contents() {
		fmt.Fprintf(w, "<li><a href=\"#%s\">%s</a></li>\n", plainText(c.anchor), plainText(c.text))
	}
	w.WriteString("</ul>\n</nav>\n")
}

func (w *htmlWriter) block(b block) {
	switch b.(type) {
	case item, quote:
	default:
		w.endList()
	}
	switch b := b.(type) {
	case heading:
		if b.level > 1 && !w.listed {
			w.contents()
		}
		w.sections++
		anchor := b.anchor
		if anchor == "" {
			anchor = numbered(w.sections)
		}
		fmt.Fprintf(w, "<h%d id=\"%s\">%s</h%d>\n", b.level, plainText(anchor), plainText(b.text), b.level)
	case source:
		w.log = b
	case paragraph:
		w.paragraph(b)
	case item:
		w.item(b)
	case quote:
		fmt.Fprintf(w, "<blockquote class=\"written\">%s</blockquote>\n", multiline(b.text))
	case listEnd:
	case code:
		fmt.Fprintf(w, "<pre><code>%s</code></pre>\n", plainText(string(b)))
	case table:
		w.table(b, false)
	case figure:
		w.figure(b)
	case appendix:
		w.sections++
		fmt.Fprintf(w, "<h%d id=\"s%d\">%s</h%d>\n<p>%s</p>\n", b.level, w.sections, plainText(b.name), b.level, w.say(wordTrailIs))
		w.table(b.table, true)
	}
}

func (w *htmlWriter) paragraph(b paragraph) {
	w.WriteString("<p class=\"written\">")
	if b.bold != "" {
		fmt.Fprintf(w, "<span class=\"bold\">%s</span> ", plainText(b.bold))
	}
	w.WriteString(multiline(b.text) + w.cited(b.cited) + "</p>\n")
}

// item opens and closes lists until its depth is the innermost.
func (w *htmlWriter) item(b item) {
	for w.depth > b.depth+1 {
		w.closeList()
	}
	if w.depth == b.depth+1 && w.inItem {
		w.WriteString("</li>\n")
	}
	for w.depth < b.depth+1 {
		w.openList(b.number > 0)
	}
	w.inItem = true
	w.WriteString("<li>")
	if b.label != "" {
		fmt.Fprintf(w, "<span class=\"bold\">%s:</span> ", plainText(b.label))
	}
	text := multiline(b.text)
	switch {
	case followed(b.link):
		text = fmt.Sprintf("<a href=\"%s\" rel=\"noreferrer\">%s</a>", plainText(b.link), text)
	case b.label == wordPositions.In(w.doc.language):
		text = w.linked(b.text)
	}
	w.WriteString("<span class=\"written\">" + text + "</span>" + w.cited(b.cited))
}

// followed reports whether a link is to a site and not something that runs:
// a log written by others may hold anything.
func followed(link string) bool {
	return strings.HasPrefix(link, "https://") || strings.HasPrefix(link, "http://")
}

func (w *htmlWriter) openList(counted bool) {
	w.depth++
	w.counted = append(w.counted, counted)
	w.WriteString(map[bool]string{true: "\n<ol>\n", false: "\n<ul>\n"}[counted])
}

// closeList ends the innermost list; the item that it lies in stays open.
func (w *htmlWriter) closeList() {
	if w.inItem {
		w.WriteString("</li>\n")
	}
	w.depth--
	w.WriteString(map[bool]string{true: "</ol>\n", false: "</ul>\n"}[w.counted[w.depth]])
	w.counted = w.counted[:w.depth]
	w.inItem = w.depth > 0
}

func (w *htmlWriter) endList() {
	for w.depth > 0 {
		w.closeList()
	}
}

// region is the name of a place that is gone to by name: no two have the same.
func (w *htmlWriter) region(name string) string {
	if w.named == nil {
		w.named = map[string]int{}
	}
	w.named[name]++
	if n := w.named[name]; n > 1 {
		name += fmt.Sprintf(" (%d)", n)
	}
	return plainText(name)
}

// table scrolls by itself when it is wide, and is reached by keyboard then.
func (w *htmlWriter) table(t table, anchors bool) {
	fmt.Fprintf(w, "<section class=\"wide\" aria-label=\"%s\" tabindex=\"0\">\n<table%s>\n<caption>%s</caption>\n<thead>\n<tr>", w.region(t.name), map[bool]string{true: ` class="many"`}[t.wide()], plainText(t.name))
	for _, h := range t.headings {
		fmt.Fprintf(w, "<th scope=\"col\"%s>%s</th>", long(h), plainText(h))
	}
	if t.cited != nil && !t.wide() {
		fmt.Fprintf(w, "<th scope=\"col\">%s</th>", w.say(wordBehindIt))
	}
	w.WriteString("</tr>\n</thead>\n<tbody>\n")
	for i, row := range t.rows {
		w.row(t, i, row, anchors)
	}
	w.WriteString("</tbody>\n</table>\n</section>\n")
}

func (w *htmlWriter) row(t table, i int, row []string, anchors bool) {
	if anchors {
		fmt.Fprintf(w, "<tr id=\"%s\">", w.event(position(row[0])))
	} else {
		w.WriteString("<tr>")
	}
	for column := range t.headings {
		cell := ""
		if column < len(row) {
			cell = row[column]
		}
		text := multiline(cell)
		if !anchors && slices.Contains(t.events, column) {
			text = w.linked(cell)
		}
		if column == 0 {
			fmt.Fprintf(w, "<th scope=\"row\"%s>%s</th>", long(cell), text)
		} else {
			fmt.Fprintf(w, "<td%s>%s</td>", long(cell), text)
		}
	}
	var positions []domain.Position
	if i < len(t.cited) {
		positions = t.cited[i]
	}
	switch {
	case t.cited == nil:
	case t.wide() && len(positions) > 0:
		fmt.Fprintf(w, "</tr>\n<tr><td class=\"events\" colspan=\"%d\">%s: %s</td>", len(t.headings), w.say(wordBehindIt), w.links(positions))
	case !t.wide():
		fmt.Fprintf(w, "<td>%s</td>", w.links(positions))
	}
	w.WriteString("</tr>\n")
}

// long marks a cell that a word in it would make too wide.
func long(cell string) string {
	if longest(cell) > 18 {
		return ` class="long"`
	}
	return ""
}

// cited is the events behind something, after it.
func (w *htmlWriter) cited(all []domain.Position) string {
	if len(all) == 0 {
		return ""
	}
	return " <span class=\"events\">(" + w.links(all) + ")</span>"
}

// links are the numbers of events, runs of them written 8–31, each a link.
func (w *htmlWriter) links(all []domain.Position) string {
	var parts []string
	for i := 0; i < len(all); {
		end := i
		for end+1 < len(all) && all[end+1] == all[end]+1 {
			end++
		}
		part := w.link(all[i])
		if end > i {
			part += "–" + w.link(all[end])
		}
		parts, i = append(parts, part), end+1
	}
	return strings.Join(parts, ", ")
}

func (w *htmlWriter) link(n domain.Position) string {
	if !w.log.known[n] {
		return number(n)
	}
	return fmt.Sprintf("<a href=\"#%s\">%d</a>", w.event(n), n)
}

// event is the anchor of an event in the appendix, of a region's when there are several.
func (w *htmlWriter) event(n domain.Position) string {
	return plainText(in("%s-", string(w.log.region))) + "e" + number(n)
}

// linked is the same of numbers that stand in a cell.
func (w *htmlWriter) linked(cell string) string {
	var all []domain.Position
	for part := range strings.SplitSeq(cell, ", ") {
		n := position(part)
		if n == 0 {
			return multiline(cell)
		}
		all = append(all, n)
	}
	return w.links(all)
}

func position(s string) domain.Position {
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return 0
	}
	return domain.Position(n)
}

// plainText is text on one line in which nothing is markup.
func plainText(s string) string { return html.EscapeString(clean(breaks.Replace(s), false)) }

// multiline is the same, with its line breaks.
func multiline(s string) string {
	return html.EscapeString(clean(strings.TrimSpace(breaks.Replace(s)), true))
}

// clean takes away what no reader can see and some would obey.
func clean(s string, breaks bool) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && breaks:
			return r
		case r == utf8.RuneError, unicode.IsControl(r):
			return ' '
		case r == '\ufffe' || r == '\uffff':
			return -1
		}
		return r
	}, s)
}
