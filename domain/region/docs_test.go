package region_test

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/docstest"
	"github.com/fosenregionen/framdrift/domain/region"
)

// Every rule stands in docs/rules.md with its sentence.
func TestDocsRules(t *testing.T) {
	all := slices.Clone(region.Rules())
	slices.SortFunc(all, func(a, b domain.Rule) int { return cmp.Compare(a.Code, b.Code) })
	kinds := map[domain.Kind]string{domain.Refused: "refused, 3", domain.Invalid: "invalid, 2", domain.Forbidden: "forbidden, 4"}
	filled := regexp.MustCompile(`%\[[1-9]\][a-z]`)
	sentence := func(s string) string { return filled.ReplaceAllString(strings.TrimSpace(s), "…") }
	rows := [][]string{{"code", "kind, exit code", "bokmål", "English"}}
	for _, r := range all {
		if kinds[r.Kind] == "" {
			t.Errorf("%s is of a kind that the page has no word for", r.Code)
		}
		rows = append(rows, []string{"`" + r.Code + "`", kinds[r.Kind], sentence(r.Text.NB), sentence(r.Text.EN)})
	}
	docstest.Section(t, "docs/rules.md", "rules", docstest.Table(rows...))
}

// Who may give which command.
func TestDocsPermissions(t *testing.T) {
	rows := [][]string{{"command"}}
	for _, role := range domain.Roles() {
		rows[0] = append(rows[0], string(role)+" ("+domain.RoleWords.Of(string(role)).NB+")")
	}
	for _, command := range domain.Commands() {
		row := []string{"`" + command + "`"}
		for _, role := range domain.Roles() {
			switch {
			case !role.May(command):
				row = append(row, "")
			case role.OwnMeasureOnly():
				row = append(row, "own measures")
			default:
				row = append(row, "yes")
			}
		}
		rows = append(rows, row)
	}
	docstest.Section(t, "docs/rules.md", "permissions", docstest.Table(rows...))
}
