package domain

import (
	"fmt"
	"time"
	_ "time/tzdata" // the same rules for Europe/Oslo on every machine
)

// Oslo is the zone in which days begin and end. Every Date taken from an
// instant is the day it was in Oslo.
var Oslo = mustLoad("Europe/Oslo")

func mustLoad(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic("domain: the embedded time zones hold no " + name)
	}
	return loc
}

// A Date is a calendar day without a time or a zone, written 2024-05-31.
// The zero Date means unknown and is left out of what is stored.
type Date struct {
	day int32 // days since the first day of year 0, plus one so that zero is free
}

const (
	secondsPerDay = 24 * 60 * 60
	isoDate       = "2006-01-02"
)

// yearZero is the day before which no Date is written: 0000-01-01, in days since 1970.
var yearZero = time.Date(0, time.January, 1, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay

// NewDate returns the day; values outside their range are carried over as
// time.Date does (32 January is 1 February).
func NewDate(year int, month time.Month, day int) Date {
	return Date{int32(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/secondsPerDay-yearZero) + 1}
}

// DateOf is the day of an instant in Oslo.
func DateOf(t time.Time) Date {
	return NewDate(t.In(Oslo).Date())
}

// ParseDate reads 2024-05-31 and, as people in Norway write it, 31.05.2024.
func ParseDate(s string) (Date, error) {
	for _, layout := range []string{isoDate, "02.01.2006", "2.1.2006"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1000 {
			return NewDate(t.Date()), nil
		}
	}
	return Date{}, errNotADate.With(s)
}

// MustDate is ParseDate for dates written in the source.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d.day == 0 }

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.day < e.day }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d.day > e.day }

// AddDays is the day n days later.
func (d Date) AddDays(n int) Date { return Date{d.day + int32(n)} }

// Sub is the number of days from e to d, negative when d is earlier.
func (d Date) Sub(e Date) int { return int(d.day - e.day) }

// Year is the calendar year.
func (d Date) Year() int { return d.utc().Year() }

// Month is the calendar month.
func (d Date) Month() time.Month { return d.utc().Month() }

// End is the last instant of the day in Oslo: what «as known on the day» includes.
func (d Date) End() time.Time {
	next := d.AddDays(1).utc()
	return time.Date(next.Year(), next.Month(), next.Day(), 0, 0, 0, 0, Oslo).Add(-time.Nanosecond)
}

// At is the instant on the day at the given clock time in Oslo.
func (d Date) At(hour, minute int) time.Time {
	u := d.utc()
	return time.Date(u.Year(), u.Month(), u.Day(), hour, minute, 0, 0, Oslo)
}

func (d Date) utc() time.Time {
	return time.Unix((int64(d.day-1)+yearZero)*secondsPerDay, 0).UTC()
}

// String is the stored form, 2024-05-31; empty for an unknown date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	var room [len(time.RFC3339)]byte // the layout that package time knows by heart
	b := d.utc().AppendFormat(room[:0], time.RFC3339)
	return string(b[:len(b)-len("T00:00:00Z")])
}

// Norwegian is the form people read, 31.05.2024; empty for an unknown date.
func (d Date) Norwegian() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format("02.01.2006")
}

// MarshalText writes the stored form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads only the stored form: what is on the log is never guessed at.
func (d *Date) UnmarshalText(b []byte) error {
	var (
		midnight [len(isoDate + "T00:00:00Z")]byte
		t        time.Time
	)
	copy(midnight[copy(midnight[:len(isoDate)], b):], "T00:00:00Z")
	if err := t.UnmarshalText(midnight[:]); err != nil || len(b) != len(isoDate) {
		return fmt.Errorf("date %q: want 2024-05-31", b)
	}
	d.day = int32(t.Unix()/secondsPerDay-yearZero) + 1
	return nil
}
