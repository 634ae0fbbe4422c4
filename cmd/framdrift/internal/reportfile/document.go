package reportfile

import (
	"iter"
	"strconv"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
)

// A document is the report as blocks, the same for every format. It holds
// plain text: whoever writes a format escapes it. The blocks of a long one are
// made while it is written, and made again each time they are gone through.
type document struct {
	title    string
	language domain.Language
	chapters []chapter // nil when the headings of level 2 say them
	blocks   iter.Seq2[block, error]
}

// A chapter is a line of the contents. Its anchor is the heading's; where that
// has none, the heading's number in the document.
type chapter struct{ text, anchor string }

// A block is one piece of a document, from top to bottom.
//
//sumtype:decl
type block interface{ isBlock() }

// The blocks. Where cited is, it is the events that the block says something of.
type (
	// A source says whose events the numbers are from here on: a region's, when
	// there are several, and which of them are in the appendix to come.
	source struct {
		region domain.RegionID
		name   string // of the region
		known  map[domain.Position]bool
	}

	// A heading has a level, 1 the title.
	heading struct {
		level  int
		text   string
		anchor string // empty: its number in the document
	}

	// A paragraph may begin in bold.
	paragraph struct {
		bold, text string
		cited      []domain.Position
	}

	// An item is a line of a list, with a label in bold unless it has none, and
	// a number when the list is counted.
	item struct {
		depth, number int
		label, text   string
		link          string // where the text leads, if anywhere
		cited         []domain.Position
	}

	// A quote is what somebody wrote, under an item of a list.
	quote struct {
		depth int
		text  string
	}

	// A listEnd is between a list and what comes after.
	listEnd struct{}

	// Code is a line to copy.
	code string

	// A table has a heading for each column; a row may be shorter.
	table struct {
		name     string // of the section it stands in
		whole    string // what a larger table is called that it may be a part of; empty when that has its name
		part     []fact // what all its rows have there
		headings []string
		rows     [][]string
		full     bool                // the columns need all the room there is
		events   []int               // columns that hold the numbers of events
		cited    [][]domain.Position // a row; nil when the columns say it
	}

	// A figure is a chart of the table that comes after it.
	figure struct {
		name   string
		labels []string // of the points, in order
		lines  []line
	}

	// An appendix is the events that everything above points at, under a heading.
	appendix struct {
		table
		level int
	}
)

// A fact is what something is, under its heading.
type fact struct{ heading, value string }

// wide reports whether a table has so many columns that there is no room on a
// page for one with events: they stand under each row.
func (t table) wide() bool { return t.full || len(t.headings) > 7 }

// A line is one share over time: numerator ÷ denominator at each point.
type line struct {
	name   string
	points []point
}

// A point is a share; one with nothing to measure is not there.
type point struct {
	there bool
	value float64 // 0–1
	said  string
}

func (source) isBlock()    {}
func (heading) isBlock()   {}
func (paragraph) isBlock() {}
func (item) isBlock()      {}
func (quote) isBlock()     {}
func (listEnd) isBlock()   {}
func (code) isBlock()      {}
func (table) isBlock()     {}
func (figure) isBlock()    {}
func (appendix) isBlock()  {}

// document is the page as far as it is written.
func (p *page) document() document {
	d := document{title: p.title, language: p.language}
	d.blocks = func(yield func(block, error) bool) { each(p.blocks, yield) }
	return d
}

// each gives blocks until somebody has had enough of them.
func each(all []block, yield func(block, error) bool) bool {
	for _, b := range all {
		if !yield(b, nil) {
			return false
		}
	}
	return true
}

// contents is the chapters, as they are given or as the headings say.
func (d document) contents() []chapter {
	if d.chapters != nil {
		return d.chapters
	}
	var all []chapter
	n := 0
	for b, err := range d.blocks {
		if err != nil {
			return all // whoever writes the blocks meets it too
		}
		text, listed := "", true
		switch b := b.(type) {
		case heading:
			text, listed = b.text, b.level == 2
		case appendix:
			text = b.name
		default:
			continue
		}
		n++
		if listed {
			all = append(all, chapter{text, numbered(n)})
		}
	}
	return all
}

// numbered is the anchor of a heading that has none of its own.
func numbered(n int) string { return "s" + strconv.Itoa(n) }

func (p *page) add(b block) { p.blocks = append(p.blocks, b) }

// heading of a level, 1 the title. In a section of a larger document it is
// that many levels down.
func (p *page) heading(level int, text string) {
	p.section = text
	p.add(heading{level: level + p.down, text: text})
}

// source says that the numbers are of this report's events.
func (p *page) source(region domain.RegionID) {
	known := map[domain.Position]bool{}
	for _, e := range p.report.Trail {
		known[e.Position] = true
	}
	p.add(source{region, p.report.Header.Region.Name, known})
}

func (p *page) paragraph(text string) { p.add(paragraph{text: text}) }

// strong is a paragraph that begins in bold.
func (p *page) strong(bold, text string) { p.add(paragraph{bold: bold, text: text}) }

// item is a line of a list, with a label in bold unless it has none.
func (p *page) item(depth int, label, text string) {
	p.add(item{depth: depth, label: label, text: text})
}

// quote is what somebody wrote, line by line, under an item of a list.
func (p *page) quote(depth int, text string) { p.add(quote{depth, text}) }

// endList is the end of a list.
func (p *page) endList() { p.add(listEnd{}) }

// code is a line to copy. It holds no backtick: ids and dates do not.
func (p *page) code(line string) { p.add(code(strings.ReplaceAll(line, "`", ""))) }

// table has a heading for each column; a row may be shorter than the headings.
func (p *page) table(headings []string, rows [][]string) { p.citing(headings, rows, nil) }

// citing is a table whose rows say which events they follow from.
func (p *page) citing(headings []string, rows [][]string, cited [][]domain.Position) {
	p.add(p.made(headings, rows, cited))
}

func (p *page) made(headings []string, rows [][]string, cited [][]domain.Position) table {
	t := table{name: p.section, headings: headings, rows: rows, cited: cited}
	for i, h := range headings {
		if h == p.say(wordPositions) || h == p.say(wordEvent) {
			t.events = append(t.events, i)
		}
	}
	return t
}
