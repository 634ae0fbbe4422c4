package dashboards

func operationBoard() Dashboard {
	return Dashboard{
		UID: "framdrift-drift", Title: "Drift", From: "now-6h", To: "now", Tags: []string{"framdrift"},
		Description: "Hvordan Framdrift selv har det. Trenger en Prometheus som skraper /metrics; loggen vet ingenting om prosessen.",
		Panels: []Panel{
			{
				Type: "timeseries", Title: "Tid for en endring å komme på disk", Unit: "s", Width: 12, Height: 9,
				Queries: []Query{
					{"histogram_quantile(0.5, sum by (le) (rate(framdrift_append_duration_seconds_bucket[$__rate_interval])))", "halvparten"},
					{"histogram_quantile(0.99, sum by (le) (rate(framdrift_append_duration_seconds_bucket[$__rate_interval])))", "99 av 100"},
				},
				Description: "Fra endringen sendes til loggen, til loggen har svart at den er på disk. Alle som endrer noe, venter så lenge.",
			},
			{
				Type: "timeseries", Title: "Hendelser i sekundet", Unit: "cps", Width: 12, Height: 9, Stacked: true,
				Queries:     []Query{{"sum by (type) (rate(framdrift_events_appended_total[$__rate_interval]))", "{{type}}"}},
				Description: "Det denne prosessen har lagt på loggen, etter slag.",
			},
			{
				Type: "timeseries", Title: "Etterslep", Unit: "none", Width: 12, Height: 8,
				Queries:     []Query{{"max by (region, projection) (framdrift_projection_lag_messages)", "{{region}} {{projection}}"}},
				Description: "Meldinger som er på loggen, og som projeksjonen ikke har fått. Skal være 0 etter få sekunder.",
			},
			{
				Type: "state-timeline", Title: "Er loggen og projeksjonene i orden?", Unit: "bool_yes_no", Width: 12, Height: 8,
				Queries: []Query{
					{"min by (region) (framdrift_log_writable)", "{{region}} tar imot endringer"},
					{"min by (region, projection) (framdrift_projection_healthy)", "{{region}} {{projection}} går"},
				},
				Description: "En logg som ikke kan stoles på eller nås, eller en full disk, gjør at endringer avvises. En projeksjon som stanser, blir stående der.",
			},
			{
				Type: "timeseries", Title: "Loggens størrelse", Unit: "none", Width: 12, Height: 8,
				Queries: []Query{
					{"max by (region) (framdrift_log_position)", "{{region}} hendelser"}, {"max by (region) (framdrift_log_messages)", "{{region}} meldinger"},
				},
				Description: "Hvor mange hendelser som er lest av loggen, og hvor mange meldinger de ligger i. Går det nedover, er en eldre kopi satt på plass.",
			},
			{
				Type: "timeseries", Title: "Plass på disken", Unit: "bytes", Width: 12, Height: 8,
				Queries:     []Query{{"min(framdrift_disk_free_bytes)", "ledig"}, {"max(framdrift_disk_least_free_bytes)", "det minste som må være ledig"}},
				Description: "Under det minste avvises endringer, så det er plass til å rydde.",
			},
			{
				Type: "timeseries", Title: "Siden loggen sist svarte", Unit: "s", Width: 12, Height: 8,
				Queries:     []Query{{"max by (region) (time() - framdrift_log_heard_timestamp_seconds)", "{{region}}"}},
				Description: "Hvor lenge det er siden loggen sist sa hvor lang den er. Vokser det, svarer ikke tjenerne den ligger på.",
			},
			{
				Type: "timeseries", Title: "Minne", Unit: "bytes", Width: 12, Height: 8,
				Queries:     []Query{{"max(process_resident_memory_bytes)", "prosessen"}, {"max(go_memstats_heap_inuse_bytes)", "i bruk"}},
				Description: "Minnet prosessen har, og det som er i bruk av det.",
			},
		},
	}
}
