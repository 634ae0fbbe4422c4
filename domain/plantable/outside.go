package plantable

import (
	"encoding/json"

	"github.com/fosenregionen/framdrift/domain"
)

// Outside is a draft as `framdrift plan read --json` prints it. The columns
// keep their Norwegian names, because they are the document's own.
type Outside struct {
	Document OutsideDocument  `json:"document"`
	Rows     []OutsideRow     `json:"rows"`
	Warnings []OutsideWarning `json:"warnings"`
}

// OutsideDocument is what the document says about itself; null is unknown.
// Lines says where each fact stands.
type OutsideDocument struct {
	Organisation     *string          `json:"organisation"`
	OrganisationForm *string          `json:"organisationForm"`
	Title            *string          `json:"title"`
	Period           *OutsidePeriod   `json:"period"`
	Decision         *OutsideDecision `json:"decision"`
	BasedOn          []OutsideBasis   `json:"basedOn"`
	Strategies       []string         `json:"strategies"`
	Lines            map[string][]int `json:"lines"`
}

// OutsidePeriod is the first and the last day, and the years as written.
type OutsidePeriod struct {
	From domain.Date `json:"from"`
	To   domain.Date `json:"to"`
	Raw  string      `json:"raw"`
}

// OutsideDecision leaves out what the document does not say.
type OutsideDecision struct {
	Body string      `json:"body,omitempty"`
	Case string      `json:"case,omitempty"`
	Date domain.Date `json:"date,omitzero"`
}

// OutsideBasis is a document the plan builds on.
type OutsideBasis struct {
	Title string `json:"title"`
	Year  int    `json:"year,omitempty"`
}

// OutsideRow is one row. Frist is null where the document gives none, and
// frist_iso also where the text names no certain day.
type OutsideRow struct {
	Kind        string        `json:"kind"` // tiltak or ordning
	Ongoing     bool          `json:"ongoing,omitempty"`
	Strategy    string        `json:"strategi"`
	FocusArea   string        `json:"innsats"`
	Initiative  string        `json:"handlingsplan"`
	Measure     string        `json:"tiltak"`
	Owners      []string      `json:"ansvar"`
	Partners    []string      `json:"samarbeidspartnere"`
	DeadlineRaw *string       `json:"frist_raw"`
	DeadlineISO *domain.Date  `json:"frist_iso"`
	Cost        string        `json:"kostnad,omitempty"`
	Status      string        `json:"status,omitempty"`
	Notes       []OutsideNote `json:"merknader,omitempty"`
	Lines       []int         `json:"lines"`
}

// OutsideNote is a cell under a heading that could not be placed.
type OutsideNote struct {
	Heading string `json:"kolonne"`
	Text    string `json:"tekst"`
}

// OutsideWarning has the cell in formats where cells have names, else the
// line. Reading is the suggestion for programs: the columns that would
// change and what they would hold.
type OutsideWarning struct {
	Line       int                 `json:"line,omitempty"`
	Cell       string              `json:"cell,omitempty"`
	Code       Code                `json:"code"`
	Message    string              `json:"message"`
	Suggestion *string             `json:"suggestion"`
	Reading    map[string][]string `json:"reading,omitempty"`
}

// MarshalJSON writes the outside form in bokmål.
func (d Draft) MarshalJSON() ([]byte, error) { return json.Marshal(d.Outside(domain.Bokmal)) }

// Outside is the draft's outside form with its messages in a language.
func (d Draft) Outside(l domain.Language) Outside {
	out := Outside{
		Document: d.Plan.outside(),
		Rows:     make([]OutsideRow, len(d.Rows)),
		Warnings: make([]OutsideWarning, len(d.Warnings)),
	}
	for i, r := range d.Rows {
		out.Rows[i] = r.outside()
	}
	for i, w := range d.Warnings {
		out.Warnings[i] = w.outside(l)
	}
	return out
}

func (p Plan) outside() OutsideDocument {
	d := OutsideDocument{
		BasedOn:    []OutsideBasis{},
		Strategies: []string{},
		Lines:      map[string][]int{},
	}
	stands := func(key string, lines []int) {
		if len(lines) > 0 {
			d.Lines[key] = lines
		}
	}
	fact := func(key string, f Fact) *string {
		stands(key, f.Lines)
		return known(f.Text)
	}
	d.Organisation = fact("organisation", p.Organisation)
	d.OrganisationForm = fact("organisationForm", p.OrganisationForm)
	d.Title = fact("title", p.Title)
	if p.Period.Raw != "" {
		d.Period = &OutsidePeriod{p.Period.From, p.Period.To, p.Period.Raw}
		stands("period", p.Period.Lines)
	}
	if len(p.Decision.Lines) > 0 {
		d.Decision = &OutsideDecision{p.Decision.Body, p.Decision.Case, p.Decision.Date}
		stands("decision", p.Decision.Lines)
	}
	for _, b := range p.BasedOn {
		d.BasedOn = append(d.BasedOn, OutsideBasis{b.Title, b.Year})
		stands("basedOn", append(d.Lines["basedOn"], b.Line))
	}
	for _, s := range p.Strategies {
		d.Strategies = append(d.Strategies, s.Text)
		stands("strategies", append(d.Lines["strategies"], s.Lines...))
	}
	return d
}

func known(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func (r Row) outside() OutsideRow {
	out := OutsideRow{
		Kind: "tiltak", Ongoing: r.Ongoing,
		Strategy: r.Strategy, FocusArea: r.FocusArea, Initiative: r.Initiative, Measure: r.Measure,
		Owners: namesAlone(r.Owners), Partners: namesAlone(r.Partners),
		DeadlineRaw: known(r.Deadline.Raw), Cost: r.Cost, Status: r.Status,
	}
	if r.Kind == Arrangement {
		out.Kind = "ordning"
	}
	if !r.Deadline.Date.IsZero() {
		out.DeadlineISO = &r.Deadline.Date
	}
	for _, n := range r.Notes {
		out.Notes = append(out.Notes, OutsideNote(n))
	}
	for _, p := range r.Places {
		out.Lines = append(out.Lines, p.Line)
	}
	return out
}

// namesAlone is the texts, never nil: an empty list is [] outside.
func namesAlone(names []Name) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n.Text
	}
	return out
}

func (w Warning) outside(l domain.Language) OutsideWarning {
	out := OutsideWarning{Code: w.Code, Message: w.Message.In(l)}
	if out.Cell = w.Place.Cell; out.Cell == "" {
		out.Line = w.Place.Line
	}
	if w.Suggestion == nil {
		return out
	}
	out.Suggestion = known(w.Suggestion.Text().In(l))
	out.Reading = map[string][]string{}
	for _, c := range w.Suggestion {
		out.Reading[c.Column.String()] = append([]string{}, c.Values...)
	}
	return out
}
