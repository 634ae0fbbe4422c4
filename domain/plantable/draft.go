package plantable

import "github.com/fosenregionen/framdrift/domain"

// A Draft is a plan as a document gives it: a proposal for a person to accept.
type Draft struct {
	Plan     Plan
	Rows     []Row
	Warnings []Warning // in the order of their places
}

// A Plan is what the document says about itself. What it does not say is
// empty, and warned about where an import needs it.
type Plan struct {
	Organisation     Fact
	OrganisationForm Fact
	Title            Fact
	Period           Period
	Decision         Decision
	BasedOn          []Basis
	Strategies       []Fact // in the order of the table
}

// A Fact is a piece of the document's own text and the lines it stands on.
type Fact struct {
	Text  string
	Lines []int
}

// A Period is the years a plan is for: from 1 January to 31 December.
type Period struct {
	Raw      string
	From, To domain.Date
	Lines    []int
}

// A Decision (vedtak) is the one that adopted the plan, where the document carries it.
type Decision struct {
	Body  string // as written
	Case  string // «RS 03/22»
	Date  domain.Date
	Lines []int
}

// A Basis is a document that the plan says it builds on. Year 0 is unknown.
type Basis struct {
	Title string
	Year  int
	Line  int
}

// A Kind says what a row is.
type Kind uint8

const (
	// Measure (tiltak) is something to be done.
	Measure Kind = iota
	// Arrangement (ordning) is a standing cooperation on a bare list: no
	// measure, no owner, outside every denominator.
	Arrangement
)

// A Row is one measure or arrangement.
type Row struct {
	// ID is its place in the adopted order: t01, t02 … and o01, o02 …
	ID   domain.MeasureID
	Kind Kind
	// Ongoing is a measure that the document calls løpende or årlig.
	Ongoing    bool
	Strategy   string // the heading it stands under, verbatim
	FocusArea  string // innsats
	Initiative string // handlingsplan; the name of an arrangement
	Measure    string // tiltak
	Owners     []Name
	Partners   []Name
	Deadline   Deadline
	Cost       string
	Status     string
	Notes      []Note // columns that have no place here
	Places     []Place
	// Raw is the cells as they stood, with tabs between them and a line for each line.
	Raw string
}

// A Note is a cell kept under a heading that is not understood.
type Note struct {
	Heading, Text string
}
