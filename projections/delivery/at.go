package delivery

import (
	"math"
	"time"

	"github.com/fosenregionen/framdrift/domain"
)

// A View says which of the two clocks rules (R1).
type View string

const (
	// Known is the view of those who stood at T: events with time ≤ T, with
	// the corrections that were on the log by then. It is the default.
	Known View = "known"
	// Corrected is hindsight: all events, all corrections applied, and of
	// those the ones with effective ≤ T. It is always shown with its label.
	Corrected View = "corrected"
)

// number is the place of what is kept for the view.
func (v View) number() int {
	if v == Corrected {
		return 1
	}
	return 0
}

// An At is a T: the moment a profile is asked for, and in which view. The
// zero At is before every log.
type At struct {
	time       time.Time
	position   domain.Position
	byPosition bool
	view       View
}

// AtTime is T at an instant.
func AtTime(t time.Time) At { return At{time: t, view: Known} }

// OnDay is T at the end of a day in Oslo.
func OnDay(d domain.Date) At { return AtTime(d.End()) }

// AtPosition is T just after the event with that position; a position past
// the end of the log is its end. Days are counted from the day it was recorded.
func AtPosition(n domain.Position) At { return At{position: n, byPosition: true, view: Known} }

// As is the same T in a view.
func (a At) As(v View) At {
	a.view = v
	return a
}

// A moment is an At that has been placed on the log: what «known then» means.
type moment struct {
	view     View
	day      domain.Date     // T's day in Oslo; as corrected nothing effective later is seen
	over     bool            // T is the end of the day; else
	time     time.Time       // nothing recorded later is known
	position domain.Position // nor anything after this
}

// moment places an At; false when it lies before the first event.
func (p *Projection) moment(a At) (moment, bool) {
	if !a.byPosition {
		return pointOf(a.time).moment(a.view), true
	}
	day, ok := p.dayOf(a.position)
	return moment{view: a.view, day: day, over: true, position: a.position}, ok
}

// instant is the moment of a time.
func instant(v View, t time.Time) moment {
	return moment{view: v, day: domain.DateOf(t), time: t, position: math.MaxUint64}
}

// end is the last moment of a day.
func end(v View, d domain.Date) moment {
	return moment{view: v, day: d, over: true, position: math.MaxUint64}
}

// endOf is the end of an earlier day, in the same view; the moment itself
// when that day is not over: nothing is known after T.
func (m moment) endOf(d domain.Date) moment {
	if d.Before(m.day) {
		m.day, m.over, m.time = d, true, time.Time{}
	}
	return m
}

// holds reports whether what a version says had been recorded.
func (m moment) holds(v *version) bool {
	if v.position > m.position || v.day.After(m.day) {
		return false
	}
	return m.over || v.day.Before(m.day) || !v.time.After(m.time)
}

// see is the fact as it looks from the moment, and whether it is seen at all:
//
//	known      time ≤ T        values with the corrections recorded by T (R10)
//	corrected  effective ≤ T   values with all corrections
func (m moment) see(f *fact) (seen, bool) {
	now := &f.recorded
	for i := range f.corrections {
		if c := &f.corrections[i]; m.view == Corrected || m.holds(c) {
			now = c
		}
	}
	s := seen{f, now}
	if m.view == Corrected {
		return s, !now.effective.After(m.day)
	}
	return s, m.holds(&f.recorded)
}

// replaces reports whether what next says is in force instead of what last
// says. The latest recorded is; as corrected the latest effective, then the
// latest recorded (R3). Facts are looked at in the order of the log.
func (v View) replaces(next, last seen) bool {
	return v == Known || !last.is() || !next.effective.Before(last.effective)
}

// inWindow reports whether a day lies in (T−days, T].
func (m moment) inWindow(d domain.Date, days int) bool {
	return d.After(m.day.AddDays(-days)) && !d.After(m.day)
}
