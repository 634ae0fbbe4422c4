package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/bench"
	"github.com/fosenregionen/framdrift/domain"
)

// Fewer than these are no country: the largest region must have a plan, and
// there must be others beside it.
const (
	fewestRegions = 2
	fewestEvents  = 800 // a region
)

var errScale = rule("bench.scale",
	"%[2]d hendelser i %[1]d regioner kan ikke måles. Velg minst %[3]d regioner, og minst %[4]d hendelser for hver av dem.",
	"%[2]d hendingar i %[1]d regionar kan ikkje målast. Vel minst %[3]d regionar, og minst %[4]d hendingar for kvar av dei.",
	"%[2]d events in %[1]d regions cannot be measured. Choose at least %[3]d regions, and at least %[4]d events for each.")

func (c *cli) benchCountryCommand() *cobra.Command {
	scale := bench.Scale{Seed: 1}
	var keep string
	cmd := c.verb("country", phrase(
		"Måler hundrevis av regioner i én prosess: start, minne, ombygging og fortid, på oppdiktede planer",
		"Måler hundrevis av regionar i éin prosess: start, minne, ombygging og fortid, på oppdikta planar",
		"Measures hundreds of regions in one process: start, memory, rebuilding and the past, on made-up plans"),
		func(cmd *cobra.Command, _ []string) error {
			if scale.Regions < fewestRegions || scale.Events < fewestEvents*scale.Regions {
				return errScale.With(scale.Regions, scale.Events, fewestRegions, fewestEvents)
			}
			return c.benchCountry(cmd.Context(), keep, scale)
		})
	cmd.Flags().IntVar(&scale.Regions, "regions", 400, c.flag("hvor mange regioner", "kor mange regionar", "how many regions"))
	cmd.Flags().IntVar(&scale.Events, "events", 2_000_000, c.flag("hvor mange hendelser til sammen", "kor mange hendingar til saman", "how many events in all"))
	cmd.Flags().Uint64Var(&scale.Seed, "seed", scale.Seed, c.flag("samme tall gir samme land", "same tal gjev same land", "the same number gives the same country"))
	cmd.Flags().StringVar(&keep, "keep", "", c.flag(
		"en katalog å lage landet i, og la det bli; er det der fra før, måles det",
		"ein katalog å lage landet i, og la det bli; er det der frå før, blir det målt",
		"a directory to make the country in, and leave it; if it is there already, it is measured"))
	return cmd
}

func (c *cli) benchCountry(ctx context.Context, dir string, scale bench.Scale) (err error) {
	if dir == "" {
		above, err := nearestDirectory(c.data)
		if err == nil {
			dir, err = os.MkdirTemp(above, ".framdrift-bench-*")
		}
		if err != nil {
			return fmt.Errorf("bench: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
		c.say(phrase("Måler i en egen katalog i %[1]s, som tas bort igjen.", "Måler i ein eigen katalog i %[1]s, som blir teken bort igjen.", "Measuring in a directory of its own in %[1]s, which is removed again."), above)
	}
	bar := c.progress()
	result, err := bench.RunCountry(ctx, dir, scale, bar.step)
	bar.finish()
	if err != nil {
		return err
	}
	return c.benchCountryResult(result)
}

func (c *cli) benchCountryResult(r bench.Country) error {
	number := func(v float64) string { return fmt.Sprintf("%.1f", v) }
	mib := func(bytes uint64) string { return number(float64(bytes) / (1 << 20)) }
	rows := [][]string{
		{"events", fmt.Sprint(r.Events), ""},
		{"regions", fmt.Sprint(r.Regions), ""},
		{"measures", fmt.Sprint(r.Measures), ""},
		{"bareRead/s", number(r.BareRead), ""},
		{"rebuildStream/s", number(r.RebuildStream), ""},
		{"rebuildSegments/s", number(r.RebuildSegments), "≥ 400000"},
		{"streamRatio", number(r.StreamRatio), "≥ 0.5"},
		{"segmentsRatio", number(r.SegmentsRatio), "≥ 0.5"},
		{"bareRead µs/core", number(r.BareReadMicros), ""},
		{"stream µs/core", number(r.StreamMicros), ""},
		{"segments µs/core", number(r.SegmentsMicros), ""},
		{"snapshot µs/core", number(r.SnapshotMicros), ""},
		{"snapshotRatio", number(r.SnapshotRatio), "≥ 20"},
		{"coldFirst ms", number(r.Cold.FirstMillis), ""},
		{"coldOpen ms", number(r.Cold.OpenMillis), ""},
		{"coldAnswers ms", number(r.Cold.AnswersMillis), ""},
		{"coldCPU s", number(r.Cold.CPUSeconds), ""},
		{"warmFirst ms", number(r.Warm.FirstMillis), ""},
		{"warmOpen ms", number(r.Warm.OpenMillis), ""},
		{"warmAnswers ms", number(r.Warm.AnswersMillis), ""},
		{"warmCPU s", number(r.Warm.CPUSeconds), ""},
		{"openRatio", number(r.OpenRatio), "≥ 20"},
		{"answerRatio", number(r.AnswerRatio), ""},
		{"asOfP50 ms", number(r.AsOfP50Millis), ""},
		{"asOfP99 ms", number(r.AsOfP99Millis), "< 20"},
		{"correctedP99 ms", number(r.CorrectedP99Millis), "< 20"},
		{"feedP50 µs", number(r.FeedP50Micros), "< 50"},
		{"feedP99 µs", number(r.FeedP99Micros), ""},
		{"appendP50 µs", number(r.AppendP50Micros), ""},
		{"coldPeakRSS MiB", mib(r.Cold.PeakRSS), ""},
		{"coldSettledRSS MiB", mib(r.Cold.SettledRSS), "< 1024"},
		{"coldHeap MiB", mib(r.Cold.Heap), ""},
		{"warmPeakRSS MiB", mib(r.Warm.PeakRSS), ""},
		{"warmSettledRSS MiB", mib(r.Warm.SettledRSS), "< 1024"},
		{"warmHeap MiB", mib(r.Warm.Heap), ""},
		{"heapPerEvent B", number(r.HeapPerEvent), ""},
		{"heapPerMeasure B", number(r.HeapPerMeasure), ""},
	}
	return c.list(r, []column{
		{key: "what", label: phrase("hva", "kva", "what")},
		{key: "value", label: phrase("målt", "målt", "measured")},
		{key: "goal", label: phrase("mål", "mål", "goal")},
	}, rows, domain.Phrase{})
}
