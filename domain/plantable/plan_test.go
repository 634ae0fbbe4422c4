package plantable_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plantable"
)

// document is a plan written as in a test: a line each, | between cells, and
// a blank line where a page ends.
func document(text string) plantable.Document {
	return cut(text, "|")
}

func cut(text, between string) plantable.Document {
	doc := plantable.Document{Name: "plan.txt"}
	ended := false
	for i, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			ended = true
			continue
		}
		l := plantable.Line{Number: i + 1, Break: ended}
		for cell := range strings.SplitSeq(line, between) {
			l.Cells = append(l.Cells, plantable.Cell{Text: strings.ReplaceAll(cell, "¶", "\n")})
		}
		doc.Lines, ended = append(doc.Lines, l), false
	}
	return doc
}

const head = "INNSATS|HANDLINGSPLAN|TILTAK|ANSVAR|SAMARBEIDSPARTNERE|FRIST\n"

func parse(t *testing.T, text string, known ...string) plantable.Draft {
	t.Helper()
	d, err := plantable.Parse(document(text), known...)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// shape is a draft's rows in one string each.
func shape(d plantable.Draft) string {
	var b strings.Builder
	for _, r := range d.Rows {
		fmt.Fprintf(&b, "%s %s / %s / %s / %s:%s:%s", r.ID, r.Strategy, r.FocusArea, r.Initiative, r.Measure, names(r.Owners), names(r.Partners))
		if r.Ongoing {
			b.WriteString(" ongoing")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func names(list []plantable.Name) string {
	text := ""
	for _, n := range list {
		text += " " + n.Text + ","
	}
	return strings.TrimSuffix(text, ",")
}

// doubts is a draft's warnings as line:code, without those about what the
// short plans of the tests do not have.
func doubts(d plantable.Draft) string {
	var codes []string
	for _, w := range d.Warnings {
		if !strings.HasPrefix(string(w.Code), "document.") {
			codes = append(codes, fmt.Sprintf("%d:%s", w.Place.Line, w.Code))
		}
	}
	return strings.Join(codes, " ")
}

var plans = []struct{ rule, text, rows, doubts string }{
	{
		"focus area and initiative run down and stop at the next value",
		head + "A|B|C1|Rådet||\n||C2|Rådet||\n|D|C3|Rådet||\nE||C4|Rådet||\n",
		"t01  / A / B / C1: Rådet:\nt02  / A / B / C2: Rådet:\nt03  / A / D / C3: Rådet:\nt04  / E /  / C4: Rådet:\n", "",
	},
	{
		"owners, partners and deadline never run down",
		head + "A|B|C1|Rådet|NVE|2024\n||C2|||\n",
		"t01  / A / B / C1: Rådet: NVE\nt02  / A / B / C2::\n", "3:row.no-owner",
	},
	{
		"a strategy heading stops what runs down",
		head + "Strategi 1: Vekst|||||\nA|B|C1|Rådet||\nStrategi 2: Vern|||||\n||C2|Rådet||\n",
		"t01 Strategi 1: Vekst / A / B / C1: Rådet:\nt02 Strategi 2: Vern /  /  / C2: Rådet:\n", "",
	},
	{
		"a strategy heading in another column than its sisters is one, and warned about",
		head + "Satsing 1; Vekst|||||\nA|B|C1|Rådet||\n|Satsing 2; Vern||||\nD|E|C2|Rådet||\nSatsing 3; Mer|||||\nF|G|C3|Rådet||\n",
		"t01 Satsing 1; Vekst / A / B / C1: Rådet:\nt02 Satsing 2; Vern / D / E / C2: Rådet:\nt03 Satsing 3; Mer / F / G / C3: Rådet:\n",
		"4:heading.wrong-column",
	},
	{
		"full-width headings are strategies: numbered",
		head + "1. Vekst\nA|B|C1|Rådet||\n2. Vern\nD|E|C2|Rådet||\n",
		"t01 1. Vekst / A / B / C1: Rådet:\nt02 2. Vern / D / E / C2: Rådet:\n", "",
	},
	{
		"full-width headings are strategies: in capitals",
		head + "VEKST OG VERN\nA|B|C1|Rådet||\n",
		"t01 VEKST OG VERN / A / B / C1: Rådet:\n", "",
	},
	{
		"full-width headings are strategies: above rows with their own focus areas",
		head + "Vekst\nA|B|C1|Rådet||\nD|E|C2|Rådet||\nVern\nF|G|C3|Rådet||\n",
		"t01 Vekst / A / B / C1: Rådet:\nt02 Vekst / D / E / C2: Rådet:\nt03 Vern / F / G / C3: Rådet:\n", "",
	},
	{
		"where focus areas are numbered, a number makes no strategy",
		head + "1. Vekst|B|C1|Rådet||\n2. Vern|||||\n|E|C2|Rådet||\n",
		"t01  / 1. Vekst / B / C1: Rådet:\nt02  / 2. Vern / E / C2: Rådet:\n", "",
	},
	{
		"a focus area on a line of its own holds for the rows below",
		head + "A|||||\n|B|C1|Rådet||\n",
		"t01  / A / B / C1: Rådet:\n", "",
	},
	{
		"an initiative on a line of its own holds for the rows below",
		head + "A|B|C1|Rådet||\n|D||||\n||C2|Rådet||\n",
		"t01  / A / B / C1: Rådet:\nt02  / A / D / C2: Rådet:\n", "",
	},
	{
		"a group heading with a bare list below: arrangements",
		head + "A|B|C1|Rådet||\nOrdninger|||||\n|Felles IKT||||\n|Legevakt||||\n",
		"t01  / A / B / C1: Rådet:\no01  / Ordninger / Felles IKT / ::\no02  / Ordninger / Legevakt / ::\n", "",
	},
	{
		"a bare row outside a list is warned about",
		head + "A|B|C1|Rådet||\n|Felles IKT||||\n",
		"t01  / A / B / C1: Rådet:\no01  / A / Felles IKT / ::\n", "3:row.no-measure",
	},
	{
		"an arrangement with the name of an initiative is warned about",
		head + "A|Legevakt|C1|Rådet||\nOrdninger|||||\n|Legevakt||||\n",
		"t01  / A / Legevakt / C1: Rådet:\no01  / Ordninger / Legevakt / ::\n", "4:row.name-twice",
	},
	{
		"a row goes on below a page break with trailing cells only",
		head + "A|B|C1|Rådet|NVE|\n\n|||Plansjef|Statnett|\n",
		"t01  / A / B / C1: Rådet, Plansjef: NVE, Statnett\n", "4:row.joined",
	},
	{
		"a row goes on below repeated headings, page numbers and the title",
		"Tiltaksplan\n" + head + "A|B|C1|Rådet|NVE|\n\nSide 2 av 3\nTiltaksplan\n" + head + "||||Statnett|\n",
		"t01  / A / B / C1: Rådet: NVE, Statnett\n", "8:row.joined",
	},
	{
		"a row goes on below a page break in the middle of a sentence",
		head + "A|B|Lage en plan|Rådet||\n\n||for sykkelveier|||\n",
		"t01  / A / B / Lage en plan for sykkelveier: Rådet:\n", "4:row.joined",
	},
	{
		"a new measure below a page break is a row",
		head + "A|B|Lage plan|Rådet||\n\n||Bygge vei|Rådet||\n",
		"t01  / A / B / Lage plan: Rådet:\nt02  / A / B / Bygge vei: Rådet:\n", "",
	},
	{
		"without a page break a row with an owner and no measure stands alone",
		head + "A|B|C1|Rådet||\n|||Plansjef||\n",
		"t01  / A / B / C1: Rådet:\nt02  / A / B / : Plansjef:\n", "3:row.no-measure",
	},
	{
		"årlig in the measure makes it ongoing, and is said",
		head + "A|B|Arrangere årlig konferanse|Rådet||\n",
		"t01  / A / B / Arrangere årlig konferanse: Rådet: ongoing\n", "2:measure.ongoing",
	},
	{
		"løpende in the deadline makes it ongoing, and needs no saying",
		head + "A|B|C1|Rådet||Løpende\n",
		"t01  / A / B / C1: Rådet: ongoing\n", "",
	},
	{
		"a deadline in words is kept and warned about",
		head + "A|B|C1|Rådet||innen sommeren 2024\n",
		"t01  / A / B / C1: Rådet:\n", "2:deadline.unclear",
	},
	{
		"lines of a measure cell may be measures of their own",
		head + "A|B|Lage plan¶Bygge vei|Rådet||\n",
		"t01  / A / B / Lage plan Bygge vei: Rådet:\n", "2:measure.glued",
	},
	{
		"a place in a measure is not glue",
		head + "A|B|Bygge ny vei i Namdalen|Rådet||\n|D|Merke stier Namdalen rundt|Rådet||\n",
		"t01  / A / B / Bygge ny vei i Namdalen: Rådet:\nt02  / A / D / Merke stier Namdalen rundt: Rådet:\n", "",
	},
	{
		"a hyphen with a space after it is warned about, unless more follows with og",
		head + "A|Ny E- 39|Brann- og redning|Rådet||\n",
		"t01  / A / Ny E- 39 / Brann- og redning: Rådet:\n", "2:text.hyphen",
	},
	{
		"cells beyond the headings and prose among the rows are warned about",
		head + "A|B|C1|Rådet||2024|mer\nPlanen rulleres hvert år.\n",
		"t01  / A / B / C1: Rådet:\n", "2:row.extra-cells 3:line.outside",
	},
	{
		"an owner of other rows under TILTAK: the row looks shifted",
		head + "A|B|C1|Rådet||\n|D|C2|Rådet||\nE|Lage plan|Rådet|NVE||\n",
		"t01  / A / B / C1: Rådet:\nt02  / A / D / C2: Rådet:\nt03  / E / Lage plan / Rådet: NVE:\n", "4:row.shifted",
	},
	{
		"a column for strategies runs down too",
		"STRATEGI|TILTAK|ANSVAR|FRIST\nVekst|C1|Rådet|\n|C2|Rådet|\nVern|C3|Rådet|\n",
		"t01 Vekst /  /  / C1: Rådet:\nt02 Vekst /  /  / C2: Rådet:\nt03 Vern /  /  / C3: Rådet:\n", "",
	},
	{
		"columns stand in any order, with nynorsk and English headings",
		"Når|Partners|Ansvarleg|Aktivitet|Project|Satsingsområde\n2024|NVE|Rådet|C1|B|A\n",
		"t01  / A / B / C1: Rådet: NVE\n", "",
	},
	{
		"an unknown column is kept as notes, a second of the same too",
		"TILTAK|ANSVAR|FRIST|FARGE|AKTIVITET\nC1|Rådet|2024|rød|C9\n",
		"t01  /  /  / C1: Rådet:\n", "1:column.unknown 1:column.twice",
	},
	{
		"a table without owners or deadlines says so",
		"INNSATS|TILTAK\nA|C1\n",
		"t01  / A /  / C1::\n", "1:column.none 1:column.none 2:row.no-owner",
	},
}

func TestParse(t *testing.T) {
	for _, tt := range plans {
		t.Run(tt.rule, func(t *testing.T) {
			d := parse(t, tt.text)
			if got := shape(d); got != tt.rows {
				t.Errorf("rows\n got %s\nwant %s", got, tt.rows)
			}
			if got := doubts(d); got != tt.doubts {
				t.Errorf("doubts\n got %s\nwant %s", got, tt.doubts)
			}
		})
	}
}

func TestThePackageCommentIsTrue(t *testing.T) {
	d := parse(t, `HANDLINGSPLAN Namdalen 2025-2028
Vedtatt av regionrådet 03.12.2024, sak 41/24

INNSATS          | HANDLINGSPLAN | TILTAK           | ANSVAR
1. Næring        |               |                  |
Kompetanse       | Fagbrev       | Årlig kursuke    | Rådet/Næringssjef
                 |               | Kartlegge behov  | Rådet
Felles tjenester |               |                  |
                 | Namdal IKT    |                  |
`)
	p := d.Plan
	if got := fmt.Sprint(p.Title.Text, p.Period.From, p.Period.To, p.Decision); got !=
		"HANDLINGSPLAN Namdalen 2025-20282025-01-01 2028-12-31 {regionrådet 41/24 2024-12-03 [2]}" {
		t.Error(got)
	}
	if got := shape(d); got != "t01 1. Næring / Kompetanse / Fagbrev / Årlig kursuke: Rådet, Næringssjef: ongoing\n"+
		"t02 1. Næring / Kompetanse / Fagbrev / Kartlegge behov: Rådet:\no01 1. Næring / Felles tjenester / Namdal IKT / ::\n" {
		t.Error(got)
	}
}

func TestARowRunsOverNoMoreThanTwentyPages(t *testing.T) {
	d := parse(t, head+"A|B|C1|Rådet|NVE|\n"+strings.Repeat("\n||||Statnett|\n", 25))
	if got := len(d.Rows[0].Places); got != 20 || len(d.Rows) != 7 {
		t.Errorf("%d places, %d rows", got, len(d.Rows))
	}
}

func TestNotesKeepTheirHeading(t *testing.T) {
	d := parse(t, "TILTAK|ANSVAR|FARGE\nC1|Rådet|rød|og mer\n")
	if got, want := fmt.Sprint(d.Rows[0].Notes), "[{FARGE rød} { og mer}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestRefusals(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		rule       domain.Rule
	}{
		{"nothing", "", plantable.NoHeader},
		{"prose", "Dette er ingen plan\n", plantable.NoHeader},
		{"headings without TILTAK", "INNSATS|ANSVAR\nA|Rådet\n", plantable.NoMeasureColumn},
		{"headings only", head, plantable.HeaderOnly},
		{"headings and strategies only", head + "1. Vekst\n2. Vern\n", plantable.HeaderOnly},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := plantable.Parse(document(tt.text))
			if !tt.rule.Breaks(err) || domain.KindOf(err) != domain.Invalid {
				t.Errorf("got %v, want %s", err, tt.rule.Code)
			}
		})
	}
}

func TestWarningsPointAtCellsWhereCellsHaveNames(t *testing.T) {
	doc := document(head + "A|B|C1|Rådet||en gang\n")
	doc.Lines[1].Row = 2
	d, err := plantable.Parse(doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range d.Warnings {
		if w.Code == plantable.DeadlineUnclear && w.Place == (plantable.Place{Line: 2, Cell: "F2"}) {
			return
		}
	}
	t.Errorf("no warning at F2: %v", d.Warnings)
}

func TestEveryCodeSpeaksThreeLanguages(t *testing.T) {
	for _, code := range plantable.Codes() {
		if m := code.Message(); m.NB == "" || m.NN == "" || m.EN == "" || m.NB == m.EN {
			t.Errorf("%s: %v", code, m)
		}
	}
}
