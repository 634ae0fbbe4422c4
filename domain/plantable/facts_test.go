package plantable_test

import (
	"encoding/json"
	"testing"

	"github.com/fosenregionen/framdrift/domain/plantable"
)

const table = "TILTAK|ANSVAR|FRIST\nC1|Rådet|2024\n"

func TestThePlanSaysWhatItIs(t *testing.T) {
	for _, tt := range []struct{ rule, above, want string }{
		{
			"title, years and decision on lines of their own",
			"Nordhordland\nHANDLINGSPLAN Nordhordland\n2024–2027\nVEDTATT I RS 03/22 AV REPRESENTANTSKAPET 10.06.2022\n",
			`{"organisation":"Nordhordland","organisationForm":null,"title":"HANDLINGSPLAN Nordhordland 2024–2027",` +
				`"period":{"from":"2024-01-01","to":"2027-12-31","raw":"2024–2027"},` +
				`"decision":{"body":"REPRESENTANTSKAPET","case":"RS 03/22","date":"2022-06-10"},"basedOn":[],"strategies":[],` +
				`"lines":{"decision":[4],"organisation":[2],"period":[3],"title":[2,3]}}`,
		},
		{
			"a municipality's line, one year, decision spread over two lines",
			"Nordre Vik kommune\nHandlingsprogram 2025\nVedtatt av kommunestyret 12. desember 2024\nSak PS 88/24, vedtatt\n",
			`{"organisation":"Nordre Vik kommune","organisationForm":"kommune","title":"Handlingsprogram 2025",` +
				`"period":{"from":"2025-01-01","to":"2025-12-31","raw":"2025"},` +
				`"decision":{"body":"kommunestyret","case":"PS 88/24","date":"2024-12-12"},"basedOn":[],"strategies":[],` +
				`"lines":{"decision":[3,4],"organisation":[1],"organisationForm":[1],"period":[2],"title":[2]}}`,
		},
		{
			"title and decision in one line, and what the plan builds on",
			"Tiltaksplan 2025-28, vedteken i regionrådet 1.2.2025\nPlanen byggjer på Klimaplan (2023), Regional plan 2024 og Folkehelseplan\n",
			`{"organisation":null,"organisationForm":null,"title":"Tiltaksplan 2025-28",` +
				`"period":{"from":"2025-01-01","to":"2028-12-31","raw":"2025-28"},"decision":{"body":"regionrådet","date":"2025-02-01"},` +
				`"basedOn":[{"title":"Klimaplan","year":2023},{"title":"Regional plan","year":2024},{"title":"Folkehelseplan"}],"strategies":[],` +
				`"lines":{"basedOn":[2,2,2],"decision":[1],"period":[1],"title":[1]}}`,
		},
		{
			"nothing above the table", "",
			`{"organisation":null,"organisationForm":null,"title":null,"period":null,"decision":null,"basedOn":[],"strategies":[],"lines":{}}`,
		},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			d := parse(t, tt.above+table)
			got, err := json.Marshal(d.Outside("nb").Document)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestWhatThePlanDoesNotSayIsWarnedAbout(t *testing.T) {
	for _, tt := range []struct {
		rule, above string
		code        plantable.Code
		line        int
	}{
		{"no title", "", plantable.NoTitle, 1},
		{"no organisation", "Tiltaksplan 2024-2026\n", plantable.NoOrganisation, 2},
		{"an organisation from the title alone", "Tiltaksplan for Namdalen 2024-2026\n", plantable.OrganisationUncertain, 1},
		{"no period", "Tiltaksplan\n", plantable.NoPeriod, 2},
		{"two periods", "Tiltaksplan 2024-2026\nGjelder 2024-2027\n", plantable.PeriodDiffers, 2},
		{"no decision", "Tiltaksplan 2024-2026\n", plantable.NoDecision, 2},
		{"a decision without a case", "Vedtatt av rådet 1.2.2024\n", plantable.DecisionIncomplete, 1},
		{"two dates", "Vedtatt i RS 1/24 av rådet 1.2.2024\nVedtatt av rådet 2.2.2024\n", plantable.DecisionDiffers, 2},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			d := parse(t, tt.above+table)
			for _, w := range d.Warnings {
				if w.Code == tt.code {
					if w.Place.Line != tt.line {
						t.Errorf("at line %d, want %d", w.Place.Line, tt.line)
					}
					return
				}
			}
			t.Errorf("no %s in %s", tt.code, doubts(d))
		})
	}
}
