package dashboards

import (
	"fmt"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// of is a metric of the plan that is chosen.
func of(metric string, matchers ...string) string {
	all := append([]string{`region="$region"`, `plan="$plan"`, `view="$view"`}, matchers...)
	return metric + "{" + strings.Join(all, ",") + "}"
}

const (
	numerator   = "framdrift_delivery_numerator"
	denominator = "framdrift_delivery_denominator"
	added       = `component=~"k[124567]"` // those that add up
)

// share is numerators ÷ denominators, by some labels; nothing under five (R5).
func share(by string, matchers ...string) string {
	n, d := "sum by ("+by+") ("+of(numerator, matchers...)+")", "sum by ("+by+") ("+of(denominator, matchers...)+")"
	return fmt.Sprintf("%s / %s and %s >= 5", n, d, d)
}

// k3 is that of the whole plan, at most 1; nothing of fewer than five deliverables.
func k3() string {
	halves := of(numerator, `component="k3"`, `strategy=""`) + " / " + of(denominator, `component="k3"`, `strategy=""`)
	return "sum by (component) (clamp_max(" + halves + ", 1) and on (region, plan) " + of("framdrift_delivery_dated", `strategy=""`) + " >= 5)"
}

func profile() []Query {
	return []Query{{share("component", added), "{{component}}"}, {k3(), "{{component}}"}}
}

// components are their names in bokmål: k1 is shown as K1 forankring.
func components() []Name {
	var all []Name
	for _, c := range delivery.Components() {
		all = append(all, Name{Series: strings.ToLower(string(c)), Shown: string(c) + " " + c.Name().In(domain.Bokmal)})
	}
	return all
}

// colours are theirs; always with the word.
func colours() []Name {
	hex := map[delivery.Colour]string{
		delivery.Blue: "#1f60c4", delivery.Red: "#c4162a", delivery.White: "#d8d9da", delivery.Grey: "#7f7f7f", delivery.Amber: "#e0b400", delivery.Green: "#37872d",
	}
	var all []Name
	for _, c := range delivery.Colours() {
		all = append(all, Name{string(c), c.Phrase().In(domain.Bokmal), hex[c]})
	}
	return all
}

var states = []Name{
	{Series: "adopted", Shown: "vedtatt"},
	{Series: "assigned", Shown: "tildelt"},
	{Series: "accepted", Shown: "akseptert"},
	{Series: "started", Shown: "i gang"},
	{Series: "completed", Shown: "fullført"},
	{Series: "withdrawn", Shown: "tatt ut"},
}

func deliveryBoard() Dashboard {
	return Dashboard{
		UID: "framdrift-gjennomforingskraft", Title: "Gjennomføringskraft", OfPlan: true, From: "2022-06-01T00:00:00.000Z", To: "now", Tags: []string{"framdrift"},
		Description: "Hvor langt tiltakene i planen er forankret, gjennomført, rapportert og båret av partnerne, som sju andeler. Ikke planens resultat, og ingen karakter på noen.",
		Panels: []Panel{
			{
				Type: "bargauge", Title: "Profilen nå", Unit: "percentunit", Max: 1, Width: 10, Height: 10, Instant: true, Queries: profile(), Names: components(),
				Description: "De sju andelene ved slutten av tidsrommet. En andel med nevner under fem vises ikke som prosent; se teller og nevner ved siden av.",
			},
			{
				Type: "table", Title: "Teller og nevner nå", Unit: "none", Width: 8, Height: 10, Instant: true,
				Queries: []Query{
					{"sum by (component) (" + of(numerator, added) + ")", "Teller"}, {"sum by (component) (" + of(denominator, added) + ")", "Nevner"},
				},
				Names:       []Name{{Series: "component", Shown: "Andel"}},
				Description: "«Teller av nevner» for andelene som kan legges sammen. K3 er i dager og regnes ut for hvert nivå.",
			},
			{
				Type: "stat", Title: "Dager bak planen nå", Unit: "d", Width: 6, Height: 5, Instant: true,
				Queries:     []Query{{"sum by (baseline) (" + of("framdrift_delivery_behind_seconds", `strategy=""`) + ") / 86400", "{{baseline}}"}},
				Names:       baselines(),
				Description: "Hvor mange dager arbeidet ligger bak (K3), mot fristene som gjelder og mot de første fristene. Negativt er foran.",
			},
			{
				Type: "stat", Title: "Tilstand ukjent, og ført i ettertid", Unit: "percentunit", Width: 6, Height: 5, Instant: true, Max: 1,
				Queries:     []Query{{share("component", `component=~"grey|back_dated"`), "{{component}}"}},
				Names:       []Name{{Series: "grey", Shown: "ukjent"}, {Series: "back_dated", Shown: "ført i ettertid"}},
				Description: "Andelen åpne tiltak der de to siste rapportene mangler, og andelen fullføringer som ble ført etter dagen de skjedde.",
			},
			{
				Type: "timeseries", Title: "Utviklingen", Unit: "percentunit", Max: 1, Width: 24, Height: 10, Queries: profile(), Names: components(),
				Description: "De sju andelene dag for dag. Der nevneren er under fem, er det ingen linje.",
			},
			{
				Type: "bargauge", Title: "Per strategi nå", Unit: "percentunit", Max: 1, Width: 12, Height: 12, Instant: true,
				Queries:     []Query{{share("strategy, component", added), "{{strategy}} {{component}}"}},
				Description: "Andelene i hver strategi, der nevneren er fem eller mer.",
			},
			{
				Type: "timeseries", Title: "Dager bak planen", Unit: "d", Width: 12, Height: 12,
				Queries: []Query{
					{"sum by (baseline) (" + of("framdrift_delivery_behind_seconds", `strategy=""`) + ") / 86400", "{{baseline}}"},
					{"sum by (strategy) (" + of("framdrift_delivery_behind_seconds", `strategy!=""`, `baseline="adopted"`) + ") / 86400", "{{strategy}}"},
				},
				Names:       baselines(),
				Description: "Hele planen mot fristene som gjelder og mot de første, og hver strategi mot dem som gjelder.",
			},
			{
				Type: "timeseries", Title: "Farger", Unit: "none", Width: 12, Height: 10, Stacked: true,
				Queries: []Query{{"sum by (colour) (" + of("framdrift_measure_colours") + ")", "{{colour}}"}}, Names: colours(),
				Description: "Tiltakene etter farge, regnet ut av fristene, prognosene og rapportene; ikke av noens egen vurdering.",
			},
			{
				Type: "timeseries", Title: "Hvor langt tiltakene er kommet", Unit: "none", Width: 12, Height: 10, Stacked: true,
				Queries: []Query{{"sum by (state) (" + of("framdrift_measures") + ")", "{{state}}"}}, Names: states,
				Description: "Tiltakene fra vedtatt til fullført.",
			},
		},
	}
}

func baselines() []Name {
	return []Name{{Series: "adopted", Shown: "fristene som gjelder"}, {Series: "first", Shown: "de første fristene"}}
}

// late and missing are what is left of the reports owed.
func reports() []Query {
	n := func(metric, component string) string {
		return "sum(" + of(metric, `component="`+component+`"`) + ")"
	}
	return []Query{
		{n(numerator, "k4"), "i tide"},
		{n(numerator, "k4_any_time") + " - " + n(numerator, "k4"), "for sent"},
		{n(denominator, "k4") + " - " + n(numerator, "k4_any_time"), "mangler"},
	}
}

var reportNames = []Name{{"i tide", "i tide", "#37872d"}, {"for sent", "for sent", "#e0b400"}, {"mangler", "mangler, returnert eller trukket", "#c4162a"}}

func reportingBoard() Dashboard {
	byStrategy := func(metric, component string) string {
		return "sum by (strategy) (" + of(metric, `component="`+component+`"`) + ")"
	}
	return Dashboard{
		UID: "framdrift-rapportering", Title: "Rapportering", OfPlan: true, From: "2022-06-01T00:00:00.000Z", To: "now", Tags: []string{"framdrift"},
		Description: "Rapportene som skulle vært levert for de siste lukkede periodene: hvor mange som kom i tide, kom for sent og mangler. Hvem som skylder hva, står i sporet og i tallene bak en dag.",
		Panels: []Panel{
			{
				Type: "timeseries", Title: "Rapporter som skulle leveres", Unit: "none", Width: 16, Height: 10, Stacked: true, Queries: reports(), Names: reportNames,
				Description: "For de siste lukkede periodene (høyst tre): levert innen rapportfristen, levert senere, og ikke levert eller stående som returnert.",
			},
			{
				Type: "stat", Title: "Nå", Unit: "none", Width: 8, Height: 10, Instant: true, Queries: reports(), Names: reportNames,
				Description: "De samme tallene ved slutten av tidsrommet.",
			},
			{
				Type: "timeseries", Title: "Rapporteringsdisiplin (K4)", Unit: "percentunit", Max: 1, Width: 12, Height: 10,
				Queries:     []Query{{share("component", `component=~"k4|k4_any_time"`), "{{component}}"}},
				Names:       []Name{{Series: "k4", Shown: "i tide"}, {Series: "k4_any_time", Shown: "uansett når"}},
				Description: "Andelen som ble levert i tide, og andelen som er levert uansett når.",
			},
			{
				Type: "timeseries", Title: "K4 per strategi", Unit: "percentunit", Max: 1, Width: 12, Height: 10,
				Queries:     []Query{{share("strategy", `component="k4"`), "{{strategy}}"}},
				Description: "Andelen levert i tide i hver strategi, der det er fem eller flere å levere.",
			},
			{
				Type: "table", Title: "Per strategi nå", Unit: "none", Width: 12, Height: 8, Instant: true,
				Queries: []Query{
					{byStrategy(denominator, "k4"), "Skulle leveres"}, {byStrategy(numerator, "k4"), "I tide"}, {byStrategy(numerator, "k4_any_time"), "Uansett når"},
				},
				Names:       []Name{{Series: "strategy", Shown: "Strategi"}},
				Description: "Antall rapporter i hver strategi.",
			},
			{
				Type: "timeseries", Title: "Tiltak i tilstand ukjent", Unit: "none", Width: 12, Height: 8,
				Queries:     []Query{{"sum by (strategy) (" + of(numerator, `component="grey"`) + ")", "{{strategy}}"}},
				Description: "Åpne tiltak der de to siste rapportene som skulle vært levert, mangler.",
			},
		},
	}
}
