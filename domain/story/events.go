package story

import "github.com/fosenregionen/framdrift/domain"

// An Event is something that was told about the programme. What was told
// carries its id in its subject (goal/goal-1).
//
//sumtype:decl
type Event interface {
	domain.Event
	storyEvent()
}

// A Kind is what sort of result it is.
type Kind string

// The kinds of result.
const (
	Result      Kind = "result"      // resultat: something that is there now
	Achievement Kind = "achievement" // oppnådd: what the region has come to
	Unplanned   Kind = "unplanned"   // i tillegg: nobody had planned it
)

// Kinds lists every kind of result.
func Kinds() []Kind { return []Kind{Result, Achievement, Unplanned} }

// The events.
type (
	// LeadWritten is the region's own first paragraph.
	LeadWritten struct {
		Text domain.Text `json:"text"`
	}

	// GoalSet is a goal (mål) of the programme.
	GoalSet struct {
		Text domain.Text `json:"text"`
	}

	// ResultRecorded is what came of the work, the goals it serves and the
	// measures it came of.
	ResultRecorded struct {
		Kind     Kind               `json:"kind"`
		Text     domain.Text        `json:"text"`
		Goals    []domain.StoryID   `json:"goals,omitzero"`
		Measures []domain.MeasureID `json:"measures,omitzero"`
	}

	// AdviceGiven is advice to others who want to work together.
	AdviceGiven struct {
		Text domain.Text `json:"text"`
	}

	// ContinuationPlanned is what the region goes on with when the programme is over.
	ContinuationPlanned struct {
		Text     domain.Text        `json:"text"`
		Measures []domain.MeasureID `json:"measures,omitzero"`
	}

	// ObstacleNoted is what stood in the way, or else belongs to the picture.
	ObstacleNoted struct {
		Text     domain.Text        `json:"text"`
		Measures []domain.MeasureID `json:"measures,omitzero"`
	}

	// ExcerptQuoted is a part of a document that the programme began with, such
	// as the application.
	ExcerptQuoted struct {
		Text   domain.Text `json:"text"`
		Source string      `json:"source,omitempty"` // the document it is from
	}

	// DocumentLinked names a document that goes with the report.
	DocumentLinked struct {
		Title string `json:"title"`
		URL   string `json:"url,omitempty"`
	}

	// TeamFormed is a group that did the work. Its members are in the register:
	// bodies, roles and organisations, never names of people.
	TeamFormed struct {
		Name    string           `json:"name"`
		Members []domain.ActorID `json:"members,omitzero"`
		Text    domain.Text      `json:"text,omitempty"`
	}

	// ReportPublished is a report that was given out: the file by its hash, and
	// what it was made of, so that anybody can make it again and compare.
	ReportPublished struct {
		Kind       ReportKind      `json:"kind"`
		File       string          `json:"file"`
		SHA256     string          `json:"sha256"`
		Format     string          `json:"format"`
		Language   domain.Language `json:"language"`
		Per        domain.Date     `json:"per"`  // the T of the report
		View       string          `json:"view"` // known or corrected
		Definition string          `json:"definition"`
		LogSize    int             `json:"logSize"` // events it was built from
		Root       string          `json:"root"`    // of the tree over them, in base64 as in a checkpoint
		// SourceSHA256 is of the page that a PDF was printed from, which the log
		// gives again; the PDF itself has the browser's hand in it.
		SourceSHA256 string `json:"sourceSha256,omitempty"`
		// TemplateSHA256 is of the document whose styles and pages a Word file has.
		TemplateSHA256 string `json:"templateSha256,omitempty"`
		// From and To are the days that a status report tells of.
		From domain.Date `json:"from,omitzero"`
		To   domain.Date `json:"to,omitzero"`
		// Programme is the name of the programme, if it has one.
		Programme string `json:"programme,omitempty"`
	}
)

// A ReportKind is what sort of report was published.
type ReportKind string

// The kinds of report. A programme is of many regions, and is recorded on the log of each.
const (
	Final     ReportKind = "final"     // sluttrapport
	Tertial   ReportKind = "tertial"   // statusrapport from one day to another
	PlanTable ReportKind = "plan"      // the adopted plan with status
	Programme ReportKind = "programme" // regions beside each other
)

// ReportKinds lists every kind of report.
func ReportKinds() []ReportKind { return []ReportKind{Final, Tertial, PlanTable, Programme} }

// EventName is the stored name.
func (LeadWritten) EventName() string { return "lead.written" }

// EventName is the stored name.
func (GoalSet) EventName() string { return "goal.set" }

// EventName is the stored name.
func (ResultRecorded) EventName() string { return "result.recorded" }

// EventName is the stored name.
func (AdviceGiven) EventName() string { return "advice.given" }

// EventName is the stored name.
func (ContinuationPlanned) EventName() string { return "continuation.planned" }

// EventName is the stored name.
func (ObstacleNoted) EventName() string { return "obstacle.noted" }

// EventName is the stored name.
func (ExcerptQuoted) EventName() string { return "excerpt.quoted" }

// EventName is the stored name.
func (DocumentLinked) EventName() string { return "document.linked" }

// EventName is the stored name.
func (TeamFormed) EventName() string { return "team.formed" }

// EventName is the stored name.
func (ReportPublished) EventName() string { return "report.published" }

func (LeadWritten) storyEvent()         {}
func (GoalSet) storyEvent()             {}
func (ResultRecorded) storyEvent()      {}
func (AdviceGiven) storyEvent()         {}
func (ContinuationPlanned) storyEvent() {}
func (ObstacleNoted) storyEvent()       {}
func (ExcerptQuoted) storyEvent()       {}
func (DocumentLinked) storyEvent()      {}
func (TeamFormed) storyEvent()          {}
func (ReportPublished) storyEvent()     {}
