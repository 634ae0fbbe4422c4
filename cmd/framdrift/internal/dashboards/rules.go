package dashboards

import (
	"bytes"
	"fmt"
	"strconv"
)

// An Alert is one rule: when it fires, what it means, and what to do (the
// runbook), in words for whoever is woken.
type Alert struct {
	Name, Expr, For, Severity string
	Summary, Runbook          string
}

// Alerts lists the rules.
func Alerts() []Alert {
	return []Alert{
		{
			"FramdriftNede", `up{job="framdrift"} == 0`, "2m", "critical",
			"Framdrift svarer ikke på {{ $labels.instance }}",
			"Se om serve kjører, og hva den sa sist. «framdrift doctor» på maskinen sier hva som er galt; avslutningskode 5 er en skadet logg: rør ikke datakatalogen, og les docs/operating.md.",
		},
		{
			"FramdriftTarIkkeImotEndringer", "framdrift_log_writable == 0", "1m", "critical",
			"Endringer avvises i {{ $labels.region }}",
			"/readyz sier hvorfor: loggen er skadet, tjenerne den ligger på svarer ikke, disken sviktet eller er nesten full. Ingenting bekreftet er tapt; les videre i docs/operating.md.",
		},
		{
			"FramdriftProjeksjonStanset", "framdrift_projection_healthy == 0", "1m", "critical",
			"Projeksjonen {{ $labels.projection }} i {{ $labels.region }} har stanset",
			"Den kunne ikke ta imot en hendelse, og svarer som den var før den. /readyz sier hvilken. En hendelse fra en nyere Framdrift: oppgrader. Ellers er det en feil: meld den med «framdrift doctor -o json».",
		},
		{
			"FramdriftEtterslep", "framdrift_projection_lag_messages > 0", "2m", "warning",
			"{{ $labels.projection }} i {{ $labels.region }} mangler {{ $value }} meldinger",
			"Lesningene viser ikke alt som er på loggen. Se om maskinen er overbelastet, og om tjenerne loggen ligger på, svarer.",
		},
		{
			"FramdriftLoggenSvarerIkke", "time() - framdrift_log_heard_timestamp_seconds > 60", "1m", "warning",
			"Loggen for {{ $labels.region }} har ikke svart på over et minutt",
			"Tjenerne den ligger på, svarer ikke herfra. Se etter dem og nettet mellom; det som er lest, vises fortsatt.",
		},
		{
			"FramdriftLoggenKortere", "framdrift_log_position < framdrift_log_position offset 10m", "0m", "critical",
			"Loggen for {{ $labels.region }} er kortere enn for ti minutter siden",
			"En logg blir aldri kortere: noen har satt en eldre kopi på plass. Ta vare på begge, stans skriving, og sammenlign med «framdrift log verify».",
		},
		{
			"FramdriftLoggenErIkkeDenSomBleSignert", "framdrift_log_verified == 0", "0m", "critical",
			"Loggen for {{ $labels.region }} er ikke lenger det som ble signert",
			"Hele loggen er regnet ut på nytt, og loggen eller segmentene er noe annet enn sjekkpunktet sier. «framdrift log verify» sier hvilken hendelse, fil og byte; rør ikke datakatalogen, og les «At exit code 5» i docs/operating.md.",
		},
		{
			"FramdriftLoggenErIkkeKontrollert", "time() - framdrift_log_verified_timestamp_seconds > 4 * 3600", "5m", "warning",
			"Loggen for {{ $labels.region }} er ikke kontrollert på {{ $value | humanizeDuration }}",
			"serve regner loggen ut på nytt med jevne mellomrom (--verify-every), og kommer ikke til enden. Se hva den skriver om det, og om disken eller tjenerne er trege. Er --verify-every satt lenger med vilje, så hev grensen.",
		},
		{
			"FramdriftDiskSnartFull", "framdrift_disk_free_bytes < 2 * framdrift_disk_least_free_bytes", "5m", "warning",
			"Disken til Framdrift har {{ $value | humanize1024 }}B igjen",
			"Rydd, eller gjør disken større. Under framdrift_disk_least_free_bytes avvises endringer.",
		},
		{
			"FramdriftTregDisk", "histogram_quantile(0.99, sum by (instance, le) (rate(framdrift_append_duration_seconds_bucket[15m]))) > 1", "15m", "warning",
			"En av hundre endringer bruker over {{ $value | humanizeDuration }} på å komme på disk",
			"Hver endring venter til disken har svart. «framdrift bench» måler disken alene; se etter andre som skriver på den.",
		},
		{
			"FramdriftTilstandUkjent", share("region, plan", `component="grey"`) + " > 0.25", "1d", "info",
			"Tilstanden er ukjent for {{ $value | humanizePercentage }} av de åpne tiltakene i {{ $labels.plan }}",
			"De to siste rapportene mangler for mer enn en firedel av tiltakene: andelene sier lite om planen nå. «framdrift delivery why K4» og dashbordet Rapportering viser hva som mangler.",
		},
	}
}

// RulesYAML is the alerts as Prometheus reads them. A quoted string of JSON is
// one of YAML.
func RulesYAML() []byte {
	var b bytes.Buffer
	b.WriteString("# Varsler for Framdrift. Skrevet av: framdrift metrics dashboards\ngroups:\n  - name: framdrift\n    rules:\n")
	for _, a := range Alerts() {
		fmt.Fprintf(&b, "      - alert: %s\n        expr: %s\n        for: %s\n        labels:\n          severity: %s\n        annotations:\n          summary: %s\n          runbook: %s\n",
			a.Name, strconv.Quote(everywhere(a.Expr)), a.For, a.Severity, strconv.Quote(a.Summary), strconv.Quote(a.Runbook))
	}
	return b.Bytes()
}
