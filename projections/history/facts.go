package history

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// facts is what is known of one subject of the log: a value that is replaced
// and never changed, so that an entry can keep the one before and the one after.
type facts interface {
	// fields lists what the subject is made of; empty values may stand or be left out.
	fields() []field
}

type field struct{ name, of, value string }

// difference is the fields whose values are not the same, in the order of
// after and then those that only before has.
func difference(before, after facts) []Change {
	changes := []Change{}
	if after == nil {
		return changes
	}
	var old []field
	if before != nil {
		old = before.fields()
	}
	now := after.fields()
	for _, f := range now {
		if was := valueIn(old, f); was != f.value {
			changes = append(changes, Change{f.name, f.of, was, f.value})
		}
	}
	for _, f := range old {
		if f.value != "" && !slices.ContainsFunc(now, f.same) {
			changes = append(changes, Change{f.name, f.of, f.value, ""})
		}
	}
	return changes
}

func (f field) same(g field) bool { return f.name == g.name && f.of == g.of }

func valueIn(all []field, f field) string {
	if i := slices.IndexFunc(all, f.same); i >= 0 {
		return all[i].value
	}
	return ""
}

// What is known of the region and its people.
type (
	region struct {
		actors.RegionRegistered
		actors.RegionDescribed
		programmes []string
	}
	actor actors.Actor
	user  []actors.Granted
)

// What is known of a plan besides its measures.
type (
	document struct {
		plan.Adopted
		file         string
		endorsements []domain.ActorID
		closed       domain.Date
	}
	period     reporting.Period
	definition reporting.DeliveryDefined
)

func (g region) fields() []field {
	members := make([]string, len(g.Members))
	for i, m := range g.Members {
		members[i] = strings.TrimSpace(string(m.Actor) + " " + span(m.From.String(), m.To.String()))
	}
	f := []field{
		{name: "name", value: g.Name},
		{name: "form", value: g.Form},
		{name: "demo", value: yes(g.Demo)},
		{name: "applicant", value: string(g.Applicant)},
		{name: "members", value: strings.Join(members, ", ")},
		{name: "programmes", value: strings.Join(g.programmes, ", ")},
	}
	if g.Population != nil {
		f = append(f, field{name: "population", value: fmt.Sprintf("%d (%s)", g.Population.Count, g.Population.Date)})
	}
	if g.Area != nil {
		f = append(f, field{name: "area", value: strconv.FormatFloat(g.Area.KM2, 'f', -1, 64) + " km²"})
	}
	return f
}

func (a actor) fields() []field {
	return []field{
		{name: "name", value: a.Name},
		{name: "kind", value: string(a.Kind)},
		{name: "sector", value: string(a.Sector)},
		{name: "into", value: string(a.MergedInto)},
		{name: "from", value: a.MergedFrom.String()},
	}
}

func (u user) fields() []field {
	roles := make([]string, len(u))
	for i, g := range u {
		roles[i] = string(g.Role)
		if len(g.Actors) > 0 {
			roles[i] += " (" + joined(g.Actors) + ")"
		}
	}
	return []field{{name: "roles", value: strings.Join(roles, ", ")}}
}

func (d document) fields() []field {
	based := make([]string, len(d.BasedOn))
	for i, s := range d.BasedOn {
		based[i] = s.Title
		if s.Year != 0 {
			based[i] += " (" + strconv.Itoa(s.Year) + ")"
		}
	}
	strategies := make([]string, len(d.Strategies))
	for i, s := range d.Strategies {
		strategies[i] = string(s.ID) + " " + s.Title
	}
	return []field{
		{name: "file", value: d.file},
		{name: "title", value: d.Title},
		{name: "from", value: d.From.String()},
		{name: "to", value: d.To.String()},
		{name: "basedOn", value: strings.Join(based, ", ")},
		{name: "strategies", value: strings.Join(strategies, ", ")},
		{name: "endorsements", value: joined(d.endorsements)},
		{name: "closed", value: d.closed.String()},
	}
}

func (p period) fields() []field {
	state := "closed"
	if p.Open {
		state = "open"
	}
	return []field{
		{name: "state", value: state},
		{name: "from", value: p.From.String()},
		{name: "to", value: p.To.String()},
		{name: "reportDeadline", value: p.ReportDeadline.String()},
	}
}

func (d definition) fields() []field {
	return []field{
		{name: "version", value: d.Version},
		{name: "windowDays", value: number(d.WindowDays)},
		{name: "reportGraceDays", value: number(d.ReportGraceDays)},
		{name: "toleranceDays", value: number(d.ToleranceDays)},
		{name: "horizonDays", value: number(d.HorizonDays)},
		{name: "openDays", value: number(d.OpenDays)},
		{name: "closedPeriods", value: number(d.ClosedPeriods)},
	}
}

func joined[T ~string](ids []T) string {
	s := make([]string, len(ids))
	for i, id := range ids {
		s[i] = string(id)
	}
	return strings.Join(s, ", ")
}

func span(from, to string) string {
	if from == "" && to == "" {
		return ""
	}
	return from + "–" + to
}

func yes(b bool) string {
	if b {
		return "true"
	}
	return ""
}

// number is empty for what a definition leaves to its default.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
