package history

import (
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

// evolveActors is the region, the actor or the user after the event.
func evolveActors(before facts, r domain.Recorded, e actors.Event) facts {
	g, _ := before.(region)
	a, _ := before.(actor)
	switch e := e.(type) {
	case actors.RegionRegistered:
		g.RegionRegistered = e
		return g
	case actors.RegionDescribed:
		g.describe(e)
		return g
	case actors.ProgrammeJoined:
		name := strings.TrimSpace(e.Name + " " + span(e.From.String(), e.To.String()))
		g.programmes = append(slices.Clip(g.programmes), name)
		return g
	case actors.Registered:
		return actor{Name: e.Name, Kind: e.Kind, Sector: e.Sector, From: r.Effective}
	case actors.Classified:
		a.Sector = e.Sector
		return a
	case actors.Merged:
		a.MergedInto, a.MergedFrom = e.Into, e.From
		return a
	case actors.UserGranted, actors.UserRevoked:
		u, _ := before.(user)
		id := domain.UserID(r.Subject.ID)
		var held actors.State
		held.Users = held.Users.With(id, u)
		granted, _ := actors.Evolve(held, r).Users.Lookup(id)
		return user(granted)
	case actors.UserForgotten:
		return before
	}
	return before
}

// describe replaces what the event says and keeps what it leaves out.
func (g *region) describe(e actors.RegionDescribed) {
	if e.Applicant != "" {
		g.Applicant = e.Applicant
	}
	if e.Members != nil {
		g.Members = e.Members
	}
	if e.Population != nil {
		g.Population = e.Population
	}
	if e.Area != nil {
		g.Area = e.Area
	}
}

func (e Entry) tellActors(event actors.Event) domain.Phrase {
	who, subject := e.who(), e.name(domain.ActorID(e.Subject.ID))
	switch event := event.(type) {
	case actors.RegionRegistered:
		if event.Demo {
			return say("%[1]s opprettet regionen %[2]s, som demo", "%[1]s oppretta regionen %[2]s, som demo",
				"%[1]s registered the region %[2]s, as a demo", who, event.Name)
		}
		return say("%[1]s opprettet regionen %[2]s", "%[1]s oppretta regionen %[2]s",
			"%[1]s registered the region %[2]s", who, event.Name)
	case actors.RegionDescribed:
		return say("%[1]s førte inn fakta om regionen%[2]s", "%[1]s førte inn fakta om regionen%[2]s",
			"%[1]s entered facts about the region%[2]s", who, e.described(event))
	case actors.ProgrammeJoined:
		return e.tellProgramme(event)
	case actors.Registered:
		return say("%[1]s førte %[2]s inn i aktørregisteret (%[3]s, %[4]s)", "%[1]s førte %[2]s inn i aktørregisteret (%[3]s, %[4]s)",
			"%[1]s entered %[2]s in the register of actors (%[3]s, %[4]s)", who, event.Name,
			domain.ActorKindWords.Of(string(event.Kind)), domain.SectorWords.Of(string(event.Sector)))
	case actors.Classified:
		before, _ := e.before.(actor)
		return say("%[1]s endret sektor for %[2]s fra %[3]s til %[4]s", "%[1]s endra sektor for %[2]s frå %[3]s til %[4]s",
			"%[1]s changed the sector of %[2]s from %[3]s to %[4]s", who, subject,
			domain.SectorWords.Of(string(before.Sector)), domain.SectorWords.Of(string(event.Sector)))
	case actors.Merged:
		return say("%[1]s registrerte at %[2]s gikk inn i %[3]s fra %[4]s", "%[1]s registrerte at %[2]s gjekk inn i %[3]s frå %[4]s",
			"%[1]s recorded that %[2]s became part of %[3]s from %[4]s", who, subject, e.name(event.Into), event.From.Norwegian())
	case actors.UserGranted:
		return e.tellGranted(event)
	case actors.UserRevoked:
		return say("%[1]s tok rollen %[3]s fra %[2]s", "%[1]s tok rolla %[3]s frå %[2]s", "%[1]s took the role of %[3]s from %[2]s",
			who, userCalled(domain.UserID(e.Subject.ID)), domain.RoleWords.Of(string(event.Role)))
	case actors.UserForgotten:
		return say("%[1]s slettet hvem %[2]s er, hjemmel: %[3]s", "%[1]s sletta kven %[2]s er, heimel: %[3]s", "%[1]s erased who %[2]s is, ground: %[3]s",
			who, userCalled(domain.UserID(e.Subject.ID)), event.Ground)
	}
	return domain.Phrase{}
}

// described lists what the event says, after a colon.
func (e Entry) described(event actors.RegionDescribed) domain.Phrase {
	var parts []domain.Phrase
	if event.Applicant != "" {
		parts = append(parts, say("søkerkommune %[1]s", "søkjarkommune %[1]s", "applicant municipality %[1]s", e.name(event.Applicant)))
	}
	if len(event.Members) > 0 {
		members := make([]domain.ActorID, len(event.Members))
		for i, m := range event.Members {
			members[i] = m.Actor
		}
		parts = append(parts, say("medlemskommuner %[1]s", "medlemskommunar %[1]s", "member municipalities %[1]s", e.nameAll(members)))
	}
	if p := event.Population; p != nil {
		parts = append(parts, say("%[1]s innbyggere per %[2]s", "%[1]s innbyggjarar per %[2]s", "%[1]s inhabitants as of %[2]s",
			grouped(int64(p.Count)), p.Date.Norwegian()))
	}
	if a := event.Area; a != nil {
		parts = append(parts, say("%[1]s km²", "%[1]s km²", "%[1]s km²", decimal(a.KM2)))
	}
	told, mark := domain.Phrase{}, ": "
	for _, p := range parts {
		told = say("%[1]s%[2]s%[3]s", "%[1]s%[2]s%[3]s", "%[1]s%[2]s%[3]s", told, mark, p)
		mark = "; "
	}
	return told
}

func (e Entry) tellProgramme(event actors.ProgrammeJoined) domain.Phrase {
	told := say("%[1]s registrerte at regionen er med i programmet «%[2]s»", "%[1]s registrerte at regionen er med i programmet «%[2]s»",
		"%[1]s recorded that the region takes part in the programme “%[2]s”", e.who(), event.Name)
	if !event.From.IsZero() {
		told = say("%[1]s fra %[2]s", "%[1]s frå %[2]s", "%[1]s from %[2]s", told, event.From.Norwegian())
	}
	if !event.To.IsZero() {
		told = say("%[1]s til %[2]s", "%[1]s til %[2]s", "%[1]s to %[2]s", told, event.To.Norwegian())
	}
	return told
}

func (e Entry) tellGranted(event actors.UserGranted) domain.Phrase {
	told := say("%[1]s ga %[2]s rollen %[3]s", "%[1]s gav %[2]s rolla %[3]s", "%[1]s gave %[2]s the role of %[3]s",
		e.who(), userCalled(domain.UserID(e.Subject.ID)), domain.RoleWords.Of(string(event.Role)))
	if len(event.Actors) == 0 {
		return told
	}
	return say("%[1]s for %[2]s", "%[1]s for %[2]s", "%[1]s for %[2]s", told, e.nameAll(event.Actors))
}
