package app_test

import (
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

func TestAMomentIsADateATimeOrAnEvent(t *testing.T) {
	oslo := func(day string, hour, minute int) time.Time { return domain.MustDate(day).At(hour, minute) }
	for _, c := range []struct {
		name, per, view string
		want            app.Per
	}{
		{"nothing is now, as known", "", "", app.Per{View: delivery.Known}},
		{"a day is its end", "2023-06-30", "", app.Per{Time: domain.MustDate("2023-06-30").End(), View: delivery.Known}},
		{"a day as Norwegians write it", "30.06.2023", "", app.Per{Time: domain.MustDate("2023-06-30").End(), View: delivery.Known}},
		{"and without zeros", "1.6.2023", "", app.Per{Time: domain.MustDate("2023-06-01").End(), View: delivery.Known}},
		{"a time is in Oslo", "2023-06-30T12:00", "", app.Per{Time: oslo("2023-06-30", 12, 0), View: delivery.Known}},
		{"also in winter", "2023-01-30 12:00", "", app.Per{Time: oslo("2023-01-30", 12, 0), View: delivery.Known}},
		{"with seconds", "2023-06-30T12:00:30", "", app.Per{Time: oslo("2023-06-30", 12, 0).Add(30 * time.Second), View: delivery.Known}},
		{"a time with its zone", "2023-06-30T12:00:00Z", "", app.Per{Time: time.Date(2023, 6, 30, 12, 0, 0, 0, time.UTC), View: delivery.Known}},
		{"and its fractions", "2023-06-30T12:00:00.123456789+02:00", "", app.Per{Time: time.Date(2023, 6, 30, 10, 0, 0, 123456789, time.UTC), View: delivery.Known}},
		{"an event", "#412", "", app.Per{Position: 412, View: delivery.Known}},
		{"a day as it looked after an event", "2023-06-30#412", "", app.Per{Time: domain.MustDate("2023-06-30").End(), Position: 412, View: delivery.Known}},
		{"known by its Norwegian word", "", "kjent", app.Per{View: delivery.Known}},
		{"corrected by its Norwegian word", "#1", "korrigert", app.Per{Position: 1, View: delivery.Corrected}},
		{"and by their identifiers", "", string(delivery.Corrected), app.Per{View: delivery.Corrected}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := app.ParsePer(c.per, c.view)
			if err != nil || !got.Time.Equal(c.want.Time) || got.Position != c.want.Position || got.View != c.want.View {
				t.Errorf("%q %q is %+v (%v), want %+v", c.per, c.view, got, err, c.want)
			}
			if now := c.per == ""; got.IsNow() != now {
				t.Errorf("%q is now: %v", c.per, got.IsNow())
			}
		})
	}
}

func TestWhatIsNoMomentIsRefused(t *testing.T) {
	for _, per := range []string{
		"i går", "2023", "2023-06", "2023-02-30", "31.06.2023", "2023-06-30T25:00", "2023-06-30T12", "12:00",
		"#", "#0", "#-1", "#1.5", "# 1", "#0x1", "#18446744073709551616", "412", " 2023-06-30", "2023-06-30 ", "0001-01-01", "\x00",
	} {
		if got, err := app.ParsePer(per, ""); domain.KindOf(err) != domain.Invalid {
			t.Errorf("%q is %+v (%v)", per, got, err)
		}
	}
	for _, view := range []string{"vakker", "Kjent", " "} {
		if got, err := app.ParsePer("", view); domain.KindOf(err) != domain.Invalid {
			t.Errorf("the view %q is %+v (%v)", view, got, err)
		}
	}
}

// Whatever is typed, it is refused, or it is a moment that is the same again
// when it is written and read.
func FuzzParsePer(f *testing.F) {
	for _, per := range []string{"", "#412", "2023-06-30", "30.06.2023", "2023-06-30T12:00", "2023-06-30T12:00:00.5+01:00", "9999-12-31T23:59:59Z"} {
		f.Add(per, "")
		f.Add(per, "korrigert")
	}
	f.Fuzz(func(t *testing.T, per, view string) {
		p, err := app.ParsePer(per, view)
		if err != nil {
			if domain.KindOf(err) != domain.Invalid {
				t.Fatalf("%q %q: %v", per, view, err)
			}
			return
		}
		again, err := app.ParsePer(p.String(), string(p.View))
		if err != nil || !again.Time.Equal(p.Time) || again.Position != p.Position || again.View != p.View {
			t.Fatalf("%q %q is %+v, written %q and then %+v (%v)", per, view, p, p, again, err)
		}
	})
}
