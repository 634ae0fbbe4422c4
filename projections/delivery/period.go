package delivery

import (
	"cmp"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// A period (tertial) as it stands at T: the dates of its latest opening, and
// whether it has been closed since.
type period struct {
	id             domain.PeriodID
	from, to       domain.Date // both days included
	reportDeadline domain.Date // reports are in time to the end of this day
	opened, closed seen        // closed is nothing while the period is open
}

// periods are those seen from a moment, by end date.
func periods(facts []*fact, t moment) []period {
	var all []period
	of := func(id domain.PeriodID) *period {
		i := slices.IndexFunc(all, func(p period) bool { return p.id == id })
		if i < 0 {
			i, all = len(all), append(all, period{id: id})
		}
		return &all[i]
	}
	for _, f := range facts {
		x, ok := t.see(f)
		if !ok {
			continue
		}
		switch e := x.event.(type) {
		case reporting.PeriodOpened:
			*of(e.Period) = period{id: e.Period, from: e.From, to: e.To, reportDeadline: e.ReportDeadline, opened: x}
		case reporting.PeriodClosed:
			of(e.Period).closed = x
		}
	}
	all = slices.DeleteFunc(all, func(p period) bool { return !p.opened.is() })
	slices.SortFunc(all, func(a, b period) int {
		return cmp.Or(a.to.Sub(b.to), cmp.Compare(a.id, b.id))
	})
	return all
}

// counted are the last closedPeriods closed periods, by end date. A period that
// was opened again is open, and none is closed before its report deadline has passed.
func (r *reading) counted() []*period {
	return r.ended[max(0, len(r.ended)-r.definition.ClosedPeriods):]
}

// reportDeadline is the report deadline of the period in which a day lies: the
// period's own, else the end of the calendar tertial + reportGraceDays (R6).
func (r *reading) reportDeadline(day domain.Date) domain.Date {
	for _, p := range r.periods {
		if !day.Before(p.from) && !day.After(p.to) {
			return p.reportDeadline
		}
	}
	return endOfTertial(day).AddDays(r.definition.ReportGraceDays)
}

// endOfTertial is the last day of April, August or December.
func endOfTertial(day domain.Date) domain.Date {
	last := (day.Month() + 3) / 4 * 4
	return domain.NewDate(day.Year(), last+1, 1).AddDays(-1)
}
