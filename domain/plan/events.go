package plan

import "github.com/fosenregionen/framdrift/domain"

// An Event is something that happened to a plan or one of its measures. An
// event about a measure carries the measure's id in its subject (measure/t07).
//
//sumtype:decl
type Event interface {
	domain.Event
	planEvent()
}

// A Kind is what sort of row of the plan a measure is.
type Kind string

// The kinds of row.
const (
	OneOff      Kind = "measure"     // tiltak: done once
	Ongoing     Kind = "ongoing"     // løpende eller årlig: a deliverable a year or occasion
	Arrangement Kind = "arrangement" // ordning: a standing co-operation, out of every denominator
)

// A Decision (vedtak) is what a body adopted. Only the case number is
// required; what the document does not say is left out.
type Decision struct {
	Body string      `json:"body,omitempty"`
	Case string      `json:"case"`
	Date domain.Date `json:"date,omitzero"`
	URL  string      `json:"url,omitempty"`
}

// A Source is a document that the plan is based on.
type Source struct {
	Title string `json:"title"`
	Year  int    `json:"year,omitzero"`
}

// A Strategy is one of the plan's strategies, its title verbatim.
type Strategy struct {
	ID    domain.StrategyID `json:"id"`
	Title string            `json:"title"`
}

// A Warning is a doubt about one place in an imported file.
type Warning struct {
	Place      string `json:"place"`
	Code       string `json:"code"`
	Message    string `json:"message"`
	Suggestion string `json:"suggestion,omitempty"`
}

// A Place is where in the source a measure stood, and what stood there.
type Place struct {
	Place string `json:"place"`
	Raw   string `json:"raw"`
}

// A Reference names a measure of another plan.
type Reference struct {
	Plan    domain.PlanID    `json:"plan"`
	Measure domain.MeasureID `json:"measure"`
}

// Money is an amount in a currency (ISO 4217), in whole units.
type Money struct {
	Value    int64  `json:"value"`
	Currency string `json:"currency"`
}

// What happens to a plan.
type (
	// Imported is the file that a plan came from, with every doubt about it.
	Imported struct {
		File     string    `json:"file"`
		SHA256   string    `json:"sha256"`
		Format   string    `json:"format"`
		Warnings []Warning `json:"warnings,omitzero"`
		Accepted []string  `json:"accepted,omitzero"` // places whose suggestion was taken
		Rejected []string  `json:"rejected,omitzero"` // places kept as the document has them
	}

	// Adopted puts a plan in force. It takes effect on the day of the decision.
	Adopted struct {
		Plan       domain.PlanID `json:"plan"`
		Title      string        `json:"title"`
		From       domain.Date   `json:"from"`
		To         domain.Date   `json:"to"`
		Decision   Decision      `json:"decision"`
		BasedOn    []Source      `json:"basedOn,omitzero"`
		Strategies []Strategy    `json:"strategies"`
	}

	// Endorsed says that a member municipality has adopted the plan too.
	Endorsed struct {
		Municipality domain.ActorID `json:"municipality"`
		Decision     Decision       `json:"decision"`
	}

	// Revised is the decision behind the changes that stand beside it in the same commit.
	Revised struct {
		Decision Decision `json:"decision"`
	}

	// Closed ends a plan. After it come only corrections and published reports.
	Closed struct {
		Decision Decision `json:"decision"`
	}
)

// What happens to a measure.
type (
	// MeasureAdopted is one row of the adopted plan, all five columns of it.
	MeasureAdopted struct {
		Kind       Kind              `json:"kind"`
		Continues  *Reference        `json:"continues,omitempty"`
		Strategy   domain.StrategyID `json:"strategy"`
		FocusArea  string            `json:"focusArea,omitempty"`
		Initiative string            `json:"initiative,omitempty"`
		Text       string            `json:"text,omitempty"`
		Owners     []domain.ActorID  `json:"owners,omitzero"`
		Partners   []domain.ActorID  `json:"partners,omitzero"`
		Source     *Place            `json:"source,omitempty"`
	}

	// MeasureAmended changes one field by decision, the old value beside the new.
	MeasureAmended struct {
		Field    Field    `json:"field"`
		Old      string   `json:"old"`
		New      string   `json:"new"`
		Decision Decision `json:"decision"`
	}

	// MeasureWithdrawn takes a measure out of the plan by decision.
	MeasureWithdrawn struct {
		Decision Decision `json:"decision"`
	}

	// MeasureAssigned asks an owner to answer for a measure.
	MeasureAssigned struct {
		Owner domain.ActorID `json:"owner"`
		User  domain.UserID  `json:"user,omitempty"`
	}

	// MeasureAccepted is the owner's yes to the latest assignment.
	MeasureAccepted struct {
		Owner domain.ActorID `json:"owner"`
	}

	// MeasureDeclined is the owner's no.
	MeasureDeclined struct {
		Owner domain.ActorID `json:"owner"`
		Why   domain.Text    `json:"why"`
	}

	// DeadlineAdopted is a date that a body has decided.
	DeadlineAdopted struct {
		Deadline    domain.Date `json:"deadline"`
		Decision    Decision    `json:"decision"`
		Deliverable string      `json:"deliverable,omitempty"`
	}

	// ForecastGiven is a date that the owner expects.
	ForecastGiven struct {
		Forecast    domain.Date `json:"forecast"`
		Why         domain.Text `json:"why,omitempty"`
		Deliverable string      `json:"deliverable,omitempty"`
	}

	// MeasureStarted says that work has begun.
	MeasureStarted struct{}

	// DeviationHandled is what was decided about a measure that turned red.
	DeviationHandled struct {
		Text     domain.Text `json:"text,omitempty"`
		Decision Decision    `json:"decision"`
	}

	// PartnerConfirmed says that a named partner takes part.
	PartnerConfirmed struct {
		Partner domain.ActorID `json:"partner"`
	}

	// PartnerResolved says which actors a collective means for this measure.
	PartnerResolved struct {
		Partner domain.ActorID   `json:"partner"`
		Into    []domain.ActorID `json:"into"`
	}

	// ContributionRecorded is what a partner has put in.
	ContributionRecorded struct {
		Partner domain.ActorID `json:"partner"`
		Text    domain.Text    `json:"text,omitempty"`
		Hours   float64        `json:"hours,omitzero"`
		Amount  *Money         `json:"amount,omitempty"`
	}

	// EvidenceAttached names a file; the bytes lie elsewhere and are known by their hash.
	EvidenceAttached struct {
		Evidence  domain.EvidenceID `json:"evidence"`
		Name      string            `json:"name"`
		MediaType string            `json:"mediaType"`
		SHA256    string            `json:"sha256"`
		Size      int64             `json:"size"`
		Where     string            `json:"where"`
	}

	// MeasureCompleted says that the measure, or one deliverable of an ongoing one, is done.
	MeasureCompleted struct {
		Result      domain.Text         `json:"result,omitempty"`
		Evidence    []domain.EvidenceID `json:"evidence,omitzero"`
		Deliverable string              `json:"deliverable,omitempty"`
	}

	// MeasureReopened undoes a completion in the open.
	MeasureReopened struct {
		Why         domain.Text `json:"why,omitempty"`
		Deliverable string      `json:"deliverable,omitempty"`
	}
)

