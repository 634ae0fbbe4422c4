package domain

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"2024-05-31": "2024-05-31", "31.05.2024": "2024-05-31", "1.2.2024": "2024-02-01", "01.2.2024": "2024-02-01",
		"2024-02-29": "2024-02-29", "1969-12-31": "1969-12-31", "1970-01-01": "1970-01-01", "9999-12-31": "9999-12-31", "1000-01-01": "1000-01-01",
	} {
		if d, err := ParseDate(in); err != nil || d.String() != want || d.IsZero() {
			t.Errorf("ParseDate(%q) is %q, %v, want %s", in, d, err, want)
		}
	}
	for _, in := range []string{
		"", "i morgen", "2023-02-29", "2024-13-01", "31.04.2024", "24-05-31", "0024-05-31", "2024/05/31", "2024-5-31", " 2024-05-31", "2024-05-31T00:00:00Z", "05.31.2024",
	} {
		if d, err := ParseDate(in); !errNotADate.Breaks(err) || KindOf(err) != Invalid || !d.IsZero() {
			t.Errorf("ParseDate(%q) is %q, %v, want input.date", in, d, err)
		}
	}
}

func TestADateIsStoredAndReadInOneFormOnly(t *testing.T) {
	var d Date
	if err := json.Unmarshal([]byte(`"2024-05-31"`), &d); err != nil || d != MustDate("2024-05-31") {
		t.Errorf("got %s, %v", d, err)
	}
	for _, in := range []string{`""`, `"31.05.2024"`, `"2024-05-31T00:00:00Z"`, `20240531`} {
		if err := json.Unmarshal([]byte(in), &d); err == nil {
			t.Errorf("read %s as %s", in, d)
		}
	}
	stored, err := json.Marshal(struct {
		Known   Date `json:"known,omitzero"`
		Unknown Date `json:"unknown,omitzero"`
	}{Known: MustDate("2024-05-31")})
	if err != nil || string(stored) != `{"known":"2024-05-31"}` {
		t.Errorf("stored %s, %v", stored, err)
	}
}

func TestAnUnknownDateIsNoDayAndBeforeEveryDay(t *testing.T) {
	var unknown Date
	if unknown.String() != "" || unknown.Norwegian() != "" || !unknown.IsZero() {
		t.Errorf("the zero Date is %q", unknown)
	}
	for _, s := range []string{"1000-01-01", "1969-12-31", "1970-01-01", "9999-12-31"} {
		if d := MustDate(s); !unknown.Before(d) || d.Before(unknown) || d.IsZero() {
			t.Errorf("%s is not after the unknown date", s)
		}
	}
	if d := NewDate(0, time.January, 1); d.IsZero() || d.String() != "0000-01-01" {
		t.Errorf("the first day that can be read is %q", d)
	}
}

// The days of 2024 in Oslo: 31 March has 23 hours, 27 October 25.
func TestADayBeginsAndEndsAtMidnightInOslo(t *testing.T) {
	for _, row := range []struct{ instant, day string }{
		{"2024-01-14T22:59:59.999999999Z", "2024-01-14"},
		{"2024-01-14T23:00:00Z", "2024-01-15"},
		{"2024-06-14T21:59:59.999999999Z", "2024-06-14"},
		{"2024-06-14T22:00:00Z", "2024-06-15"},
		{"2024-03-30T23:00:00Z", "2024-03-31"},
		{"2024-03-31T21:59:59Z", "2024-03-31"},
		{"2024-03-31T22:00:00Z", "2024-04-01"},
		{"2024-10-26T22:00:00Z", "2024-10-27"},
		{"2024-10-27T22:59:59Z", "2024-10-27"},
		{"2024-10-27T23:00:00Z", "2024-10-28"},
		{"2023-12-31T23:00:00Z", "2024-01-01"},
		{"2024-01-15T00:30:00+09:00", "2024-01-14"},
	} {
		instant, err := time.Parse(time.RFC3339Nano, row.instant)
		if err != nil {
			t.Fatal(err)
		}
		if d := DateOf(instant); d.String() != row.day {
			t.Errorf("%s is on %s in Oslo, want %s", row.instant, d, row.day)
		}
	}
	hours := map[string]time.Duration{"2024-03-31": 23, "2024-10-27": 25, "2024-10-28": 24}
	for day, want := range hours {
		d := MustDate(day)
		if got := d.End().Sub(d.AddDays(-1).End()); got != want*time.Hour {
			t.Errorf("%s lasts %s, want %d h", day, got, want)
		}
	}
}

func anyDate() *rapid.Generator[Date] {
	return rapid.Custom(func(t *rapid.T) Date {
		first, last := MustDate("1000-01-01"), MustDate("9999-12-31")
		return first.AddDays(rapid.IntRange(0, last.Sub(first)).Draw(t, "days since year 1000"))
	})
}

func TestADateIsTheSameAfterItIsWrittenAndRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate().Draw(t, "day")
		for _, written := range []string{d.String(), d.Norwegian()} {
			if read, err := ParseDate(written); err != nil || read != d {
				t.Fatalf("%s was read as %s, %v", written, read, err)
			}
		}
		var read Date
		if b, _ := d.MarshalText(); read.UnmarshalText(b) != nil || read != d {
			t.Fatalf("%s was stored and read as %s", d, read)
		}
	})
}

func TestDaysAreCountedAsTimeCountsThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, n := anyDate().Draw(t, "day"), rapid.IntRange(-400_000, 400_000).Draw(t, "n")
		noon := time.Date(d.Year(), d.Month(), d.utc().Day(), 12, 0, 0, 0, time.UTC)
		later := d.AddDays(n)
		if want := noon.AddDate(0, 0, n); NewDate(want.Date()) != later {
			t.Fatalf("%d days after %s is %s, and time says %s", n, d, later, want)
		}
		if later.Sub(d) != n || d.Sub(later) != -n {
			t.Fatalf("%s − %s is %d, want %d", later, d, later.Sub(d), n)
		}
		if d.Before(later) != (n > 0) || d.After(later) != (n < 0) {
			t.Fatalf("%s and %s are in the wrong order", d, later)
		}
	})
}

func TestADaysOwnInstantsAreOnTheDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := MustDate("1950-01-01").AddDays(rapid.IntRange(0, 55_000).Draw(t, "days since 1950"))
		if DateOf(d.End()) != d || DateOf(d.End().Add(1)) != d.AddDays(1) {
			t.Fatalf("%s ends %s", d, d.End())
		}
		if hour := rapid.IntRange(4, 23).Draw(t, "hour"); DateOf(d.At(hour, 59)) != d || d.At(hour, 59).Hour() != hour {
			t.Fatalf("%s at %d:59 is %s", d, hour, d.At(hour, 59))
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2024-05-31", "31.05.2024", "1.2.2024", "0000-00-00", "9999-12-31", "31.12.1969"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			if !d.IsZero() {
				t.Fatalf("%q is refused and %s", s, d)
			}
			return
		}
		if again, err := ParseDate(d.String()); err != nil || again != d || d.IsZero() {
			t.Fatalf("%q is %s, which is %s, %v", s, d, again, err)
		}
	})
}
