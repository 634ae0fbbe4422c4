package planview

import (
	"slices"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// A Measure is one row of the plan and where it stands.
//
// FirstBaseline is the first adopted deadline, Deadline the one in force,
// Forecast the owner's latest; the three are never mixed. Of an ongoing
// measure they are those of the current deliverable: the one with the
// earliest deadline that is not completed.
type Measure struct {
	ID         domain.MeasureID `json:"id"`
	Kind       plan.Kind        `json:"kind"`
	State      State            `json:"state"`
	Continues  plan.Reference   `json:"continues,omitzero"`
	Strategy   plan.Strategy    `json:"strategy"`
	FocusArea  string           `json:"focusArea,omitempty"`
	Initiative string           `json:"initiative,omitempty"`
	Text       string           `json:"text,omitempty"`
	Owners     []Party          `json:"owners"`   // as the plan names them
	Partners   []Partner        `json:"partners"` // as the plan names them
	Source     plan.Place       `json:"source,omitzero"`
	Answers    Answer           `json:"answers,omitzero"` // who was last asked to answer for it

	Adopted       domain.Date   `json:"adopted"`
	FirstBaseline domain.Date   `json:"firstBaseline,omitzero"`
	Deadline      domain.Date   `json:"deadline,omitzero"`
	Forecast      domain.Date   `json:"forecast,omitzero"`
	Deliverables  []Deliverable `json:"deliverables"` // of an ongoing measure, in the order first named
	Started       domain.Date   `json:"started,omitzero"`
	Completed     domain.Date   `json:"completed,omitzero"`
	Withdrawn     domain.Date   `json:"withdrawn,omitzero"`
	Withdrawal    plan.Decision `json:"withdrawal,omitzero"`
	Result        domain.Text   `json:"result,omitempty"`
	Reopened      int           `json:"reopened"` // how many times

	Status        reporting.Status `json:"status,omitempty"`    // the owner's own word, never «unchanged»
	LastReport    Report           `json:"lastReport,omitzero"` // the latest not returned or withdrawn
	Reports       []Report         `json:"reports"`
	Confirmations []Confirmation   `json:"confirmations"`
	Contributions []Contribution   `json:"contributions"`
	Deviations    []Deviation      `json:"deviations"`
	Evidence      []Evidence       `json:"evidence"`

	EditedAfterCompletion bool            `json:"editedAfterCompletion"` // ever; see EditsCompleted
	LastEvent             domain.Position `json:"lastEvent"`
}

// A Partner is whom the plan names as taking part. Confirmed is the latest day
// that it, or who stands in its place, confirmed; Into is whom a collective
// means here, and they confirm for themselves (Confirmations).
type Partner struct {
	Party
	Confirmed domain.Date `json:"confirmed,omitzero"`
	Into      []Party     `json:"into"`
}

// An Answer is an owner who was asked to answer for a measure, since when,
// and what was said: neither Accepted nor Declined while there is no answer.
type Answer struct {
	Party
	User     domain.UserID `json:"user,omitempty"`
	Since    domain.Date   `json:"since"`
	Accepted bool          `json:"accepted"`
	Declined bool          `json:"declined"`
}

// A Deliverable is what an ongoing measure gives one year or occasion.
type Deliverable struct {
	Name          string      `json:"name"`
	FirstBaseline domain.Date `json:"firstBaseline,omitzero"`
	Deadline      domain.Date `json:"deadline,omitzero"`
	Forecast      domain.Date `json:"forecast,omitzero"`
	Completed     domain.Date `json:"completed,omitzero"`
	Result        domain.Text `json:"result,omitempty"`
}

// A Confirmation says that somebody takes part.
type Confirmation struct {
	Partner   Party           `json:"partner"`
	Effective domain.Date     `json:"effective"`
	Recorded  time.Time       `json:"recorded"`
	Position  domain.Position `json:"position"`
}

// A Contribution is what somebody has put in.
type Contribution struct {
	Partner   Party           `json:"partner"`
	Text      domain.Text     `json:"text,omitempty"`
	Hours     float64         `json:"hours,omitempty"`
	Amount    plan.Money      `json:"amount,omitzero"`
	Effective domain.Date     `json:"effective"`
	Recorded  time.Time       `json:"recorded"`
	Position  domain.Position `json:"position"`
}

// A Deviation is what was decided about a measure that turned red.
type Deviation struct {
	Text      domain.Text     `json:"text,omitempty"`
	Decision  plan.Decision   `json:"decision"`
	Effective domain.Date     `json:"effective"`
	Recorded  time.Time       `json:"recorded"`
	Position  domain.Position `json:"position"`
}

// Evidence is a file that shows a result.
type Evidence struct {
	ID        domain.EvidenceID `json:"id"`
	Name      string            `json:"name"`
	MediaType string            `json:"mediaType"`
	SHA256    string            `json:"sha256"`
	Size      int64             `json:"size"`
	Where     string            `json:"where"`
	Effective domain.Date       `json:"effective"`
	Position  domain.Position   `json:"position"`
}

// OwnedBy reports whether the actor was last asked to answer for the measure
// or is named by the plan as responsible.
func (m Measure) OwnedBy(id domain.ActorID) bool {
	return m.Answers.Is(id) || slices.ContainsFunc(m.Owners, func(p Party) bool { return p.Is(id) })
}

// With reports whether the plan names the actor as taking part, by itself or
// by a collective that means it here.
func (m Measure) With(id domain.ActorID) bool {
	return slices.ContainsFunc(m.Partners, func(p Partner) bool {
		return p.Is(id) || slices.ContainsFunc(p.Into, func(q Party) bool { return q.Is(id) })
	})
}