// A Field is a column of the plan that a decision may amend.
type Field string

// The columns. Owners and partners are amended as ids with commas between them.
const (
	FieldStrategy   Field = "strategy"
	FieldFocusArea  Field = "focusArea"
	FieldInitiative Field = "initiative"
	FieldText       Field = "text"
	FieldOwners     Field = "owners"
	FieldPartners   Field = "partners"
)

// EventName is the stored name.
func (Imported) EventName() string { return "plan.imported" }

// EventName is the stored name.
func (Adopted) EventName() string { return "plan.adopted" }

// EventName is the stored name.
func (Endorsed) EventName() string { return "plan.endorsed" }

// EventName is the stored name.
func (Revised) EventName() string { return "plan.revised" }

// EventName is the stored name.
func (Closed) EventName() string { return "plan.closed" }

// EventName is the stored name.
func (MeasureAdopted) EventName() string { return "measure.adopted" }

// EventName is the stored name.
func (MeasureAmended) EventName() string { return "measure.amended" }

// EventName is the stored name.
func (MeasureWithdrawn) EventName() string { return "measure.withdrawn" }

// EventName is the stored name.
func (MeasureAssigned) EventName() string { return "measure.assigned" }

// EventName is the stored name.
func (MeasureAccepted) EventName() string { return "measure.accepted" }

// EventName is the stored name.
func (MeasureDeclined) EventName() string { return "measure.declined" }

// EventName is the stored name.
func (DeadlineAdopted) EventName() string { return "deadline.adopted" }

// EventName is the stored name.
func (ForecastGiven) EventName() string { return "forecast.given" }

// EventName is the stored name.
func (MeasureStarted) EventName() string { return "measure.started" }

// EventName is the stored name.
func (DeviationHandled) EventName() string { return "deviation.handled" }

// EventName is the stored name.
func (PartnerConfirmed) EventName() string { return "partner.confirmed" }

// EventName is the stored name.
func (PartnerResolved) EventName() string { return "partner.resolved" }

// EventName is the stored name.
func (ContributionRecorded) EventName() string { return "contribution.recorded" }

// EventName is the stored name.
func (EvidenceAttached) EventName() string { return "evidence.attached" }

// EventName is the stored name.
func (MeasureCompleted) EventName() string { return "measure.completed" }

// EventName is the stored name.
func (MeasureReopened) EventName() string { return "measure.reopened" }

func (Imported) planEvent()             {}
func (Adopted) planEvent()              {}
func (Endorsed) planEvent()             {}
func (Revised) planEvent()              {}
func (Closed) planEvent()               {}
func (MeasureAdopted) planEvent()       {}
func (MeasureAmended) planEvent()       {}
func (MeasureWithdrawn) planEvent()     {}
func (MeasureAssigned) planEvent()      {}
func (MeasureAccepted) planEvent()      {}
func (MeasureDeclined) planEvent()      {}
func (DeadlineAdopted) planEvent()      {}
func (ForecastGiven) planEvent()        {}
func (MeasureStarted) planEvent()       {}
func (DeviationHandled) planEvent()     {}
func (PartnerConfirmed) planEvent()     {}
func (PartnerResolved) planEvent()      {}
func (ContributionRecorded) planEvent() {}
func (EvidenceAttached) planEvent()     {}
func (MeasureCompleted) planEvent()     {}
func (MeasureReopened) planEvent()      {}
