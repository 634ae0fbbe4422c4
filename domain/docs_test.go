package domain_test

import (
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/docstest"
)

// Every word that people read in place of a stored name stands in docs/glossary.md.
func TestDocsGlossary(t *testing.T) {
	var page strings.Builder
	for _, v := range []struct {
		heading string
		words   domain.Vocabulary
	}{
		{"Columns of a plan", domain.ColumnWords},
		{"Kinds of row", domain.MeasureKindWords},
		{"States of a measure and of a period", domain.StateWords},
		{"What an owner says in a report", domain.StatusWords},
		{"What has become of a report", domain.StandingWords},
		{"Kinds of result", domain.ResultKindWords},
		{"Kinds of report", domain.ReportKindWords},
		{"Roles of users", domain.RoleWords},
		{"Kinds of actor", domain.ActorKindWords},
		{"Sectors", domain.SectorWords},
		{"Channels", domain.ChannelWords},
		{"Events", domain.EventWords},
		{"Fields that a change may name", domain.FieldWords},
	} {
		rows := [][]string{{"stored name", "bokmål", "nynorsk", "English"}}
		for _, name := range v.words.Names() {
			word := v.words.Of(name)
			rows = append(rows, []string{"`" + name + "`", word.NB, word.NN, word.EN})
		}
		page.WriteString("### " + v.heading + "\n\n" + docstest.Table(rows...) + "\n")
	}
	docstest.Section(t, "docs/glossary.md", "words", page.String())
}
