package plantable

import (
	"strconv"
	"strings"
	"time"

	"github.com/fosenregionen/framdrift/domain"
)

// A Deadline (frist) is what the cell says, and the day it names where it
// names one without doubt: the last day of the named period.
type Deadline struct {
	Raw     string
	Date    domain.Date
	Ongoing bool // løpende, årlig: no day, but a result each year
}

// Unclear reports whether there is a text that gives neither a day nor ongoing.
func (d Deadline) Unclear() bool { return d.Raw != "" && d.Date.IsZero() && !d.Ongoing }

// ParseDeadline reads a deadline as people write it:
//
//	31.12.2024  31.12.24  2024-12-31  31. desember 2024     that day
//	2024  2022–2024  i løpet av 2024  innen utgangen av 2024  the last day of the (last) year
//	Q3 2025  3. kvartal 2025  2. halvår 2023  første tertial 2024  juni 2024
//	løpende  årlig  kontinuerlig  hvert år                    ongoing
//	innen sommeren 2024  innen 2024  snarest                  unclear
func ParseDeadline(raw string) Deadline {
	d := Deadline{Raw: Fold(raw)}
	if _, ok := ongoingWord(d.Raw); ok {
		d.Ongoing = true
		return d
	}
	d.Date = namedDay(deadlineWords(d.Raw))
	return d
}

var ongoingWords = words(`løpende løpande årlig årleg årlige årlege årvis årvisst kontinuerlig kontinuerleg fortløpende
	fortløpande ongoing annual annually yearly continuous`)

// ongoingWord is the word, as it stands, by which a text says løpende or årlig.
func ongoingWord(text string) (string, bool) {
	prev := ""
	for word := range strings.FieldsSeq(text) {
		w := lower(word)
		switch {
		case ongoingWords[w]:
			return bare(word), true
		case w == "år" && (lower(prev) == "hvert" || lower(prev) == "kvart"):
			return prev + " " + bare(word), true
		}
		prev = word
	}
	return "", false
}

// deadlineWords takes apart «Q3/2025», «31.12.2024», «2022–2024» and drops
// the openings that change nothing.
func deadlineWords(raw string) []string {
	text := strings.ToLower(strings.TrimRight(raw, "."))
	for _, opening := range []string{"innen utgangen av", "innan utgangen av", "utgangen av", "ved utgangen av", "i løpet av", "by the end of", "during"} {
		if rest, ok := strings.CutPrefix(text, opening+" "); ok {
			return strings.Fields(rest)
		}
	}
	for _, opening := range []string{"innen", "innan", "by"} {
		// Within a period is not by its end; within a day is that day.
		if rest, ok := strings.CutPrefix(text, opening+" "); ok && !aDay(strings.Fields(rest)).IsZero() {
			return strings.Fields(rest)
		}
	}
	return strings.Fields(text)
}

func namedDay(w []string) domain.Date {
	if d := aDay(w); !d.IsZero() {
		return d
	}
	return endOfPeriod(w)
}

// aDay reads 31.12.2024, 31.12.24, 31/12-2024, 2024-12-31, 31. desember 2024.
func aDay(w []string) domain.Date {
	switch len(w) {
	case 1:
		if d, err := domain.ParseDate(w[0]); err == nil {
			return d
		}
		parts := strings.FieldsFunc(w[0], func(r rune) bool { return r == '.' || r == '/' || r == '-' })
		if len(parts) == 3 && len(parts[2]) == 2 {
			parts[2] = "20" + parts[2]
		}
		if len(parts) == 3 && isYear(parts[2]) {
			return day(parts[0], parts[1], parts[2])
		}
	case 3:
		if m := months[strings.TrimSuffix(w[1], ".")]; m != 0 {
			return day(strings.TrimSuffix(w[0], "."), strconv.Itoa(int(m)), w[2])
		}
	}
	return domain.Date{}
}

func day(d, m, y string) domain.Date {
	date, err := domain.ParseDate(d + "." + m + "." + y)
	if err != nil {
		return domain.Date{}
	}
	return date
}

// endOfPeriod reads 2024, 2022–2024, Q3 2025, 3. kvartal 2025, juni 2024.
func endOfPeriod(w []string) domain.Date {
	if len(w) == 1 {
		if _, to, ok := yearRange(w[0]); ok {
			return lastDay(to, time.December)
		}
		w = strings.FieldsFunc(w[0], func(r rune) bool { return r == '-' || r == '/' })
	}
	if len(w) == 1 && isYear(w[0]) {
		return lastDay(number(w[0]), time.December)
	}
	if len(w) == 3 && (w[1] == "-" || w[1] == "–") {
		if _, to, ok := yearRange(w[0] + "-" + w[2]); ok {
			return lastDay(to, time.December)
		}
	}
	if len(w) < 2 || len(w) > 3 {
		return domain.Date{}
	}
	year, rest := w[len(w)-1], w[:len(w)-1]
	if isYear(w[0]) {
		year, rest = w[0], w[1:]
	}
	if m := partOfYear(rest); m != 0 && isYear(year) {
		return lastDay(number(year), m)
	}
	return domain.Date{}
}

// partOfYear is the last month of a named part: q3, 3. kvartal, andre halvår, juni.
func partOfYear(w []string) time.Month {
	if len(w) == 1 {
		if m := months[strings.TrimSuffix(w[0], ".")]; m != 0 {
			return m
		}
		if len(w[0]) == 2 {
			return nth(w[0][1:], map[byte]int{'q': 3, 'k': 3, 'h': 6, 't': 4}[w[0][0]])
		}
		return 0
	}
	length := map[string]int{"kvartal": 3, "halvår": 6, "tertial": 4, "quarter": 3, "half": 6}
	if n := length[w[1]]; n != 0 {
		return nth(strings.TrimSuffix(w[0], "."), n)
	}
	return nth(w[1], length[w[0]])
}

// nth is the last month of part n of a year cut into parts of the given length.
func nth(n string, length int) time.Month {
	ordinal := map[string]int{"1": 1, "2": 2, "3": 3, "4": 4, "første": 1, "fyrste": 1, "andre": 2, "annet": 2, "tredje": 3, "fjerde": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}[n]
	if length == 0 || ordinal == 0 || ordinal*length > 12 {
		return 0
	}
	return time.Month(ordinal * length)
}

// yearRange reads 2022-2024 and 2022–24; the years must ascend.
func yearRange(s string) (from, to int, ok bool) {
	first, last, found := strings.Cut(strings.ReplaceAll(s, "–", "-"), "-")
	if !found || !isYear(first) || !isNumber(last) {
		return 0, 0, false
	}
	switch len(last) {
	case 2:
		last = first[:2] + last
	case 4:
	default:
		return 0, 0, false
	}
	from, to = number(first), number(last)
	return from, to, isYear(last) && from < to
}

func lastDay(year int, m time.Month) domain.Date { return domain.NewDate(year, m+1, 1).AddDays(-1) }

// number reads digits that were found to be few.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

var months = func() map[string]time.Month {
	m := map[string]time.Month{}
	for i, names := range strings.Split("januar jan january,februar feb february,mars march,april apr,mai may,juni jun june,"+
		"juli jul july,august aug,september sep sept,oktober okt october oct,november nov,desember des december dec", ",") {
		for name := range strings.FieldsSeq(names) {
			m[name] = time.Month(i + 1)
		}
	}
	return m
}()
