package plantable

import (
	"strings"

	"github.com/fosenregionen/framdrift/domain"
)

// A Confidence is how sure a reading is. Only Uncertain is warned about.
type Confidence uint8

// From what a person should look at to what the text itself says.
const (
	Uncertain Confidence = iota
	Likely
	Certain
)

func (c Confidence) String() string { return [...]string{"uncertain", "likely", "certain"}[c] }

// A Name is one owner or partner, with how sure its ends are and by which
// rule the weakest of them was found.
type Name struct {
	Text       string
	Confidence Confidence
	By         Reason
}

// A Reason is the rule by which two words were parted or kept together.
type Reason string

// The rules, the strongest first.
const (
	// ByCell: the name is all there is in the cell.
	ByCell Reason = "cell"
	// BySeparator: comma, semicolon, slash, bullet or line break.
	BySeparator Reason = "separator"
	// ByForm: a company form ends a name (Fosenbrua AS).
	ByForm Reason = "company-form"
	// ByMunicipality: kommune or fylkeskommune ends a name, or a place before it begins one.
	ByMunicipality Reason = "municipality"
	// ByKnown: the register or the rest of the document has the name.
	ByKnown Reason = "known"
	// ByCase: a capital follows a small letter (næringsliv Politiske partier).
	ByCase Reason = "lower-case-end"
	// ByPlace: a place ends what stands in it (kulturliv i Fosen), or begins
	// the name of what belongs to it (Fosen IKT).
	ByPlace Reason = "place"
	// ByCollective: a definite plural is a whole name (Kommunene).
	ByCollective Reason = "collective"
	// ByBody: the word is a body, role or institution (Politiråd, Nord Universitet).
	ByBody Reason = "body"
	// ByDefinite: a long definite noun is a whole name (Frivilligsentralen).
	ByDefinite Reason = "definite"
	// ByAcronym: capitals alone are a whole name, unless one lone word follows (NTNU Videre).
	ByAcronym Reason = "acronym"
	// ByOpening: the word begins names elsewhere in the document.
	ByOpening Reason = "opens-elsewhere"
	// ByConjunction: two names with og between them.
	ByConjunction Reason = "conjunction"
	// ByDefault: nothing says that the words part, so they are kept together.
	ByDefault Reason = "default"
)

// A cut is what happens between two words: they part, or are kept together.
type cut struct {
	parts bool
	sure  Confidence
	by    Reason
}

func part(sure Confidence, by Reason) cut { return cut{true, sure, by} }
func keep(sure Confidence, by Reason) cut { return cut{false, sure, by} }

// Split tells the names in a cell apart as a Norwegian reader does, by the
// marks in the cell, by how Norwegian organisations are written and by names
// that are already known. It is what Parse does with each cell of owners or
// partners, without the rest of a document to learn from.
func Split(cell string, known ...string) []Name {
	return newVocabulary(known).split(wordsOf(cell)).names
}

// A splitting is the names of a cell and, where some end is uncertain, the
// other reading.
type splitting struct {
	names []Name
	other []string // nil when every end is at least likely
}

func (v *vocabulary) split(c cellWords) splitting {
	if len(c.words) == 0 {
		return splitting{}
	}
	cuts := newReader(v, c).cuts()
	names := namesOf(c, cuts)
	return splitting{names, otherReading(c, cuts)}
}

// namesOf cuts the cell; each name is as sure as its weakest cut.
func namesOf(c cellWords, cuts []cut) []Name {
	var names []Name
	start := 0
	weakest := keep(Certain, ByCell)
	weaken := func(k cut) {
		if k.sure < weakest.sure || weakest.by == ByCell && k.by != ByCell {
			weakest = k
		}
	}
	for i := 1; i <= len(c.words); i++ {
		if i < len(c.words) {
			weaken(cuts[i])
			if !cuts[i].parts {
				continue
			}
		}
		from, to := trimConjunction(c, start, i)
		if from < to {
			names = append(names, Name{c.span(from, to), weakest.sure, weakest.by})
		}
		start, weakest = i, keep(Certain, ByCell)
		if i < len(c.words) {
			weakest = cuts[i]
		}
	}
	return names
}

// trimConjunction leaves out the og that stood between two names.
func trimConjunction(c cellWords, from, to int) (int, int) {
	for from > 0 && from < to && conjunctions[c.word(from)] {
		from++
	}
	return from, to
}

// otherReading joins what was parted on weak grounds; where nothing was, it
// parts what was kept together on weak grounds.
func otherReading(c cellWords, cuts []cut) []string {
	parted, kept := false, false
	for _, k := range cuts[1:] {
		if k.sure == Uncertain {
			parted = parted || k.parts
			kept = kept || !k.parts
		}
	}
	if !parted && !kept {
		return nil
	}
	turned := make([]cut, len(cuts))
	for i, k := range cuts {
		if k.sure == Uncertain && k.parts == parted {
			k.parts = !k.parts
		}
		turned[i] = k
	}
	var other []string
	for _, n := range namesOf(c, turned) {
		other = append(other, n.Text)
	}
	return other
}

var conjunctions = words("og and samt &")

// uncertainNames warns about a cell whose names are told apart on weak grounds.
func (d *Draft) uncertainNames(at Place, row domain.MeasureID, column Column, s splitting) {
	if s.other == nil {
		return
	}
	code := PartnersUncertain
	if column == ColumnOwners {
		code = OwnersUncertain
	}
	d.warn(at, row, code, excerpt(listed(s.names))).Suggestion = Suggestion{{column, s.other}}
}

// listed is the names as a message shows them; a long list is cut by excerpt.
func listed(names []Name) string {
	var b strings.Builder
	for i, n := range names {
		if i > 0 {
			b.WriteString(" | ")
		}
		b.WriteString("«" + n.Text + "»")
	}
	return b.String()
}
