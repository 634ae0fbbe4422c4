package plantable

import (
	"cmp"
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
)

// A Warning is a doubt about one place of the document. What it doubts is
// kept as it stands.
type Warning struct {
	Place   Place
	Code    Code
	Row     domain.MeasureID // the row it is about; empty for the document
	Message domain.Phrase
	// Suggestion is the other reading; nil where there is none to offer.
	Suggestion Suggestion
}

// A Suggestion is what some cells of the row would hold instead.
type Suggestion []Change

// A Change is one column and its other contents: several names, or several
// measures where one row would become as many; none where it would be empty.
type Change struct {
	Column Column
	Values []string
}

// Text is the suggestion as people read it.
func (s Suggestion) Text() domain.Phrase {
	in := func(l domain.Language) string {
		parts := make([]string, len(s))
		for i, c := range s {
			values := "–"
			if len(c.Values) > 0 {
				values = "«" + strings.Join(c.Values, "» | «") + "»"
			}
			parts[i] = columnLabels[c.Column].In(l) + ": " + values
		}
		return strings.Join(parts, "; ")
	}
	return domain.Phrase{NB: in(domain.Bokmal), NN: in(domain.Nynorsk), EN: in(domain.English)}
}

func (d *Draft) warn(at Place, row domain.MeasureID, code Code, args ...any) *Warning {
	d.Warnings = append(d.Warnings, Warning{Place: at, Row: row, Code: code, Message: messages[code].Fill(args...)})
	return &d.Warnings[len(d.Warnings)-1]
}

func (d *Draft) sortWarnings() {
	slices.SortStableFunc(d.Warnings, func(a, b Warning) int { return cmp.Compare(a.Place.Line, b.Place.Line) })
}

// A Code names one sort of doubt. Codes are stable: they are stored with the import.
type Code string

// The doubts there are.
const (
	// NoTitle: no line above the table reads as the plan's title.
	NoTitle Code = "document.no-title"
	// NoOrganisation: the text above the table does not say whose plan it is.
	NoOrganisation Code = "document.no-organisation"
	// OrganisationUncertain: the organisation is taken from the title alone.
	OrganisationUncertain Code = "document.organisation-uncertain"
	// NoPeriod: the document does not say which years the plan is for.
	NoPeriod Code = "document.no-period"
	// PeriodDiffers: two lines give different years.
	PeriodDiffers Code = "document.period-differs"
	// NoDecision: the document does not carry the decision that adopted it.
	NoDecision Code = "document.no-decision"
	// DecisionIncomplete: the decision lacks its body, case or date.
	DecisionIncomplete Code = "document.decision-incomplete"
	// DecisionDiffers: two lines date the decision differently.
	DecisionDiffers Code = "document.decision-differs"
	// EncodingGuessed: the text is not UTF-8, and was taken for what older Windows programs write.
	EncodingGuessed Code = "document.encoding"
	// ColumnUnknown: a heading that could not be placed; its cells are kept as notes.
	ColumnUnknown Code = "column.unknown"
	// ColumnTwice: two headings mean the same; the cells of the second are kept as notes.
	ColumnTwice Code = "column.twice"
	// ColumnNone: the table has no column for owners, or none for deadlines.
	ColumnNone Code = "column.none"
	// HeadingWrongColumn: a strategy heading stands in another column than its sisters.
	HeadingWrongColumn Code = "heading.wrong-column"
	// HeadingUncertain: a line reads as a strategy heading by its place, but not by its form.
	HeadingUncertain Code = "heading.uncertain"
	// HeadingEmpty: nothing stands under a heading.
	HeadingEmpty Code = "heading.empty"
	// RowJoined: a row went on below a page break, and was joined.
	RowJoined Code = "row.joined"
	// RowShifted: the cells of a row look moved by one column; kept as they stand.
	RowShifted Code = "row.shifted"
	// RowNoMeasure: a row outside a bare list has no measure.
	RowNoMeasure Code = "row.no-measure"
	// RowNoOwner: a measure has no owner.
	RowNoOwner Code = "row.no-owner"
	// RowNoPartners: a measure has no partners where nearly all others have.
	RowNoPartners Code = "row.no-partners"
	// RowExtraCells: a row has cells to the right of the last heading.
	RowExtraCells Code = "row.extra-cells"
	// RowHidden: a row that the sheet hides is read all the same.
	RowHidden Code = "row.hidden"
	// RowNameTwice: an arrangement has the name of an initiative elsewhere.
	RowNameTwice Code = "row.name-twice"
	// MeasureGlued: a measure reads as two or more.
	MeasureGlued Code = "measure.glued"
	// MeasureOngoing: a measure is taken as ongoing from a word in its text.
	MeasureOngoing Code = "measure.ongoing"
	// TextHyphen: a hyphen with a space after it, as when a line was broken.
	TextHyphen Code = "text.hyphen"
	// OwnersUncertain: where one owner ends and the next begins is uncertain.
	OwnersUncertain Code = "owners.uncertain"
	// PartnersUncertain: where one partner ends and the next begins is uncertain.
	PartnersUncertain Code = "partners.uncertain"
	// CellMerged: a cell is merged with the one above; what stands there is taken for both rows.
	CellMerged Code = "cell.merged"
	// DeadlineUnclear: the deadline names no certain day; only its text is kept.
	DeadlineUnclear Code = "deadline.unclear"
	// LineOutside: a line within the table that is no part of it.
	LineOutside Code = "line.outside"
	// SheetHidden: a sheet that the workbook hides is not read.
	SheetHidden Code = "sheet.hidden"
	// TableOutside: a sheet or table without a plan's headings.
	TableOutside Code = "table.outside"
)

// Codes lists every code a warning can have.
func Codes() []Code {
	codes := make([]Code, 0, len(messages))
	for c := range messages {
		codes = append(codes, c)
	}
	slices.Sort(codes)
	return codes
}

// Message is what a code says, with places for what it is about.
func (c Code) Message() domain.Phrase { return messages[c] }
