package plantable

import (
	"strings"
	"unicode"
)

var (
	adopting = words("vedtatt vedteke vedteken vedtekne vedtatte godkjent godkjend adopted approved")
	building = words("basert bygger byggjer bygd based builds")
)

func decided(text string) bool { return firstWord(text, adopting) >= 0 && !based(text) }
func based(text string) bool   { return firstWord(text, building) >= 0 }

// firstWord is the index of the first word of a text that is in the set.
func firstWord(text string, in set) int {
	i := 0
	for word := range strings.FieldsSeq(text) {
		if in[lower(word)] {
			return i
		}
		i++
	}
	return -1
}

// decision is what the lines say that speak of an adoption: «Vedtatt i RS
// 03/22 av representantskapet 10.06.2022». A later line fills in what the
// first lacks; one with another date is warned about.
func (f *facts) decision() {
	d := &f.d.Plan.Decision
	for _, l := range f.lines {
		if !decided(l.text) {
			continue
		}
		w, at := strings.Fields(l.text), firstWord(l.text, adopting)
		found, before := readDecision(w[at+1:]), readDecision(w[:at])
		before.Body = "" // only what follows the word adopts: «sak 41/24, vedtatt av regionrådet»
		found.fill(before)
		if !found.Date.IsZero() && !d.Date.IsZero() && found.Date != d.Date {
			f.d.warn(l.place(), "", DecisionDiffers, found.Date.Norwegian(), d.Date.Norwegian())
			continue
		}
		if d.fill(found) {
			d.Lines = append(d.Lines, l.number)
		}
	}
	switch {
	case d.Lines == nil:
		f.d.warn(f.at, "", NoDecision)
	case d.Body == "" || d.Case == "" || d.Date.IsZero():
		f.d.warn(Place{Line: d.Lines[0]}, "", DecisionIncomplete)
	}
}

// fill takes what d lacks and reports whether there was any.
func (d *Decision) fill(from Decision) bool {
	filled := false
	if d.Body == "" && from.Body != "" {
		d.Body, filled = from.Body, true
	}
	if d.Case == "" && from.Case != "" {
		d.Case, filled = from.Case, true
	}
	if d.Date.IsZero() && !from.Date.IsZero() {
		d.Date, filled = from.Date, true
	}
	return filled
}

// readDecision reads the words after «vedtatt».
func readDecision(w []string) Decision {
	var d Decision
	var body, in string
	for i := 0; i < len(w); i++ {
		switch l := lower(w[i]); {
		case d.Date.IsZero() && !aDay(dayWords(w, i)).IsZero():
			days := dayWords(w, i)
			d.Date = aDay(days)
			i += len(days) - 1
		case d.Case == "" && isCase(w[i]):
			d.Case = bare(w[i])
			if i > 0 && isAcronym(w[i-1]) && lower(w[i-1]) != "sak" && strings.HasPrefix(w[i], d.Case) {
				d.Case = strings.TrimLeft(w[i-1], "(") + " " + d.Case
			}
		case (l == "av" || l == "by") && body == "":
			body = bodyAfter(w[i+1:])
		case (l == "i" || l == "in") && in == "":
			in = bodyAfter(w[i+1:])
		}
	}
	if d.Body = body; body == "" {
		d.Body = in
	}
	return d
}

// dayWords is the one or three words from i on that may name a day.
func dayWords(w []string, i int) []string {
	if i+2 < len(w) && months[strings.TrimSuffix(strings.ToLower(w[i+1]), ".")] != 0 {
		return []string{w[i], strings.ToLower(w[i+1]), bare(w[i+2])}
	}
	return []string{strings.ToLower(bare(w[i]))}
}

// isCase reports whether a word is a case number: 03/22, 88/2023.
func isCase(word string) bool {
	number, year, ok := strings.Cut(bare(word), "/")
	return ok && isNumber(number) && isNumber(year) && len(number) <= 5 && (len(year) == 2 || len(year) == 4)
}

// bodyAfter is the name of a body: the words up to a number, a mark, a case
// or a preposition.
func bodyAfter(w []string) string {
	var name []string
	for i, word := range w {
		l := lower(word)
		numbered := i+1 < len(w) && isCase(w[i+1])
		if l == "" || unicode.IsDigit([]rune(l)[0]) || numbered || l == "i" || l == "in" || l == "den" || l == "sak" || l == "møte" {
			break
		}
		name = append(name, strings.TrimRight(word, ",;:."))
		if strings.TrimRight(word, ",;:.") != word {
			break
		}
	}
	return strings.Join(name, " ")
}

// basis reads «basert på A, vedtatt 2020 og B vedtatt 2022»: each title ends
// at its year.
func (f *facts) basis() {
	for _, l := range f.lines {
		start := firstWord(l.text, building)
		if start < 0 {
			continue
		}
		var title []string
		add := func(year int) {
			if t := basisTitle(title); t != "" {
				f.d.Plan.BasedOn = append(f.d.Plan.BasedOn, Basis{t, year, l.number})
			}
			title = nil
		}
		for i, word := range strings.Fields(l.text)[start+1:] {
			if i == 0 && (lower(word) == "på" || lower(word) == "on" || lower(word) == "upon") {
				continue
			}
			if y := bare(word); isYear(y) {
				add(number(y))
				continue
			}
			title = append(title, word)
		}
		add(0)
	}
}

// basisTitle leaves out the og before a title, and the comma and the
// «vedtatt» after it.
func basisTitle(w []string) string {
	for len(w) > 0 && (conjunctions[lower(w[0])] || bare(w[0]) == "") {
		w = w[1:]
	}
	for len(w) > 0 {
		last := lower(w[len(w)-1])
		if !adopting[last] && last != "" && last != "fra" && last != "frå" && last != "from" && last != "in" && last != "i" {
			break
		}
		w = w[:len(w)-1]
	}
	return strings.TrimRight(strings.Join(w, " "), ",;:. ")
}
