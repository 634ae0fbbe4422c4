package delivery

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
)

// The outcomes of K5.
const (
	// Kept: completed, as known on the test date.
	Kept Outcome = "kept"
	// Broken: not completed then.
	Broken Outcome = "broken"
)

// Predictability is K5 and the figures beside it.
type Predictability struct {
	Share
	// MedianSlip is the median over the tested of the completion − the
	// forecast tested, in days; T stands in for a completion that does not
	// stand. Nil when nothing was tested.
	MedianSlip *float64 `json:"medianSlip,omitempty"`
	// Moves is adopted deadlines with another date than the one in force
	// before, recorded in (T−W, T].
	Moves int `json:"moves"`
}

// A slip is a tested forecast and the completion that stands, if one does.
type slip struct{ forecast, completed domain.Date }

// k5 is forutsigbarhet, by deliverable and deadline (in force the day before
// it fell), each tested once:
//
//	                  completed, as known on the test date
//	K5 = ───────────────────────────────────────────────────────────────
//	      deadlines that have fallen, with the test date in (T−W, T]
//
//	test date = forecast known at the end of the day H before the deadline
//	            + toleranceDays
//
// A deadline nobody had a forecast for is its own: silence is a promise. Dates
// are the deadline, the forecast and the test date.
func (r *reading) k5(m *measure, all []Member, slips []slip) ([]Member, []slip) {
	for _, t := range m.story.tests(r.definition) {
		if !r.moment.inWindow(t.day, r.definition.WindowDays) || !r.fell(m, t.fell) || !m.owed(t.day, r.moment.view) {
			continue
		}
		then, now := t.completed, m.named(t.fell.deliverable).completed
		if t.day == r.moment.day { // which may not be over
			then = now
		}
		outcome := Broken
		if then.is() {
			outcome = Kept
		}
		all = append(all, Member{
			Measure: m.id, Deliverable: t.fell.deliverable, Counted: then.is(), Outcome: outcome,
			Dates: r.dates(t.fell.date, t.forecast, t.day), Positions: r.because(m.adopted, t.fell.deadline, t.by, then, now),
		})
		s := slip{forecast: t.forecast}
		if now.is() {
			s.completed = now.effective
		}
		slips = append(slips, s)
	}
	return all, slips
}

// A test is that of one deadline that fell.
type test struct {
	fell      fallen
	forecast  domain.Date // known H before the deadline; the deadline itself when none was
	by        seen        // what gave it
	day       domain.Date // the test date
	completed seen        // the completion that stood at the end of it
}

// tests are those of every deadline that ever falls. A forecast counts also
// when it was given for an earlier deadline.
func (s *story) tests(d Definition) []test {
	of := horizon{d.HorizonDays, d.ToleranceDays}
	all, ok := s.tested[of]
	if ok {
		return all
	}
	for _, f := range s.fell {
		t := test{fell: f, forecast: f.date}
		if then := s.asOf(f.date.AddDays(-d.HorizonDays)).named(f.deliverable); then.forecast.is() {
			t.forecast, t.by = then.expected, then.forecast
		}
		t.day = t.forecast.AddDays(d.ToleranceDays)
		t.completed = s.asOf(t.day).named(f.deliverable).completed
		all = append(all, t)
	}
	s.tested[of] = all
	return all
}

// moves are the measure's adopted deadlines that moved one, recorded in the window.
func (r *reading) moves(m *measure) int {
	n := 0
	for i := range m.deliverables {
		for _, x := range m.deliverables[i].moves {
			if r.moment.inWindow(x.recordedOn(), r.definition.WindowDays) {
				n++
			}
		}
	}
	return n
}

// median is the mean of the middle two of the slips on a day; nil of none.
func median(slips []slip, day domain.Date) *float64 {
	if len(slips) == 0 {
		return nil
	}
	var late []int
	for _, s := range slips {
		if s.completed.IsZero() {
			s.completed = day
		}
		late = append(late, s.completed.Sub(s.forecast))
	}
	slices.Sort(late)
	n := len(late)
	mid := float64(late[(n-1)/2]+late[n/2]) / 2
	return &mid
}
