package reportfile

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// grouped is a whole number as people read it: 25 315, in English 25,315. The
// space does not break.
func (p *page) grouped(n int) string {
	mark := "\u00a0"
	if p.language == domain.English {
		mark = ","
	}
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + mark + s[i:]
	}
	return s
}

// decimal is a number with the decimals it has: 3 037,5.
func (p *page) decimal(f float64) string {
	whole, rest, has := strings.Cut(strconv.FormatFloat(f, 'f', -1, 64), ".")
	n, err := strconv.Atoi(whole)
	if err != nil {
		return whole // too large to group
	}
	mark := ","
	if p.language == domain.English {
		mark = "."
	}
	if has {
		return p.grouped(n) + mark + rest
	}
	return p.grouped(n)
}

func (p *page) days(n int) string {
	if n == 1 {
		return p.say(wordADay)
	}
	return p.say(wordDays, p.grouped(n))
}

// period is the days from and to as far as they are known.
func (p *page) period(from, to domain.Date) string {
	switch {
	case from.IsZero() && to.IsZero():
		return ""
	case to.IsZero():
		return p.say(wordFrom, from.Norwegian())
	case from.IsZero():
		return p.say(wordUntil, to.Norwegian())
	}
	return from.Norwegian() + "–" + to.Norwegian()
}

// party is the name something went by, and today's if that is another.
func (p *page) party(a planview.Party) string {
	if a.Was == "" {
		return a.Name
	}
	return p.say(wordToday, a.Was, a.Name)
}

func (p *page) parties(all []planview.Party) string {
	names := make([]string, len(all))
	for i, a := range all {
		names[i] = p.party(a)
	}
	return strings.Join(names, ", ")
}

// decided is what happened on a day and the decision behind it, as far as it
// is known. The decision's own date is left out when it is that day.
func (p *page) decided(what string, day domain.Date, d plan.Decision) string {
	if d.Date == day {
		d.Date = domain.Date{}
	}
	number := ""
	if d.Case != "" {
		number = p.say(wordCase, d.Case)
	}
	by := joined(", ", d.Body, number, d.Date.Norwegian(), d.URL)
	if by == "" {
		return what
	}
	return p.say(wordDecided, what, by)
}

// events is positions as people refer to them: 16, 17, 45.
func events(positions []domain.Position) string {
	all := make([]string, len(positions))
	for i, n := range positions {
		all[i] = strconv.FormatUint(uint64(n), 10)
	}
	return strings.Join(all, ", ")
}

// joined is the parts that are not empty, with a mark between them.
func joined(mark string, parts ...string) string {
	var all []string
	for _, s := range parts {
		if s != "" {
			all = append(all, s)
		}
	}
	return strings.Join(all, mark)
}

// in is a part in its frame, empty when the part is.
func in(frame, part string) string {
	if part == "" {
		return ""
	}
	return fmt.Sprintf(frame, part)
}
