package planexport

import "github.com/fosenregionen/framdrift/domain"

func phrase(nb, nn, en string) domain.Phrase { return domain.Phrase{NB: nb, NN: nn, EN: en} }

// words are what an export says besides the plan's own. All of them are words
// that plantable reads.
var words = struct {
	strategy, focusArea, initiative, measure, owners, partners, deadline, status domain.Phrase
	period, adopted, by, in, basedOn, from, and                                  domain.Phrase
}{
	strategy:   phrase("STRATEGI", "STRATEGI", "STRATEGY"),
	focusArea:  phrase("INNSATS", "INNSATS", "FOCUS AREA"),
	initiative: phrase("HANDLINGSPLAN", "HANDLINGSPLAN", "INITIATIVE"),
	measure:    phrase("TILTAK", "TILTAK", "MEASURE"),
	owners:     phrase("ANSVAR", "ANSVAR", "RESPONSIBLE"),
	partners:   phrase("SAMARBEIDSPARTNERE", "SAMARBEIDSPARTNARAR", "PARTNERS"),
	deadline:   phrase("FRIST", "FRIST", "DEADLINE"),
	status:     phrase("STATUS", "STATUS", "STATUS"),
	period:     phrase("Planperiode %[1]s", "Planperiode %[1]s", "Period %[1]s"),
	adopted:    phrase("Vedtatt", "Vedteken", "Adopted"),
	by:         phrase("av", "av", "by"),
	in:         phrase("i sak", "i sak", "in case"),
	basedOn:    phrase("Planen er basert på", "Planen byggjer på", "The plan is based on"),
	from:       phrase("fra", "frå", "from"),
	and:        phrase("og", "og", "and"),
}

// tag is the language as documents name it (BCP 47).
func tag(l domain.Language) string {
	switch l {
	case domain.Nynorsk:
		return "nn-NO"
	case domain.English:
		return "en-GB"
	case domain.Bokmal:
	}
	return "nb-NO"
}
