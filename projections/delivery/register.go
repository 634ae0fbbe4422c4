package delivery

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

// A register is what is kept about the region and its actors.
type register struct {
	actors map[domain.ActorID][]*fact // in log order
	region []*fact                    // described, programmes joined
	merged bool                       // somebody ever was
}

// An actor is one line of the register, seen from a moment. One that is not
// there is an actor of no sector.
type actor struct {
	kind   actors.Kind
	sector actors.Sector
	into   domain.ActorID // that it has become part of; empty while it stands
}

func (g *register) keep(id domain.ActorID, f *fact) {
	switch f.recorded.event.(type) {
	case actors.RegionDescribed, actors.ProgrammeJoined:
		g.region = append(g.region, f)
		return
	case actors.Merged:
		g.merged = true
	}
	g.actors[id] = append(g.actors[id], f)
}

func (g *register) actor(id domain.ActorID, t moment) actor {
	var (
		a                  actor
		sorted, registered seen
	)
	for _, f := range g.actors[id] {
		x, ok := t.see(f)
		if !ok {
			continue
		}
		switch e := x.event.(type) {
		case actors.Registered:
			if !registered.is() { // once more is only valid from earlier
				a.kind, registered = e.Kind, x
				if !sorted.is() {
					a.sector = e.Sector
				}
			}
		case actors.Classified:
			if t.view.replaces(x, sorted) {
				a.sector, sorted = e.Sector, x
			}
		case actors.Merged:
			if !t.day.Before(e.From) {
				a.into = e.Into
			}
		}
	}
	return a
}

// called is the actor that stands in its place at T: Rissa, and from 2018
// Indre Fosen. A ring of mergers, which no rule lets in, ends where it began.
func (g *register) called(id domain.ActorID, t moment) domain.ActorID {
	if !g.merged {
		return id
	}
	var room [4]domain.ActorID
	for been := append(room[:0], id); ; been = append(been, id) {
		into := g.actor(id, t).into
		if into == "" || slices.Contains(been, into) {
			return id
		}
		id = into
	}
}

// members are the municipalities that were members at T, by the names they
// have then, each once, in alphabetical order.
func (g *register) members(t moment) []domain.ActorID {
	var (
		latest    seen
		described []actors.Member
		all       []domain.ActorID
	)
	for _, f := range g.region {
		x, ok := t.see(f)
		if e, is := x.event.(actors.RegionDescribed); ok && is && e.Members != nil && t.view.replaces(x, latest) {
			latest, described = x, e.Members
		}
	}
	for _, m := range described {
		if during(t.day, m.From, m.To) {
			all = append(all, g.called(m.Actor, t))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// programmes are those that the region is in at T, by name.
func (g *register) programmes(t moment) []string {
	all := []string{}
	for _, f := range g.region {
		x, ok := t.see(f)
		if e, is := x.event.(actors.ProgrammeJoined); ok && is && during(t.day, e.From, e.To) {
			all = append(all, e.Name)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// during reports whether a day is from–to, both included; a zero day is no limit.
func during(day, from, to domain.Date) bool {
	return !day.Before(from) && (to.IsZero() || !day.After(to))
}
