package finalreport

import (
	"fmt"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// A Tertial is the status report to the assembly: what became of a plan from
// one day to another, both of them in it. Lists are never nil.
//
// Beside the two days there is T, the moment that the report is made of: what
// owners report of a period comes after its last day. The plan stands as it
// did at the end of the last day, in the view of T; the reports are those that
// had come by T.
//
//	known      something belongs to the period that it was recorded in, so that
//	           what is recorded late is told once, in the report that follows
//	corrected  … that it took effect in
type Tertial struct {
	Header     Header             `json:"header"`
	Period     Span               `json:"period"`
	Summary    Summary            `json:"summary"` // at the end of the period
	Delivery   Ends               `json:"delivery"`
	Happened   Happened           `json:"happened"`
	Strategies []Progresses       `json:"strategies"`
	Obstacles  []Told             `json:"obstacles"` // noted in the period
	Deviations []HandledDeviation `json:"deviations"`
	Due        []Due              `json:"due"`    // in as many days as the period had, by date
	Openly     Openly             `json:"openly"` // of what was recorded in the period
	Provenance Provenance         `json:"provenance"`
	Trail      []Entry            `json:"trail"`
}

// A Span is the days that a report is about. Day is the last that it can tell
// of: To, or before that the day of T or the day the plan closed.
type Span struct {
	From domain.Date `json:"from"`
	To   domain.Date `json:"to"`
	Day  domain.Date `json:"day"`
}

// Ends is gjennomføringskraft before the period and at its end, each as it is
// on its day. Before is nil when the plan had not been adopted then.
type Ends struct {
	Definition delivery.Definition `json:"definition"` // at the end
	Before     *Stage              `json:"before,omitempty"`
	After      Stage               `json:"after"`
	Strategies []delivery.Level    `json:"strategies"` // at the end
}

// Progresses is one strategy of the plan and how its measures have come along.
type Progresses struct {
	ID       domain.StrategyID `json:"id"`
	Title    string            `json:"title,omitempty"`
	Measures []Progress        `json:"measures"`
}

// A Progress is one measure at the end of the period, and what it was before:
// empty where it was not in the plan. Report is what its owner last said of the
// period, and Last of the one before it.
type Progress struct {
	ID           domain.MeasureID  `json:"id"`
	Kind         plan.Kind         `json:"kind"`
	FocusArea    string            `json:"focusArea,omitempty"`
	Initiative   string            `json:"initiative,omitempty"`
	Text         string            `json:"text,omitempty"`
	Owner        planview.Answer   `json:"owner,omitzero"` // who was last asked, and what was said
	State        planview.State    `json:"state"`
	StateBefore  planview.State    `json:"stateBefore,omitempty"`
	Colour       delivery.Colour   `json:"colour,omitempty"`
	ColourBefore delivery.Colour   `json:"colourBefore,omitempty"`
	Deliverables []Deliverable     `json:"deliverables"`
	Report       *planview.Report  `json:"report,omitempty"`
	Last         *planview.Report  `json:"last,omitempty"`
	Positions    []domain.Position `json:"positions"` // of its events by the end of the period
}

// A HandledDeviation is what was decided of a measure that had turned red.
type HandledDeviation struct {
	Measure domain.MeasureID `json:"measure"`
	planview.Deviation
}

// A Due is a deadline that comes after the period.
type Due struct {
	Measure     domain.MeasureID  `json:"measure"`
	Deliverable string            `json:"deliverable,omitempty"`
	Deadline    domain.Date       `json:"deadline"`
	Forecast    domain.Date       `json:"forecast,omitzero"`
	Owner       planview.Answer   `json:"owner,omitzero"`
	Positions   []domain.Position `json:"positions"`
}

var rulePeriod = domain.Rule{Kind: domain.Invalid, Code: "report.period", Text: domain.Phrase{
	NB: "Fra %[1]s til %[2]s er ingen periode å rapportere om: den må slutte etter at den begynner, og ikke begynne etter %[3]s.",
	NN: "Frå %[1]s til %[2]s er ingen periode å rapportere om: han må slutte etter at han byrjar, og ikkje byrje etter %[3]s.",
	EN: "From %[1]s to %[2]s is no period to report on: it must end after it begins, and not begin after %[3]s.",
}}

var ruleNoPlanThen = domain.Rule{Kind: domain.NotFound, Code: "report.no-plan-then", Text: domain.Phrase{
	NB: "Planen %[1]s sto ikke på loggen %[2]s, så det er ingenting som var kjent da. Hvordan perioden ser ut nå som alt er ført: --visning korrigert.",
	NN: "Planen %[1]s stod ikkje på loggen %[2]s, så det er ingenting som var kjent då. Korleis perioden ser ut no som alt er ført: --visning korrigert.",
	EN: "The plan %[1]s was not on the log on %[2]s, so nothing was known then. How the period looks now that everything is recorded: --visning korrigert.",
}}

// Tertial is the status report on a plan from one day to another, made of T. The
// projection has been fed as for Report. It changes nothing. Errors:
// report.no-plan, report.no-plan-then, report.period.
func (p *Projection) Tertial(id domain.PlanID, from, to domain.Date, at delivery.At) (Tertial, error) {
	now, ok := p.delivery.Profile(id, at)
	if !ok {
		return Tertial{}, ruleNoPlan.With(id)
	}
	span := Span{from, to, to}
	if now.Day.Before(to) {
		span.Day = now.Day
	}
	if from.IsZero() || to.Before(from) || span.Day.Before(from) {
		return Tertial{}, rulePeriod.With(from.Norwegian(), to.Norwegian(), now.Day.Norwegian())
	}
	w, err := p.period(now, span)
	if err != nil {
		return Tertial{}, err
	}
	return Tertial{
		Header: w.now.header(), Period: span, Summary: w.end.summary(), Delivery: w.ends(),
		Happened: w.happened(), Strategies: w.progresses(), Obstacles: w.obstacles(), Deviations: w.deviations(), Due: w.due(),
		Openly: w.openly(), Provenance: w.provenance(), Trail: w.now.trail(),
	}, nil
}

// A periodWriter makes the parts of one status report. It looks from three
// moments: the day before the period, its end, and T.
type periodWriter struct {
	span     Span
	start    *writer // nil before the plan was adopted
	end, now *writer
}

func (p *Projection) period(now delivery.Profile, span Span) (*periodWriter, error) {
	day := func(d domain.Date) delivery.At { return delivery.OnDay(d).As(now.View) }
	w := &periodWriter{span: span}
	end, ok := p.delivery.Profile(now.Plan, day(span.Day))
	if !ok {
		return nil, ruleNoPlanThen.With(now.Plan, span.Day.Norwegian())
	}
	var err error
	if before, ok := p.delivery.Profile(now.Plan, day(span.From.AddDays(-1))); ok {
		if w.start, err = p.writer(before); err != nil {
			return nil, err
		}
	}
	if w.end, err = p.writer(end); err != nil {
		return nil, err
	}
	w.now, err = p.writer(now)
	return w, err
}

// holds reports whether something belongs to the period.
func (w *periodWriter) holds(s domain.Recorded) bool {
	day := domain.DateOf(s.Time)
	if w.end.profile.View == delivery.Corrected {
		day = s.Effective
	}
	return w.span.holds(day)
}

func (s Span) holds(d domain.Date) bool { return !d.Before(s.From) && !d.After(s.Day) }

func (w *periodWriter) ends() Ends {
	p := w.end.profile
	e := Ends{Definition: p.Definition, After: Stage{Day: p.Day, Definition: p.Definition.Version, Whole: p.Whole}, Strategies: p.Strategies}
	if w.start != nil {
		before := w.start.profile
		e.Before = &Stage{Day: before.Day, Definition: before.Definition.Version, Whole: before.Whole}
	}
	return e
}

func (w *periodWriter) provenance() Provenance {
	p := w.now.provenance()
	p.Command = command(fmt.Sprintf("tertial --from=%s --to=%s", w.span.From, w.span.To), p.Command)
	return p
}

// openly is what was recorded in the period, of what the log lists openly.
func (w *periodWriter) openly() Openly {
	in := func(e Entry) bool { return w.span.holds(domain.DateOf(e.Recorded)) }
	all := w.end.openly()
	return Openly{
		Corrections: only(all.Corrections, func(c Correction) bool { return in(c.Entry) }),
		Late:        only(all.Late, func(l Late) bool { return in(l.Entry) }),
		Reopened:    only(all.Reopened, in), Edited: only(all.Edited, in), Erased: only(all.Erased, in),
	}
}

// only is those that pass, never nil.
func only[T any](all []T, passes func(T) bool) []T {
	chosen := []T{}
	for _, x := range all {
		if passes(x) {
			chosen = append(chosen, x)
		}
	}
	return chosen
}
