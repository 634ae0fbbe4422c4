package planfile

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/fosenregionen/framdrift/domain"
)

// A dateForm is how much of a date a cell's format shows.
type dateForm uint8

const (
	noDate dateForm = iota
	showsYear
	showsMonth // and year
	showsDay   // all of it
)

// text is the date that a serial number stands for, as far as the cell shows
// it: 31.12.2024, desember 2024, 2024. A number that is no date is kept as it
// stands.
//
// Serial 1 is 1 January 1900, and serial 60 the 29 February 1900 that never
// was; in the other era serial 0 is 1 January 1904 (ECMA-376 part 1, 18.17.4.1).
func (f dateForm) text(value string, era1904 bool) string {
	serial, err := strconv.ParseFloat(value, 64)
	if err != nil || serial < 1 || serial > 2_958_465 || math.IsNaN(serial) {
		return value
	}
	day, days := domain.NewDate(1899, time.December, 30), int(serial)
	switch {
	case era1904:
		day = domain.NewDate(1904, time.January, 1)
	case days < 60:
		days++
	}
	day = day.AddDays(days)
	switch f {
	case showsYear:
		return strconv.Itoa(day.Year())
	case showsMonth:
		return months[int(day.Month())-1] + " " + strconv.Itoa(day.Year())
	case showsDay, noDate:
	}
	return day.Norwegian()
}

var months = strings.Fields("januar februar mars april mai juni juli august september oktober november desember")

// readStyles finds out which cell formats show dates.
func (b *workbook) readStyles(part string) error {
	codes := map[int]dateForm{}
	inFormats := false
	err := b.pack.each(part, func(e xml.StartElement) {
		switch e.Name.Local {
		case "numFmt":
			if id, ok := index(attr(e, "numFmtId")); ok {
				codes[id] = formOf(attr(e, "formatCode"))
			}
		case "cellStyleXfs", "cellStyles", "dxfs":
			inFormats = false
		case "cellXfs":
			inFormats = true
		case "xf":
			if inFormats && len(b.dates) <= 1<<16 {
				id, _ := index(attr(e, "numFmtId"))
				form, own := codes[id]
				if !own {
					form = builtIn(id)
				}
				b.dates = append(b.dates, form)
			}
		}
	})
	return err
}

// builtIn is the form of a number format that files do not spell out
// (ECMA-376 part 1, 18.8.30); 27–58 are dates in East Asian ones.
func builtIn(id int) dateForm {
	switch {
	case id == 17:
		return showsMonth
	case id >= 14 && id <= 22 && (id < 18 || id == 22), id >= 27 && id <= 31, id == 36, id >= 50 && id <= 58:
		return showsDay
	}
	return noDate
}

// formOf reads a format code: d, m and y outside quotes, escapes and brackets.
// An m beside hours or seconds is minutes, which a code without y is taken for.
func formOf(code string) dateForm {
	code, _, _ = strings.Cut(strings.ToLower(code), ";")
	has := [3]bool{}
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '\\', '_', '*':
			i++
		case '"':
			i += skipTo(code[i+1:], '"')
		case '[':
			i += skipTo(code[i+1:], ']')
		case 'd':
			has[0] = true
		case 'm':
			has[1] = true
		case 'y':
			has[2] = true
		}
	}
	switch {
	case has[0] && has[1]:
		return showsDay
	case has[1] && has[2]:
		return showsMonth
	case has[2]:
		return showsYear
	}
	return noDate
}

func skipTo(s string, end byte) int {
	if i := strings.IndexByte(s, end); i >= 0 {
		return i + 1
	}
	return len(s)
}
