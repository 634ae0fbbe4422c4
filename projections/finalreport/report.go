package finalreport

import (
	"encoding/json"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// A Report is the final report of one plan: all its data, in the order of the
// document. Lists are never nil. Every figure names the positions of the
// events it follows from.
type Report struct {
	Header       Header        `json:"header"`
	Facts        Facts         `json:"facts"`
	Story        Story         `json:"story"`
	Summary      Summary       `json:"summary"`
	Delivery     Delivery      `json:"delivery"`
	Strategies   []Strategy    `json:"strategies"`
	Arrangements []Arrangement `json:"arrangements"`
	Openly       Openly        `json:"openly"`
	Provenance   Provenance    `json:"provenance"`
	Trail        []Entry       `json:"trail"` // the events that positions point at
}

// A Header says what the report is about and what it is made of.
type Header struct {
	Region     Region        `json:"region"`
	Plan       Plan          `json:"plan"`
	AsOf       AsOf          `json:"asOf"`
	View       delivery.View `json:"view"`
	Definition string        `json:"definition"` // the version of gjennomføringskraft in force
}

// A Region is whose report it is. Demo is shown on the first page.
type Region struct {
	ID   domain.RegionID `json:"id"`
	Name string          `json:"name"`
	Form string          `json:"form,omitempty"`
	Demo bool            `json:"demo"`
}

// A Plan is the adopted plan that is reported on. Closed is zero while it is in force.
type Plan struct {
	ID        domain.PlanID     `json:"id"`
	Title     string            `json:"title"`
	From      domain.Date       `json:"from,omitzero"`
	To        domain.Date       `json:"to,omitzero"`
	Decision  plan.Decision     `json:"decision"`
	BasedOn   []plan.Source     `json:"basedOn"`
	Adopted   domain.Date       `json:"adopted"`
	Closed    domain.Date       `json:"closed,omitzero"`
	Endorsed  []Endorsement     `json:"endorsed"` // by the member municipalities
	Positions []domain.Position `json:"positions"`
}

// An AsOf is the T of the report, and how far the log had been read: the
// position of the last event and when it was recorded.
type AsOf struct {
	Date     domain.Date     `json:"date"`
	Position domain.Position `json:"position"`
	Time     time.Time       `json:"time"`
}

// Facts are who the region is, as it has described itself.
type Facts struct {
	Applicant  planview.Party       `json:"applicant,omitzero"`
	Members    []planview.Member    `json:"members"`
	Population Population           `json:"population,omitzero"`
	AreaKM2    float64              `json:"areaKm2,omitempty"`
	Programmes []planview.Programme `json:"programmes"`
	Positions  []domain.Position    `json:"positions"`
}

// A Population is a number of people on a day.
type Population struct {
	Count int         `json:"count"`
	Date  domain.Date `json:"date,omitzero"`
}

// A Summary is the plan in numbers. An ongoing measure is never completed: it
// is under way until it is withdrawn or the plan closes.
type Summary struct {
	Measures     Figure         `json:"measures"` // in the plan: completed + started + notStarted
	Completed    Figure         `json:"completed"`
	Started      Figure         `json:"started"` // and not completed
	NotStarted   Figure         `json:"notStarted"`
	Withdrawn    Figure         `json:"withdrawn"` // by decision, and not in the plan
	Arrangements Figure         `json:"arrangements"`
	Reports      Figure         `json:"reports"`   // given, also those returned or withdrawn
	BackDated    delivery.Ratio `json:"backDated"` // completions recorded after their day ÷ those that stand
	Events       int            `json:"events"`    // on the log
	Roles        []RoleCount    `json:"roles"`
}

// A Figure is a count and the positions of the events it counts.
type Figure struct {
	Count     int               `json:"count"`
	Positions []domain.Position `json:"positions"`
}

// A RoleCount is how many people hold a role; who they are stands nowhere.
type RoleCount struct {
	Role   domain.Role `json:"role"`
	People int         `json:"people"`
}

// Delivery is gjennomføringskraft at T, and its course: the same profile at
// the end of each reporting period that was closed by T, as known then or, in
// the corrected view, as corrected.
type Delivery struct {
	Definition delivery.Definition `json:"definition"`
	Whole      delivery.Level      `json:"whole"`
	Strategies []delivery.Level    `json:"strategies"`
	Measures   []delivery.Standing `json:"measures"` // in the plan, with their computed colours
	Course     []Stage             `json:"course"`
	// Then is the same course as it was known at the end of each period, also
	// in the corrected view: what was known when.
	Then []Stage `json:"then"`
}

// A Stage is the profile at the end of one closed period.
type Stage struct {
	Period     domain.PeriodID `json:"period"`
	Day        domain.Date     `json:"day"`
	Definition string          `json:"definition"` // the version in force then
	Whole      delivery.Level  `json:"whole"`
}

// A Strategy is one strategy of the plan and its measures.
type Strategy struct {
	ID         domain.StrategyID `json:"id"`
	Title      string            `json:"title,omitempty"`
	FocusAreas []FocusArea       `json:"focusAreas"`
}

// A FocusArea (innsats) is the measures under one heading, in the plan's order.
type FocusArea struct {
	Title    string    `json:"title,omitempty"`
	Measures []Measure `json:"measures"`
}

// A Measure is one row of the plan and everything the log says of it.
type Measure struct {
	ID           domain.MeasureID     `json:"id"`
	Kind         plan.Kind            `json:"kind"`
	State        planview.State       `json:"state"`
	Continues    plan.Reference       `json:"continues,omitzero"`
	Initiative   string               `json:"initiative,omitempty"`
	Text         string               `json:"text,omitempty"`
	Named        []planview.Party     `json:"named"` // whom the plan names as responsible
	Owners       []Owner              `json:"owners"`
	Adopted      domain.Date          `json:"adopted"`
	Started      domain.Date          `json:"started,omitzero"`
	Withdrawn    domain.Date          `json:"withdrawn,omitzero"`
	Withdrawal   plan.Decision        `json:"withdrawal,omitzero"`
	Deliverables []Deliverable        `json:"deliverables"` // one without a name, unless it is ongoing
	Partners     []Partner            `json:"partners"`
	Reports      []planview.Report    `json:"reports"`
	Deviations   []planview.Deviation `json:"deviations"`
	Reopened     int                  `json:"reopened"` // how many times
	Edited       bool                 `json:"editedAfterCompletion"`
	Positions    []domain.Position    `json:"positions"` // of all its events, and of corrections of them
}

// An Owner is somebody who was asked to answer for a measure, and what was said.
type Owner struct {
	Owner    planview.Party  `json:"owner"`
	Asked    domain.Date     `json:"asked"`
	Answers  []Answer        `json:"answers"`
	Position domain.Position `json:"position"`
}

// An Answer is an owner's yes, or no and why.
type Answer struct {
	Accepted bool            `json:"accepted"`
	On       domain.Date     `json:"on"`
	Why      domain.Text     `json:"why,omitempty"`
	Position domain.Position `json:"position"`
}

// A Deliverable is what is to be done by a deadline: the measure itself, or
// one year or occasion of an ongoing one. First baseline, deadline in force
// and forecast are three dates that are never mixed.
//
// Days late are counted from the deadline to the completion, negative when it
// was early; without a completion, from a deadline that has passed to T. Nil
// when there is no deadline, when it has not passed, and for what was
// withdrawn before it was done.
type Deliverable struct {
	Name          string            `json:"name,omitempty"`
	FirstBaseline domain.Date       `json:"firstBaseline,omitzero"`
	Deadline      domain.Date       `json:"deadline,omitzero"`
	Forecast      domain.Date       `json:"forecast,omitzero"`
	Completed     domain.Date       `json:"completed,omitzero"`
	Recorded      domain.Date       `json:"recorded,omitzero"` // the day the completion came on the log
	Result        domain.Text       `json:"result,omitempty"`
	DaysLate      *int              `json:"daysLate,omitempty"`
	DaysLateFirst *int              `json:"daysLateFirst,omitempty"` // against the first baseline
	Deadlines     []Deadline        `json:"deadlines"`
	Positions     []domain.Position `json:"positions"`
}

// A Deadline is one that was adopted, in the order they replaced each other.
type Deadline struct {
	Deadline      domain.Date     `json:"deadline"`
	Decision      plan.Decision   `json:"decision"`
	Effective     domain.Date     `json:"effective"`
	Retrospective bool            `json:"retrospective"`
	Position      domain.Position `json:"position"`
}

// A Partner is somebody who takes part. One who was not named by the plan has
// contributed all the same.
type Partner struct {
	planview.Party
	Named         bool                    `json:"named"`
	Into          []Meant                 `json:"into"` // whom a collective means here
	Confirmed     domain.Date             `json:"confirmed,omitzero"`
	Contributions []planview.Contribution `json:"contributions"`
	Reports       []domain.Position       `json:"reports"` // given on its behalf
}

// A Meant is an actor that a collective stands for. Confirmed is the day it was
// last confirmed to take part.
type Meant struct {
	planview.Party
	Confirmed domain.Date `json:"confirmed,omitzero"`
}

// An Arrangement (ordning) is a standing co-operation that the plan names and
// nobody follows.
type Arrangement struct {
	ID         domain.MeasureID  `json:"id"`
	Strategy   plan.Strategy     `json:"strategy"`
	FocusArea  string            `json:"focusArea,omitempty"`
	Initiative string            `json:"initiative,omitempty"`
	Text       string            `json:"text,omitempty"`
	Named      []planview.Party  `json:"named"`
	Partners   []Partner         `json:"partners"`
	Withdrawn  domain.Date       `json:"withdrawn,omitzero"`
	Withdrawal plan.Decision     `json:"withdrawal,omitzero"`
	Positions  []domain.Position `json:"positions"`
}

// Openly is what a reader must not have to look for: everything that was
// changed, or said, later than it should have been, and every text that was erased.
type Openly struct {
	Corrections []Correction `json:"corrections"`
	Late        []Late       `json:"late"`
	Reopened    []Entry      `json:"reopened"`
	Edited      []Entry      `json:"editedAfterCompletion"`
	Erased      []Entry      `json:"erased"`
}

// An Entry is one event on the log, told in a sentence.
type Entry struct {
	Position  domain.Position  `json:"position"`
	Type      string           `json:"type"`
	Recorded  time.Time        `json:"recorded"`
	Effective domain.Date      `json:"effective"`
	Measure   domain.MeasureID `json:"measure,omitempty"`
	Sentence  Sentence         `json:"sentence"`
	Why       domain.Text      `json:"why,omitempty"`
}

// A Sentence says the same in bokmål, nynorsk and English.
type Sentence struct {
	NB string `json:"nb"`
	NN string `json:"nn"`
	EN string `json:"en"`
}

// In is the sentence in a language.
func (s Sentence) In(l domain.Language) string { return domain.Phrase(s).In(l) }

// A Correction is an event that put another right, as it was stored. Of is the
// position of the one corrected, zero when it is not on the log.
type Correction struct {
	Entry
	Of    domain.Position `json:"of,omitempty"`
	Field string          `json:"field"`
	Old   json.RawMessage `json:"old,omitempty"`
	New   json.RawMessage `json:"new,omitempty"`
}

// A Late is something about the plan that was put on the log after the day it
// happened, or as an etterregistrering. What one command put there is one
// entry, its first event, and Events says how many there were.
type Late struct {
	Entry
	Days          int  `json:"days"` // from the day it happened to the day it was recorded
	Retrospective bool `json:"retrospective"`
	// AfterReportDeadline marks a completion that met its deadline and was
	// documented too late for K2 to count it.
	AfterReportDeadline bool `json:"afterReportDeadline"`
	Events              int  `json:"events"`
}

// A Provenance is what the report was made of, and how to make it again.
type Provenance struct {
	Events   int             `json:"events"`
	Position domain.Position `json:"position"`
	Time     time.Time       `json:"time"`
	// Root is of the tree over those events, in base64 as in a checkpoint;
	// whoever has the tree fills it in.
	Root string `json:"root,omitempty"`
	// Command makes the same report from the same log. The language and the
	// name of the file are added by whoever writes it.
	Command string `json:"command"`
}
