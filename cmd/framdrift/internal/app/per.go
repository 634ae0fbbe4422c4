package app

import (
	"strconv"
	"strings"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// A Per is the moment a read is for: now (the zero Per), the end of a day or
// an instant, or just after an event. With both, it is the time as it looked
// when the log had so many events: 2024-12-31#412.
type Per struct {
	Time     time.Time
	Position domain.Position
	View     delivery.View // empty is as known
}

var (
	errPer = book.Rule(domain.Invalid, "input.per",
		"«%[1]s» er ikke et tidspunkt. Skriv en dato (2023-06-30), et klokkeslett (2023-06-30T12:00) eller en hendelse (#412).",
		"«%[1]s» er ikkje eit tidspunkt. Skriv ein dato (2023-06-30), eit klokkeslett (2023-06-30T12:00) eller ei hending (#412).",
		"“%[1]s” is not a moment. Write a date (2023-06-30), a time (2023-06-30T12:00) or an event (#412).")
	errView = book.Rule(domain.Invalid, "input.view",
		"Visningen «%[1]s» finnes ikke. Velg kjent eller korrigert.",
		"Visninga «%[1]s» finst ikkje. Vel kjent eller korrigert.",
		"There is no view “%[1]s”. Choose kjent (as known) or korrigert (as corrected).")
)

// ParsePer reads DATE, TIME or #POSITION, and kjent or korrigert. Empty is
// now, as known.
func ParsePer(per, view string) (Per, error) {
	p, err := parseMoment(per)
	if err != nil {
		return p, err
	}
	switch view {
	case "", "kjent", string(delivery.Known):
		p.View = delivery.Known
	case "korrigert", string(delivery.Corrected):
		p.View = delivery.Corrected
	default:
		return p, errView.With(view)
	}
	return p, nil
}

func parseMoment(s string) (Per, error) {
	if s == "" {
		return Per{}, nil
	}
	if moment, number, ok := strings.Cut(s, "#"); ok {
		at, wrong := parseMoment(moment)
		n, err := strconv.ParseUint(number, 10, 64)
		if wrong != nil || err != nil || n == 0 {
			return Per{}, errPer.With(s)
		}
		return Per{Time: at.Time, Position: domain.Position(n)}, nil
	}
	if d, err := domain.ParseDate(s); err == nil {
		return Per{Time: d.End()}, nil
	}
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return Per{Time: t}, nil
	}
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, s, domain.Oslo); err == nil {
			return Per{Time: t}, nil
		}
	}
	return Per{}, errPer.With(s)
}

// String is the form that ParsePer reads; empty for now.
func (p Per) String() string {
	s := ""
	if !p.Time.IsZero() {
		s = p.Time.UTC().Format(time.RFC3339Nano)
	}
	if p.Position != 0 {
		s += "#" + strconv.FormatUint(uint64(p.Position), 10)
	}
	return s
}

// IsNow reports whether the read is for the present, as known.
func (p Per) IsNow() bool { return p.Time.IsZero() && p.Position == 0 }

// isLive reports whether a read is for what the projections show as they are fed.
func (p Per) isLive() bool { return p.IsNow() && p.View != delivery.Corrected }

// holds reports whether an event was on the log at the moment.
func (p Per) holds(e domain.Recorded) bool {
	return (p.Position == 0 || e.Position <= p.Position) && (p.Time.IsZero() || !e.Time.After(p.Time))
}

// at is the moment in the words of delivery; now is the region's present.
func (p Per) at(now time.Time) delivery.At {
	at := delivery.AtTime(now)
	switch {
	case !p.Time.IsZero():
		at = delivery.AtTime(p.Time)
	case p.Position != 0:
		at = delivery.AtPosition(p.Position)
	}
	if p.View == "" {
		return at
	}
	return at.As(p.View)
}
