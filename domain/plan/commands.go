package plan

import (
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

// A Command asks for a change to a plan or one of its measures.
//
//sumtype:decl
type Command interface {
	domain.Command
	planCommand()
}

// A MeasureCommand is a Command about one measure.
type MeasureCommand interface {
	Command
	AboutMeasure() domain.MeasureID
}

// On is the measure that a command is about.
type On struct{ Measure domain.MeasureID }

// AboutMeasure is the measure.
func (o On) AboutMeasure() domain.MeasureID { return o.Measure }

// A Row is a measure with its id, as an import or a revision brings it. Its
// deadline, where it has one, is adopted by the same decision.
type Row struct {
	ID       domain.MeasureID
	Measure  MeasureAdopted
	Deadline domain.Date
}

// An Amendment changes one column of a measure that stands in the plan.
type Amendment struct {
	Measure domain.MeasureID
	Field   Field
	To      string
}

// A Due is a deadline for a measure that stands in the plan.
type Due struct {
	Measure  domain.MeasureID
	Deadline domain.Date
}

// What may be asked of a plan.
type (
	// Import puts a whole plan in force from a file: the file and every
	// doubt about it, the actors that are new, the plan and its measures, in
	// one commit. The same file again changes nothing.
	Import struct {
		File     Imported
		Plan     Adopted
		Measures []Row
		Actors   []actors.Register
	}

	// Endorse says that a member municipality has adopted the plan too.
	Endorse struct {
		Municipality domain.ActorID
		Decision     Decision
	}

	// Revise changes the plan by one decision, in one commit: measures that
	// are new, amended, due on another day, and taken out. Where the changes
	// were read from a file it comes along with every doubt about it, and so
	// do the actors that are new; the same file again changes nothing.
	Revise struct {
		Decision  Decision
		File      *Imported
		Actors    []actors.Register
		Adopt     []Row
		Amend     []Amendment
		Deadlines []Due
		Withdraw  []domain.MeasureID
	}

	// Close ends the plan.
	Close struct{ Decision Decision }
)

// What may be asked of a measure.
type (
	// Amend changes one column by decision.
	Amend struct {
		On
		Field    Field
		To       string
		Decision Decision
	}

	// Withdraw takes the measure out of the plan by decision.
	Withdraw struct {
		On
		Decision Decision
	}

	// Assign asks an owner to answer for the measure.
	Assign struct {
		On
		Owner domain.ActorID
		User  domain.UserID
	}

	// Accept is the owner's yes. Owner may be left out: it is the one who was asked.
	Accept struct {
		On
		Owner domain.ActorID
	}

	// Decline is the owner's no, and why.
	Decline struct {
		On
		Owner domain.ActorID
		Why   domain.Text
	}

	// AdoptDeadline sets or moves the deadline by decision.
	AdoptDeadline struct {
		On
		Deadline    domain.Date
		Decision    Decision
		Deliverable string
	}

	// GiveForecast says when the owner expects to be done.
	GiveForecast struct {
		On
		Forecast    domain.Date
		Why         domain.Text
		Deliverable string
	}

	// Start says that work has begun.
	Start struct{ On }

	// HandleDeviation says what was decided about a measure that is late.
	HandleDeviation struct {
		On
		Text     domain.Text
		Decision Decision
	}

	// ConfirmPartner says that a named partner takes part.
	ConfirmPartner struct {
		On
		Partner domain.ActorID
	}

	// ResolvePartner says which actors a collective means here.
	ResolvePartner struct {
		On
		Partner domain.ActorID
		Into    []domain.ActorID
	}

	// RecordContribution says what a partner has put in.
	RecordContribution struct {
		On
		Partner domain.ActorID
		Text    domain.Text
		Hours   float64
		Amount  *Money
	}

	// AttachEvidence names a file that shows a result.
	AttachEvidence struct {
		On
		Evidence EvidenceAttached
	}

	// Complete says that the measure, or the deliverable, is done.
	Complete struct {
		On
		Result      domain.Text
		Evidence    []domain.EvidenceID
		Deliverable string
	}

	// Reopen undoes a completion in the open.
	Reopen struct {
		On
		Why         domain.Text
		Deliverable string
	}
)

// CommandName is the name in the table of permissions.
func (Import) CommandName() string { return "plan.import" }

// CommandName is the name in the table of permissions.
func (Endorse) CommandName() string { return "plan.endorse" }

// CommandName is the name in the table of permissions.
func (Revise) CommandName() string { return "plan.revise" }

// CommandName is the name in the table of permissions.
func (Close) CommandName() string { return "plan.close" }

// CommandName is the name in the table of permissions.
func (Amend) CommandName() string { return "measure.amend" }

// CommandName is the name in the table of permissions.
func (Withdraw) CommandName() string { return "measure.withdraw" }

// CommandName is the name in the table of permissions.
func (Assign) CommandName() string { return "measure.assign" }

// CommandName is the name in the table of permissions.
func (Accept) CommandName() string { return "measure.accept" }

// CommandName is the name in the table of permissions.
func (Decline) CommandName() string { return "measure.decline" }

// CommandName is the name in the table of permissions.
func (AdoptDeadline) CommandName() string { return "deadline.adopt" }

// CommandName is the name in the table of permissions.
func (GiveForecast) CommandName() string { return "forecast.give" }

// CommandName is the name in the table of permissions.
func (Start) CommandName() string { return "measure.start" }

// CommandName is the name in the table of permissions.
func (HandleDeviation) CommandName() string { return "deviation.handle" }

// CommandName is the name in the table of permissions.
func (ConfirmPartner) CommandName() string { return "partner.confirm" }

// CommandName is the name in the table of permissions.
func (ResolvePartner) CommandName() string { return "partner.resolve" }

// CommandName is the name in the table of permissions.
func (RecordContribution) CommandName() string { return "contribution.record" }

// CommandName is the name in the table of permissions.
func (AttachEvidence) CommandName() string { return "evidence.attach" }

// CommandName is the name in the table of permissions.
func (Complete) CommandName() string { return "measure.complete" }

// CommandName is the name in the table of permissions.
func (Reopen) CommandName() string { return "measure.reopen" }

func (Import) planCommand()             {}
func (Endorse) planCommand()            {}
func (Revise) planCommand()             {}
func (Close) planCommand()              {}
func (Amend) planCommand()              {}
func (Withdraw) planCommand()           {}
func (Assign) planCommand()             {}
func (Accept) planCommand()             {}
func (Decline) planCommand()            {}
func (AdoptDeadline) planCommand()      {}
func (GiveForecast) planCommand()       {}
func (Start) planCommand()              {}
func (HandleDeviation) planCommand()    {}
func (ConfirmPartner) planCommand()     {}
func (ResolvePartner) planCommand()     {}
func (RecordContribution) planCommand() {}
func (AttachEvidence) planCommand()     {}
func (Complete) planCommand()           {}
func (Reopen) planCommand()             {}
