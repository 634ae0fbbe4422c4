package reportfile

import (
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

// A page is the document as far as it is written.
type page struct {
	title    string
	blocks   []block
	section  string // the last heading
	down     int    // how many levels the headings are moved
	language domain.Language
	names    map[domain.MeasureID]string // of measures
	actors   map[domain.ActorID]string   // of partners, as they are called now
	report   finalreport.Report
}

// say is a phrase in the document's language.
func (p *page) say(phrase domain.Phrase, args ...any) string {
	return phrase.Fill(args...).In(p.language)
}
