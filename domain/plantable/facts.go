package plantable

import (
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
)

// readPlan reads what the text above the table says about the plan.
func (d *Draft) readPlan(lines []Line, at Place) {
	f := facts{d: d, at: at}
	for _, l := range lines {
		if text := l.text(); text != "" {
			f.lines = append(f.lines, textLine{text, l.Number})
		}
	}
	f.period()
	f.title()
	f.organisation()
	f.form()
	f.decision()
	f.basis()
	if f.d.Plan.Period.Raw == "" {
		f.d.warn(at, "", NoPeriod)
	}
}

type textLine struct {
	text   string
	number int
}

func (l textLine) fact(text string) Fact { return Fact{text, []int{l.number}} }
func (l textLine) place() Place          { return Place{Line: l.number} }

type facts struct {
	d      *Draft
	lines  []textLine
	at     Place // of the header row, for what is missing
	titled int   // index of the title line, plus one
}

var planWords = []string{
	"handlingsplan", "handlingsprogram", "tiltaksplan", "tiltaksprogram", "handlingsdel",
	"strategiplan", "næringsplan", "kommunedelplan", "temaplan", "action plan", "plan of action",
}

// title is the first line with a word for a plan that speaks of no decision,
// and the period on the line below it where that line is nothing else. Where
// every such line speaks of the decision, it is what stands before that.
func (f *facts) title() {
	f.titled = 1 + slices.IndexFunc(f.lines, func(l textLine) bool { return namesPlan(l.text) && !decided(l.text) })
	if f.titled == 0 {
		f.titled = 1 + slices.IndexFunc(f.lines, func(l textLine) bool { return namesPlan(l.text) })
	}
	if f.titled == 0 {
		f.d.warn(f.at, "", NoTitle)
		return
	}
	l := f.lines[f.titled-1]
	title := l.fact(beforeDecision(l.text))
	if f.titled < len(f.lines) {
		if _, _, ok := yearRange(strings.ReplaceAll(f.lines[f.titled].text, " ", "")); ok && title.Text == l.text {
			title.Text += " " + f.lines[f.titled].text
			title.Lines = append(title.Lines, f.lines[f.titled].number)
		}
	}
	f.d.Plan.Title = title
	if f.d.Plan.Period.Raw == "" {
		f.oneYear(title)
	}
}

func namesPlan(text string) bool {
	before := beforeDecision(text)
	return before != "" && !based(text) && containsAny(strings.ToLower(before), planWords)
}

func beforeDecision(text string) string {
	w := strings.Fields(text)
	if i := firstWord(text, adopting); i >= 0 {
		w = w[:i]
	}
	return strings.TrimRight(strings.Join(w, " "), " –-,;:(")
}

// period is the first range of years; other ranges must agree with it.
func (f *facts) period() {
	p := &f.d.Plan.Period
	for _, l := range f.lines {
		raw, from, to, ok := rangeIn(l.text)
		switch {
		case !ok:
		case p.Raw == "":
			*p = Period{raw, domain.NewDate(from, 1, 1), domain.NewDate(to, 12, 31), []int{l.number}}
		case p.From.Year() != from || p.To.Year() != to:
			f.d.warn(l.place(), "", PeriodDiffers, raw, p.Raw)
		}
	}
}

// oneYear is the period of a plan whose title names a single year.
func (f *facts) oneYear(title Fact) {
	for word := range strings.FieldsSeq(title.Text) {
		if w := bare(word); isYear(w) {
			y := number(w)
			f.d.Plan.Period = Period{w, domain.NewDate(y, 1, 1), domain.NewDate(y, 12, 31), title.Lines}
			break
		}
	}
}

// rangeIn finds 2022-2024, 2022 – 2024 or 2022–24 in a line, as it stands.
func rangeIn(text string) (raw string, from, to int, ok bool) {
	w := strings.Fields(text)
	for i, word := range w {
		if from, to, ok = yearRange(bare(word)); ok {
			return bare(word), from, to, true
		}
		if i+2 < len(w) && isYear(bare(word)) && (w[i+1] == "-" || w[i+1] == "–" || w[i+1] == "til") {
			if from, to, ok = yearRange(bare(word) + "-" + bare(w[i+2])); ok {
				return bare(strings.Join(w[i:i+3], " ")), from, to, true
			}
		}
	}
	return "", 0, 0, false
}

// organisation is a line that is nothing but the name of a municipality, or
// what the title has beside the word for a plan and the years, which is
// certain when another line says the name too; else a short line above the
// title that another line names.
func (f *facts) organisation() {
	for _, l := range f.lines {
		w := strings.Fields(l.text)
		if len(w) >= 2 && len(w) <= 4 && municipal(lower(w[len(w)-1])) && isCapital(w[0]) {
			f.d.Plan.Organisation = l.fact(l.text)
			return
		}
	}
	if f.titled > 0 {
		l := f.lines[f.titled-1]
		if name := ownerOfTitle(beforeDecision(l.text)); name != "" {
			f.d.Plan.Organisation = l.fact(name)
			if !f.saidAgain(name) {
				f.d.warn(l.place(), "", OrganisationUncertain, name)
			}
			return
		}
		for _, l := range f.lines[:f.titled-1] {
			if n := strings.Count(l.text, " "); n < 4 && isCapital(l.text) && !decided(l.text) && f.saidAgain(l.text) {
				f.d.Plan.Organisation = l.fact(l.text)
				return
			}
		}
	}
	f.d.warn(f.at, "", NoOrganisation)
}

// ownerOfTitle is the longest run of words in a title that begins with a
// capital and is neither the word for a plan, nor a year, nor a mark.
func ownerOfTitle(title string) string {
	var best, run []string
	for word := range strings.FieldsSeq(title) {
		w := strings.ToLower(bare(word))
		_, _, years := yearRange(bare(word))
		if containsAny(w, planWords) || w == "" || years || isYear(w) || len(run) == 0 && (!isCapital(word) || connecting[w]) {
			run = nil
			continue
		}
		run = append(run, word)
		if len(run) > len(best) {
			best = run
		}
	}
	return strings.TrimRight(strings.Join(best, " "), ",;:.")
}

func (f *facts) saidAgain(name string) bool {
	said, name := 0, strings.ToLower(name)
	for _, l := range f.lines {
		said += strings.Count(strings.ToLower(l.text), name)
	}
	return said >= 2
}

var organisationForms = []string{
	"interkommunalt politisk råd", "interkommunalt oppgavefellesskap", "kommunalt oppgavefellesskap",
	"kommunalt oppgåvefellesskap", "interkommunalt selskap", "regionråd", "vertskommune", "fylkeskommune", "kommune",
}

// form is the first kind of organisation that a line above the table names.
func (f *facts) form() {
	for _, form := range organisationForms {
		for _, l := range f.lines {
			if at := indexFold(l.text, form); at >= 0 {
				f.d.Plan.OrganisationForm = l.fact(l.text[at : at+len(form)])
				return
			}
		}
	}
}

// indexFold finds lower-case words in a text whatever its case, as whole words.
func indexFold(text, words string) int {
	small := strings.ToLower(text)
	at := strings.Index(small, words)
	if at < 0 || at+len(words) > len(text) || !strings.EqualFold(text[at:at+len(words)], words) || // a letter whose small form is longer
		at > 0 && small[at-1] != ' ' {
		return -1
	}
	if end := at + len(words); end < len(small) && !strings.ContainsAny(small[end:end+1], " ,.;:)") {
		return -1
	}
	return at
}

func containsAny(text string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}
