package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/api"
	"github.com/fosenregionen/framdrift/domain"
)

// A column has a key for programs and a label for people. Width is how many
// characters of it a table shows at the most; 0 is all, however narrow the
// terminal.
type column struct {
	key   string
	label domain.Phrase
	width int
}

// list prints rows in the form asked for: data as JSON, else the cells. An
// empty table says so on stderr.
func (c *cli) list(data any, columns []column, rows [][]string, empty domain.Phrase) error {
	switch c.output {
	case "json":
		return c.json(data)
	case "csv":
		return c.csv(columns, rows)
	}
	if len(rows) == 0 {
		c.say(empty)
		return nil
	}
	headings := c.headings(columns)
	widths := fit(headings, columns, rows, c.terminalWidth())
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, gap, ' ', 0)
	for i, heading := range headings {
		fmt.Fprint(w, shorten(heading, widths[i]), ending(i, len(columns)))
	}
	for _, row := range rows {
		for i, cell := range row {
			fmt.Fprint(w, shorten(cell, widths[i]), ending(i, len(row)))
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for line := range strings.Lines(b.String()) {
		c.printf("%s\n", harmless(strings.TrimRight(line, " \n")))
	}
	return nil
}

func ending(i, n int) string {
	if i == n-1 {
		return "\n"
	}
	return "\t"
}

// shorten is a cell on one line, cut at a number of characters.
func shorten(s string, width int) string {
	s = strings.Join(strings.Fields(s), " ")
	if width == 0 || utf8.RuneCountInString(s) <= width {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:width-1])) + "…"
}

func (c *cli) json(data any) error { return c.encode(data, "  ") }

// jsonLine prints a value on one line, as streams are read.
func (c *cli) jsonLine(data any) error { return c.encode(data, "") }

func (c *cli) encode(data any, indent string) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(data); err != nil {
		return err
	}
	_, err := c.out.Write(api.Outside(b.Bytes(), c.language))
	return err
}

// csv writes RFC 4180 with the keys as header. A cell that a spreadsheet
// would run as a formula gets an apostrophe in front.
func (c *cli) csv(columns []column, rows [][]string) error {
	w := csv.NewWriter(c.out)
	header := make([]string, len(columns))
	for i, col := range columns {
		header[i] = col.key
	}
	if err := w.Write(header); err != nil {
		return err
	}
	w.Flush()
	return errors.Join(w.Error(), c.csvRows(rows))
}

// csvRows is csv without the header, for what comes in parts.
func (c *cli) csvRows(rows [][]string) error {
	w := csv.NewWriter(c.out)
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = inert(cell)
		}
		if err := w.Write(safe); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// printf writes data on stdout.
func (c *cli) printf(format string, args ...any) { fmt.Fprintf(c.out, format, args...) }

// print writes a line of data on stdout, in the language.
func (c *cli) print(p domain.Phrase, args ...any) {
	fmt.Fprintln(c.out, p.Fill(args...).In(c.language))
}
