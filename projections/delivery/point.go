package delivery

import (
	"math"
	"time"

	"github.com/fosenregionen/framdrift/domain"
)

// A point is a place in time that moments are compared by: an instant, with
// its day in Oslo. The zero time is the beginning of the day.
type point struct {
	day  domain.Date
	time time.Time
}

func pointOf(t time.Time) point { return point{domain.DateOf(t), t} }

// point is when a version was recorded.
func (x *version) point() point { return point{x.day, x.time} }

func (p point) compare(o point) int {
	if p.day != o.day {
		return p.day.Sub(o.day)
	}
	return p.time.Compare(o.time)
}

func (p point) isZero() bool { return p.day.IsZero() }

// never is after everything.
var never = point{day: domain.NewDate(9999, time.December, 31)}

// moment is T at the point.
func (p point) moment(v View) moment {
	return moment{view: v, day: p.day, time: p.time, position: math.MaxUint64}
}
