package finalreport

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/planview"
)

func (w *writer) header() Header {
	r := w.view.Region()
	return Header{
		Region: Region{r.ID, r.Name, r.Form, r.Demo},
		Plan: Plan{
			ID: w.plan.ID, Title: w.plan.Title, From: w.plan.From, To: w.plan.To,
			Decision: w.plan.Decision, BasedOn: w.plan.BasedOn,
			Adopted: w.plan.Adopted, Closed: w.plan.Closed, Endorsed: w.endorsements(), Positions: inOrder(w.adopted),
		},
		AsOf:       AsOf{w.profile.Day, w.last().Position, w.last().Time},
		View:       w.profile.View,
		Definition: w.profile.Definition.Version,
	}
}

func (w *writer) facts() Facts {
	r := w.view.Region()
	return Facts{
		Applicant: r.Applicant, Members: r.Members, Population: Population{r.Population.Count, r.Population.Date},
		AreaKM2: r.Area.KM2, Programmes: r.Programmes, Positions: inOrder(w.region),
	}
}

// summary counts the plan. A measure is in one of completed, started, not
// started and withdrawn.
func (w *writer) summary() Summary {
	s := Summary{
		Measures: none(), Completed: none(), Started: none(), NotStarted: none(), Withdrawn: none(),
		Arrangements: none(), Reports: none(),
		BackDated: w.profile.Whole.Counts.BackDated, Events: len(w.read), Roles: w.roles(),
	}
	for _, m := range w.plan.Measures {
		adopted := w.of(m.ID, plan.MeasureAdopted{})
		switch {
		case m.State == planview.StateWithdrawn && m.Kind == plan.Arrangement:
			continue
		case m.State == planview.StateArrangement:
			s.Arrangements.add(adopted)
			continue
		case m.State == planview.StateWithdrawn:
			s.Withdrawn.add(w.of(m.ID, plan.MeasureWithdrawn{}))
		case m.State == planview.StateCompleted:
			s.Completed.add(w.of(m.ID, plan.MeasureCompleted{}))
		case !m.Started.IsZero():
			s.Started.add(w.of(m.ID, plan.MeasureStarted{}))
		default:
			s.NotStarted.add(adopted)
		}
		if m.State != planview.StateWithdrawn {
			s.Measures.add(adopted)
		}
		for _, r := range m.Reports {
			s.Reports.add([]domain.Position{r.Position})
		}
	}
	return s
}

func none() Figure { return Figure{Positions: []domain.Position{}} }

func (f *Figure) add(positions []domain.Position) {
	f.Count++
	f.Positions = inOrder(append(f.Positions, positions...))
}

// of is the positions of the measure's latest event of a kind.
func (w *writer) of(id domain.MeasureID, kind domain.Event) []domain.Position {
	for _, s := range slices.Backward(w.events[id]) {
		if s.Event.EventName() == kind.EventName() {
			return s.positions
		}
	}
	return nil
}

// roles is how many people hold each role.
func (w *writer) roles() []RoleCount {
	all := []RoleCount{}
	for _, role := range domain.Roles() {
		n := 0
		for _, u := range w.view.Users() {
			if slices.ContainsFunc(u.Roles, func(g planview.Grant) bool { return g.Role == role }) {
				n++
			}
		}
		if n > 0 {
			all = append(all, RoleCount{role, n})
		}
	}
	return all
}

func (w *writer) provenance() Provenance {
	return Provenance{Events: len(w.read), Position: w.last().Position, Time: w.last().Time, Command: w.command()}
}

// command makes the report again. Just after the last event is exact when T is
// the day of that event, or the day the plan closed; a later T is named by its
// day, since deadlines fall also on days when nothing is recorded.
func (w *writer) command() string {
	per := fmt.Sprintf("#%d", w.last().Position)
	if again, _ := w.log.delivery.Profile(w.profile.Plan, delivery.AtPosition(w.last().Position).As(w.profile.View)); again.Day != w.profile.Day {
		per = w.profile.Day.String()
	}
	c := fmt.Sprintf("framdrift report final --plan=%s --per=%s", w.profile.Plan, per)
	if w.profile.View == delivery.Corrected {
		c += " --visning=korrigert"
	}
	return c
}

// command is the command of a report of another kind, of the same log and moment.
func command(kind, final string) string {
	return strings.Replace(final, "report final", "report "+kind, 1)
}

// inOrder is the positions by size, each once; never nil.
func inOrder(all []domain.Position) []domain.Position {
	all = append([]domain.Position{}, all...)
	slices.Sort(all)
	return slices.Compact(all)
}
