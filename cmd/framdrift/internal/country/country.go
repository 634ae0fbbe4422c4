// Package country makes up the histories of the regions of a country, for
// measuring: lifelike plans, and what became of their measures over the years.
//
//	history, err := country.Region(country.Options{Seed: 1, Number: 17, Events: 5000, NewID: country.IDs(1, 17)})
//
// A region is registered, adopts a plan, and then everybody does what they have
// to: owners say yes or no, begin, report each tertial, are late, give up, finish
// and are told to do it again; the coordinator chases them, bodies move deadlines,
// and when the plan is over the next one takes on what is left. All of it goes
// through region.Decide, so that every history is one that the program could have
// recorded; what the rules refuse was asked in vain, as in life.
//
// Nobody in it lives and no place is real: names are put together by rule. The
// same Options give the same history, byte for byte, as long as NewID does.
package country

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/region"
)

// Options say which region it is, and how much happens there.
type Options struct {
	Seed   uint64
	Number int // of the region in the country, from 1
	// Events is how many there are at least; the last commit may bring more.
	Events int
	// Measures is how many the first plan has; 0 is 40 to 100, as the seed says.
	Measures int
	// Years is about how long it takes until there are so many events; 0 is 4
	// to 8, as the seed says.
	Years int
	// NewID is an id that nothing else has, for an event or a command that was
	// recorded at a time.
	NewID func(time.Time) string
}

// A History is what happened in one region.
type History struct {
	Region  domain.RegionID
	Log     []domain.Recorded
	Refused int // commands that the rules said no to
}

// ID is the id of the region with a number: every region has another.
func ID(number int) domain.RegionID { return domain.RegionID(fmt.Sprintf("region-%03d", number)) }

// Region makes the history of one region.
func Region(o Options) (History, error) {
	m := &maker{Options: o, rand: rand.New(rand.NewPCG(o.Seed, uint64(o.Number)))} //nolint:gosec // the same numbers each time are the point
	if m.Years == 0 {
		m.Years = m.between(4, 8)
	}
	if m.Measures == 0 {
		m.Measures = min(100, max(40, m.between(80, 120)*o.Events/(900*m.Years)))
	}
	m.settle()
	m.on(m.begins, m.begin)
	for len(m.log) < o.Events && m.wrong == nil {
		m.next()
	}
	return History{Region: m.id, Log: m.log, Refused: m.refused}, m.wrong
}

// A maker is a region whose history is being made.
type maker struct {
	Options
	rand  *rand.Rand
	state region.State
	log   []domain.Recorded
	now   time.Time // of the latest command
	agenda
	refused int
	wrong   error // a command that no rule should have been asked about

	setting
	plans []*following
	cases int // decisions so far
	files int // of evidence
	texts []domain.Position
}

// at is when the next command of a day is given: in the working hours, and a
// while after the one before.
func (m *maker) at(day domain.Date) time.Time {
	begins := day.At(8, 0).UTC().Add(time.Duration(m.between(0, 600)) * time.Second)
	if begins.After(m.now) {
		return begins
	}
	return m.now.Add(time.Duration(m.between(1, 90))*time.Second + time.Duration(m.rand.IntN(1e9)))
}

// ask gives a command on a day, and reports whether it led to anything.
func (m *maker) ask(day domain.Date, by domain.UserID, c domain.Command, with ...func(*domain.Request)) bool {
	m.now = m.at(day)
	r := domain.Request{ID: domain.CommandID(m.NewID(m.now)), By: by, Channel: m.channel(c), Command: c}
	for _, f := range with {
		f(&r)
	}
	d, err := region.Decide(m.state, r, m.now)
	switch {
	case err != nil && domain.KindOf(err) == domain.Refused:
		m.refused++
		return false
	case err != nil:
		m.wrong = fmt.Errorf("country: %s: %s on %s: %w", m.id, c.CommandName(), day, err)
		return false
	}
	for _, draft := range d.Drafts {
		e := domain.Recorded{
			ID: domain.EventID(m.NewID(m.now)), Region: m.id, Position: domain.Position(len(m.log) + 1), Time: m.now,
			Effective: draft.Effective, Subject: draft.Subject, Plan: draft.Plan,
			Actor: r.By, OnBehalfOf: draft.OnBehalfOf, Channel: r.Channel, Command: r.ID,
			Retrospective: r.Retrospective, Event: draft.Event,
		}
		m.log = append(m.log, e)
		m.state = region.Evolve(m.state, e)
	}
	return len(d.Drafts) > 0
}

// channel is how most give such a command.
func (m *maker) channel(c domain.Command) domain.Channel {
	switch c := c.(type) {
	case plan.Import:
		return domain.ChannelImport
	case plan.Revise:
		if c.File != nil {
			return domain.ChannelImport
		}
	}
	if m.chance(10) {
		return domain.ChannelCLI
	}
	return domain.ChannelWeb
}

// of is a request about a plan.
func of(id domain.PlanID) func(*domain.Request) {
	return func(r *domain.Request) { r.Plan = id }
}

// dated is a request about something that happened on an earlier day.
func dated(day domain.Date) func(*domain.Request) {
	return func(r *domain.Request) { r.Effective = day }
}

// retrospectively is a request that comes later than the rules allow, and says so.
func retrospectively(r *domain.Request) { r.Retrospective = true }
