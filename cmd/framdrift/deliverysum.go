package main

import (
	"context"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// A summed is several plans together.
type summed struct {
	Programme string            `json:"programme,omitempty"`
	Regions   []domain.RegionID `json:"regions"` // with a plan in force
	Figures   delivery.Figures  `json:"figures"`
}

func (c *cli) deliverySum() *cobra.Command {
	var programme string
	cmd := c.verb("sum", phrase("Legger sammen planene i en region, eller regionene i et program", "Legg saman planane i ein region, eller regionane i eit program", "Adds up the plans of a region, or the regions of a programme"), func(cmd *cobra.Command, _ []string) error {
		per, err := c.moment()
		if err != nil {
			return err
		}
		return c.within(cmd.Context(), c.there(cmd.Context()), func(h house) error {
			s, err := c.sum(cmd.Context(), h, programme, per)
			if err != nil {
				return err
			}
			return c.showSum(s)
		})
	})
	cmd.Flags().StringVar(&programme, "programme", "", c.flag("alle regionene i dette programmet", "alle regionane i dette programmet", "all regions in this programme"))
	c.readFlags(cmd)
	return cmd
}

// sum is the region that the flags name, or all that take part in a programme.
func (c *cli) sum(ctx context.Context, h house, programme string, per app.Per) (summed, error) {
	s := summed{Programme: programme, Regions: []domain.RegionID{}}
	ids := []domain.RegionID{domain.RegionID(c.region)}
	if programme != "" {
		var err error
		if ids, err = h.RegionIDs(ctx); err != nil {
			return s, err
		}
	}
	takesPart := false
	for _, id := range ids {
		r, err := h.Region(ctx, id)
		if err != nil {
			return s, err
		}
		one, err := r.Sum(ctx, per)
		if err != nil {
			return s, err
		}
		if programme != "" && !slices.Contains(one.Programmes, programme) {
			continue
		}
		takesPart = true
		if one.InForce {
			s.Regions, s.Figures = append(s.Regions, one.Region), s.Figures.Plus(one.Figures)
		}
	}
	if !takesPart {
		return s, app.NoProgramme(programme)
	}
	return s, nil
}

func (c *cli) showSum(s summed) error {
	rows := [][]string{}
	for _, k := range delivery.Components() {
		if k == delivery.K3 {
			continue // made anew for each plan, and not summed
		}
		r := s.Figures.Ratio(k)
		rows = append(rows, []string{string(k), k.Name().In(c.language), r.Phrase().In(c.language), strconv.Itoa(r.Numerator), strconv.Itoa(r.Denominator)})
	}
	return c.list(s, shareColumns[:5], rows, domain.Phrase{})
}
