package story

import "github.com/fosenregionen/framdrift/domain"

// A Command asks for something to be told.
//
//sumtype:decl
type Command interface {
	domain.Command
	storyCommand()
}

// As is the id that something is told under: the next free one when it is
// empty, and anew when it has been told before.
type As struct{ ID domain.StoryID }

// The commands.
type (
	// WriteLead is the region's own first paragraph; there is one.
	WriteLead struct {
		Text domain.Text
	}

	// SetGoal sets a goal.
	SetGoal struct {
		As
		Text domain.Text
	}

	// RecordResult says what came of the work. Without a kind it is a Result.
	RecordResult struct {
		As
		Kind     Kind
		Text     domain.Text
		Goals    []domain.StoryID
		Measures []domain.MeasureID
	}

	// GiveAdvice advises others.
	GiveAdvice struct {
		As
		Text domain.Text
	}

	// PlanContinuation says what goes on afterwards.
	PlanContinuation struct {
		As
		Text     domain.Text
		Measures []domain.MeasureID
	}

	// NoteObstacle says what stood in the way.
	NoteObstacle struct {
		As
		Text     domain.Text
		Measures []domain.MeasureID
	}

	// QuoteExcerpt quotes what the programme began with.
	QuoteExcerpt struct {
		As
		Text   domain.Text
		Source string
	}

	// LinkDocument names a document; a link to it begins with http:// or https://.
	LinkDocument struct {
		As
		Title string
		URL   string
	}

	// FormTeam says who did the work.
	FormTeam struct {
		As
		Name    string
		Members []domain.ActorID
		Text    domain.Text
	}

	// PublishReport says that a report was given out. The same file again
	// changes nothing.
	PublishReport struct{ Report ReportPublished }
)

// CommandName is the name in the table of permissions.
func (WriteLead) CommandName() string { return "lead.write" }

// CommandName is the name in the table of permissions.
func (SetGoal) CommandName() string { return "goal.set" }

// CommandName is the name in the table of permissions.
func (RecordResult) CommandName() string { return "result.record" }

// CommandName is the name in the table of permissions.
func (GiveAdvice) CommandName() string { return "advice.give" }

// CommandName is the name in the table of permissions.
func (PlanContinuation) CommandName() string { return "continuation.plan" }

// CommandName is the name in the table of permissions.
func (NoteObstacle) CommandName() string { return "obstacle.note" }

// CommandName is the name in the table of permissions.
func (QuoteExcerpt) CommandName() string { return "excerpt.quote" }

// CommandName is the name in the table of permissions.
func (LinkDocument) CommandName() string { return "document.link" }

// CommandName is the name in the table of permissions.
func (FormTeam) CommandName() string { return "team.form" }

// CommandName is the name in the table of permissions.
func (PublishReport) CommandName() string { return "report.publish" }

func (WriteLead) storyCommand()        {}
func (SetGoal) storyCommand()          {}
func (RecordResult) storyCommand()     {}
func (GiveAdvice) storyCommand()       {}
func (PlanContinuation) storyCommand() {}
func (NoteObstacle) storyCommand()     {}
func (QuoteExcerpt) storyCommand()     {}
func (LinkDocument) storyCommand()     {}
func (FormTeam) storyCommand()         {}
func (PublishReport) storyCommand()    {}
