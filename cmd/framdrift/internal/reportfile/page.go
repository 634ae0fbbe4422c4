package reportfile

import (
	"bytes"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

// A page is the document as far as it is written. Its methods take plain text
// and are the only ones that write markup.
type page struct {
	bytes.Buffer
	language domain.Language
	names    map[domain.MeasureID]string // of measures
	actors   map[domain.ActorID]string   // of partners, as they are called now
	report   finalreport.Report
}

// say is a phrase in the document's language.
func (p *page) say(phrase domain.Phrase, args ...any) string {
	return phrase.Fill(args...).In(p.language)
}

// heading of a level, 1 the title.
func (p *page) heading(level int, text string) {
	p.WriteString(strings.Repeat("#", level) + " " + onOneLine(text) + "\n\n")
}

func (p *page) paragraph(text string) { p.WriteString(onOneLine(text) + "\n\n") }

// strong is a paragraph that begins in bold.
func (p *page) strong(bold, text string) {
	p.WriteString(strings.TrimSpace("**"+onOneLine(bold)+"** "+onOneLine(text)) + "\n\n")
}

// item is a line of a list, with a label in bold unless it has none.
func (p *page) item(depth int, label, text string) {
	p.WriteString(strings.Repeat("  ", depth) + "- ")
	if label != "" {
		p.WriteString("**" + onOneLine(label) + ":** ")
	}
	p.WriteString(onOneLine(text))
	p.trim()
	p.WriteString("\n")
}

// trim takes the space off the end of a line.
func (p *page) trim() {
	if n := p.Len(); n > 0 && p.Bytes()[n-1] == ' ' {
		p.Truncate(n - 1)
	}
}

// quote is what somebody wrote, line by line, under an item of a list.
func (p *page) quote(depth int, text string) {
	margin := strings.Repeat("  ", depth+1)
	if !bytes.HasSuffix(p.Bytes(), []byte("\n\n")) {
		p.WriteString("\n")
	}
	all := lines(text)
	for i, line := range all {
		p.WriteString(margin + ">")
		if line != "" {
			p.WriteString(" " + line)
			if i < len(all)-1 && all[i+1] != "" {
				p.WriteString("  ") // a line break: a backslash would not do after one
			}
		}
		p.WriteString("\n")
	}
	p.WriteString("\n")
}

// endList is the empty line after a list.
func (p *page) endList() { p.WriteString("\n") }

// code is a line to copy. It holds no backtick: ids and dates do not.
func (p *page) code(line string) {
	p.WriteString("```\n" + strings.ReplaceAll(line, "`", "") + "\n```\n\n")
}

// table has a heading for each column; a row may be shorter than the headings.
func (p *page) table(headings []string, rows [][]string) {
	p.row(headings, len(headings))
	p.WriteString("|" + strings.Repeat(" --- |", len(headings)) + "\n")
	for _, r := range rows {
		p.row(r, len(headings))
	}
	p.WriteString("\n")
}

func (p *page) row(cells []string, columns int) {
	p.WriteString("|")
	for i := range columns {
		cell := ""
		if i < len(cells) {
			cell = onOneLine(cells[i])
		}
		p.WriteString(" " + cell + " |")
	}
	p.WriteString("\n")
}
