package reportfile

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// A markdownWriter writes blocks as Markdown. It is the only place that writes
// its markup, and escapes everything else.
type markdownWriter struct{ bytes.Buffer }

// markdown writes the document, but for its charts and the appendix of events:
// a reader of Markdown looks them up on the log.
func markdown(to io.Writer, d document) error {
	var w markdownWriter
	for b, err := range d.blocks {
		if err != nil {
			return err
		}
		if _, ok := b.(heading); ok { // nothing after it looks back
			if err := flush(to, &w.Buffer); err != nil {
				return err
			}
		}
		w.block(b)
	}
	_, err := to.Write(append(bytes.TrimRight(w.Bytes(), "\n"), '\n'))
	return err
}

func (w *markdownWriter) block(b block) {
	switch b := b.(type) {
	case heading:
		w.WriteString(strings.Repeat("#", b.level) + " " + onOneLine(b.text) + "\n\n")
	case paragraph:
		if b.bold == "" {
			w.WriteString(onOneLine(b.text) + "\n\n")
			return
		}
		w.WriteString(strings.TrimSpace("**"+onOneLine(b.bold)+"** "+onOneLine(b.text)) + "\n\n")
	case item:
		w.item(b)
	case quote:
		w.quote(b)
	case listEnd:
		w.WriteString("\n")
	case code:
		w.WriteString("```\n" + string(b) + "\n```\n\n")
	case table:
		w.table(b)
	case figure, appendix, source:
	}
}

func (w *markdownWriter) item(b item) {
	mark := "- "
	if b.number > 0 {
		mark = fmt.Sprintf("%d. ", b.number)
	}
	w.WriteString(strings.Repeat("  ", b.depth) + mark)
	if b.label != "" {
		w.WriteString("**" + onOneLine(b.label) + ":** ")
	}
	w.WriteString(onOneLine(b.text))
	w.trim()
	w.WriteString("\n")
}

// trim takes the space off the end of a line.
func (w *markdownWriter) trim() {
	if n := w.Len(); n > 0 && w.Bytes()[n-1] == ' ' {
		w.Truncate(n - 1)
	}
}

func (w *markdownWriter) quote(b quote) {
	margin := strings.Repeat("  ", b.depth+1)
	if !bytes.HasSuffix(w.Bytes(), []byte("\n\n")) {
		w.WriteString("\n")
	}
	all := lines(b.text)
	for i, line := range all {
		w.WriteString(margin + ">")
		if line != "" {
			w.WriteString(" " + line)
			if i < len(all)-1 && all[i+1] != "" {
				w.WriteString("  ") // a line break: a backslash would not do after one
			}
		}
		w.WriteString("\n")
	}
	w.WriteString("\n")
}

func (w *markdownWriter) table(t table) {
	w.row(t.headings, len(t.headings))
	w.WriteString("|" + strings.Repeat(" --- |", len(t.headings)) + "\n")
	for _, r := range t.rows {
		w.row(r, len(t.headings))
	}
	w.WriteString("\n")
}

func (w *markdownWriter) row(cells []string, columns int) {
	w.WriteString("|")
	for i := range columns {
		cell := ""
		if i < len(cells) {
			cell = onOneLine(cells[i])
		}
		w.WriteString(" " + cell + " |")
	}
	w.WriteString("\n")
}
