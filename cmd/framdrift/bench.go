package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/bench"
	"github.com/fosenregionen/framdrift/domain"
)

func (c *cli) benchCommand() *cobra.Command {
	var rounds int
	cmd := c.verb("bench", phrase(
		"Måler om denne maskinen er rask nok: loggen ved siden av rå JetStream, på disken der dataene ligger",
		"Måler om denne maskina er rask nok: loggen ved sida av rå JetStream, på disken der dataa ligg",
		"Measures whether this machine is fast enough: the log beside raw JetStream, on the disk of the data"),
		func(cmd *cobra.Command, _ []string) error {
			if rounds < 1 {
				return errRounds.With(rounds)
			}
			dir, err := nearestDirectory(c.data)
			if err != nil {
				return err
			}
			c.say(phrase("Måler i en egen katalog i %[1]s, som tas bort igjen.", "Måler i ein eigen katalog i %[1]s, som blir teken bort igjen.", "Measuring in a directory of its own in %[1]s, which is removed again."), dir)
			bar := c.progress()
			result, err := bench.Run(cmd.Context(), dir, rounds, bar.step)
			bar.finish()
			if err != nil {
				return err
			}
			return c.benchResult(result)
		})
	cmd.Flags().IntVar(&rounds, "rounds", bench.Rounds, c.flag("hvor mange runder hver rate måles i", "kor mange rundar kvar rate blir målt i", "how many rounds each rate is measured in"))
	cmd.AddCommand(c.benchCountryCommand())
	return cmd
}

var errRounds = rule("bench.rounds",
	"%[1]d runder måler ingenting. Velg minst 1.", "%[1]d rundar måler ingenting. Vel minst 1.", "%[1]d rounds measure nothing. Choose at least 1.")

// nearestDirectory is where the data is, or would be: the measurement goes
// beside it, on the same disk.
func nearestDirectory(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	for path = filepath.Dir(path); ; path = filepath.Dir(path) {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return path, nil
		}
	}
}

func (c *cli) benchResult(r bench.Result) error {
	rate := func(v float64) string { return fmt.Sprintf("%.0f", v) }
	ratio := func(v float64) string { return fmt.Sprintf("%.1f", v) }
	rows := [][]string{
		{"rawSync", rate(r.RawSync), "1.0"},
		{"oneClient", rate(r.OneClient), ratio(r.OneClient / r.RawSync)},
		{"clients8", rate(r.Clients8), ratio(r.Clients8Ratio)},
		{"clients64", rate(r.Clients64), ratio(r.Clients64Ratio)},
		{"clients256", rate(r.Clients256), ratio(r.Clients256Ratio)},
		{"pack1000", rate(r.Pack1000), ratio(r.Pack1000Ratio)},
		{"readStream", rate(r.ReadStream), "1.0"},
		{"replayStream", rate(r.ReplayStream), ratio(r.ReplayRatio)},
		{"replaySegments", rate(r.ReplaySegments), ratio(r.SegmentsRatio)},
		{"verify", rate(r.Verify), ratio(r.Verify / r.ReadStream)},
		{"oneClientLatency", "", ratio(r.OneClientLatency)},
		{"clients64LatencyP99", "", ratio(r.Clients64LatencyP99)},
	}
	return c.list(r, []column{
		{key: "what", label: phrase("hva", "kva", "what")},
		{key: "perSecond", label: phrase("per sekund", "per sekund", "per second")},
		{key: "ratio", label: phrase("forhold til rå", "høve til rå", "ratio to raw")},
	}, rows, domain.Phrase{})
}
