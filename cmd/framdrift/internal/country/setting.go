package country

import (
	"strconv"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// A setting is where it happens, and who does it.
type setting struct {
	id     domain.RegionID
	name   string
	begins domain.Date
	places []string // the municipalities'

	register       []actors.Register
	municipalities []domain.ActorID
	owners         []domain.ActorID // who are asked to answer for measures
	partners       []domain.ActorID
	merging        domain.ActorID // goes up in another one day; it owns nothing
	users          map[domain.ActorID]domain.UserID

	coordinators []domain.UserID
}

// Bodies, roles, organisations and collectives that most regions have.
const (
	council     domain.ActorID = "radet"
	executives  domain.ActorID = "kommunedirektormotet"
	developer   domain.ActorID = "utviklingsleder"
	everyone    domain.ActorID = "kommunene"
	businesses  domain.ActorID = "naringslivet"
	volunteers  domain.ActorID = "frivilligheten"
	county      domain.ActorID = "fylkeskommunen"
	college     domain.ActorID = "hogskolen"
	bank        domain.ActorID = "sparebankstiftelsen"
	cluster     domain.ActorID = "naringsforeningen"
	tourism     domain.ActorID = "reiselivslaget"
	youth       domain.ActorID = "ungdomsradet"
	clusterOld  domain.ActorID = "handelsforeningen"
	agriculture domain.ActorID = "bondelaget"
)

// settle decides where and who, before anything has happened.
func (m *maker) settle() {
	taken := map[string]bool{}
	m.id = ID(m.Number)
	m.name = m.place(taken) + "regionen"
	m.begins = domain.NewDate(m.between(2012, 2017), 1, 10).AddDays(m.between(0, 300))
	m.users = map[domain.ActorID]domain.UserID{}
	for range m.between(3, 8) {
		name := m.place(taken)
		id := domain.ActorID(domain.Slug(name))
		m.places, m.municipalities = append(m.places, name), append(m.municipalities, id)
		m.register = append(m.register, actors.Register{Actor: id, Name: name + " kommune", Kind: actors.Municipality, Sector: actors.Public})
	}
	m.register = append(m.register,
		actors.Register{Actor: council, Name: "Rådet", Kind: actors.Body, Sector: actors.Public},
		actors.Register{Actor: executives, Name: "Kommunedirektørmøtet", Kind: actors.Body, Sector: actors.Public},
		actors.Register{Actor: developer, Name: "Utviklingsleder", Kind: actors.Person, Sector: actors.Public},
		actors.Register{Actor: everyone, Name: "Kommunene", Kind: actors.Collective, Sector: actors.Public},
		actors.Register{Actor: businesses, Name: "Næringslivet", Kind: actors.Collective, Sector: actors.Business},
		actors.Register{Actor: volunteers, Name: "Frivilligheten", Kind: actors.Collective, Sector: actors.Voluntary},
		actors.Register{Actor: county, Name: "Fylkeskommunen", Kind: actors.Organisation, Sector: actors.Public},
		actors.Register{Actor: college, Name: "Høgskolen", Kind: actors.Organisation, Sector: actors.Knowledge},
		actors.Register{Actor: bank, Name: "Sparebankstiftelsen", Kind: actors.Organisation, Sector: actors.Business},
		actors.Register{Actor: cluster, Name: "Næringsforeningen", Kind: actors.Organisation, Sector: actors.Business},
		actors.Register{Actor: tourism, Name: "Reiselivslaget", Kind: actors.Organisation, Sector: actors.Public},
		actors.Register{Actor: youth, Name: "Ungdomsrådet", Kind: actors.Body, Sector: actors.Public},
		actors.Register{Actor: clusterOld, Name: "Handelsforeningen", Kind: actors.Organisation, Sector: actors.Business},
		actors.Register{Actor: agriculture, Name: "Bondelaget", Kind: actors.Organisation, Sector: actors.Business},
	)
	m.merging = clusterOld
	m.owners = append([]domain.ActorID{council, executives, developer, tourism, cluster}, m.municipalities...)
	m.partners = append([]domain.ActorID{everyone, businesses, volunteers, county, college, bank, cluster, clusterOld, youth, agriculture}, m.municipalities...)
	m.coordinators = []domain.UserID{"u1", "u2"}
	for i, owner := range m.owners {
		m.users[owner] = domain.UserID("u" + strconv.Itoa(10+i))
	}
}

// admin began the region, and looks after its users.
const admin domain.UserID = "u1"

// coordinator is one of those who chase the rest.
func (m *maker) coordinator() domain.UserID { return pick(m, m.coordinators) }

// begin registers the region, its actors and its users.
func (m *maker) begin(day domain.Date) {
	m.ask(day, admin, actors.RegisterRegion{Region: m.id, Name: m.name, Form: "interkommunalt politisk råd"})
	for _, a := range m.register {
		m.ask(day, admin, a)
	}
	members := make([]actors.Member, len(m.municipalities))
	for i, id := range m.municipalities {
		members[i] = actors.Member{Actor: id, From: domain.NewDate(day.Year(), 1, 1)}
	}
	m.ask(day, admin, actors.DescribeRegion{
		Applicant: council, Members: members,
		Population: &actors.Population{Count: m.between(8_000, 60_000), Date: domain.NewDate(day.Year(), 1, 1)},
		Area:       &actors.Area{KM2: float64(m.between(900, 9_000))},
	})
	m.ask(day, admin, actors.JoinProgramme{Name: "Samarbeid om regional utvikling", From: domain.NewDate(day.Year(), 1, 1), To: domain.NewDate(day.Year()+6, 12, 31)})
	m.ask(day, admin, actors.Grant{User: "u2", Role: domain.RoleCoordinator})
	m.ask(day, admin, actors.Grant{User: "u3", Role: domain.RoleReader})
	for _, owner := range m.owners {
		m.ask(day, admin, actors.Grant{User: m.users[owner], Role: domain.RoleOwner, Actors: []domain.ActorID{owner}})
	}
	m.in(day, 7, 30, func(day domain.Date) { m.adopt(day, nil) })
	m.in(day, 150, 700, m.merge)
	m.in(day, 200, 800, m.leave)
	m.in(day, 250, 600, m.redact)
}

// merge lets one organisation go up in another, which is of another sector than
// was thought.
func (m *maker) merge(day domain.Date) {
	m.ask(day, admin, actors.Merge{Actor: m.merging, Into: cluster, From: day.AddDays(-m.between(0, 20))})
	m.ask(day, admin, actors.Classify{Actor: tourism, Sector: actors.Business})
}

// leave is that somebody goes, is forgotten, and another takes over.
func (m *maker) leave(day domain.Date) {
	owner := pick(m, m.municipalities)
	gone, comes := m.users[owner], m.users[owner]+"b"
	m.ask(day, admin, actors.Grant{User: comes, Role: domain.RoleOwner, Actors: []domain.ActorID{owner}})
	m.ask(day, admin, actors.Revoke{User: gone, Role: domain.RoleOwner})
	m.users[owner] = comes
	m.in(day, 30, 120, func(day domain.Date) {
		m.ask(day, admin, actors.Forget{User: gone, Ground: "GDPR art. 17"})
	})
}

// redact erases what somebody should not have written.
func (m *maker) redact(day domain.Date) {
	if len(m.texts) > 0 {
		target := m.log[pick(m, m.texts)-1]
		m.ask(day, admin, correction.Redact{Position: target.Position, Ground: "GDPR art. 17", Target: &target})
	}
	m.in(day, 300, 900, m.redact)
}

// define sets how gjennomføringskraft is counted.
func (m *maker) define(day domain.Date, f *following) {
	m.ask(day, admin, reporting.DefineDelivery{Definition: reporting.DeliveryDefined{
		Version: strconv.Itoa(day.Year()), WindowDays: 365, ReportGraceDays: 15, ToleranceDays: m.between(1, 3) * 30, HorizonDays: 120,
	}}, of(f.id))
}
