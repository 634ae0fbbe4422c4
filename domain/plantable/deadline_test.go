package plantable_test

import (
	"testing"

	"github.com/fosenregionen/framdrift/domain/plantable"
)

func TestParseDeadline(t *testing.T) {
	for raw, want := range map[string]string{
		"31.12.2024": "2024-12-31", "1.2.2024": "2024-02-01", "31.12.24": "2024-12-31", "2024-12-31": "2024-12-31",
		"31/12-2024": "2024-12-31", "31. desember 2024": "2024-12-31", "31 Dec 2024": "2024-12-31", "innen 1.6.2024": "2024-06-01",
		"2024": "2024-12-31", "2022-2024": "2024-12-31", "2022 – 2024": "2024-12-31", "2022–24": "2024-12-31",
		"Q3 2025": "2025-09-30", "Q3/2025": "2025-09-30", "2025 Q1": "2025-03-31", "3. kvartal 2025": "2025-09-30", "kvartal 2 2025": "2025-06-30",
		"2. halvår 2023": "2023-12-31", "første halvår 2023": "2023-06-30", "H1 2024": "2024-06-30", "andre tertial 2024": "2024-08-31",
		"juni 2024": "2024-06-30", "februar 2024": "2024-02-29", "i løpet av 2024": "2024-12-31", "innen utgangen av 2024": "2024-12-31",
		"Innan utgangen av juni 2024": "2024-06-30",
		"løpende":                     "ongoing", "Årlig": "ongoing", "løpande": "ongoing", "årleg": "ongoing", "Hvert år": "ongoing", "kontinuerlig": "ongoing",
		"innen sommeren 2024": "unclear", "innen 2024": "unclear", "høsten 2024": "unclear", "snarest": "unclear", "2024/2025": "unclear",
		"31.02.2024": "unclear", "Q5 2025": "unclear", "2024-2022": "unclear", "5. kvartal 2024": "unclear", "ca. 2024": "unclear",
		"": "", " \n ": "",
	} {
		d := plantable.ParseDeadline(raw)
		got := d.Date.String()
		switch {
		case d.Ongoing:
			got = "ongoing"
		case d.Unclear():
			got = "unclear"
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", raw, got, want)
		}
		if d.Raw != plantable.Fold(raw) {
			t.Errorf("%q: raw is %q", raw, d.Raw)
		}
	}
}
