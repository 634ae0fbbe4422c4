package finalreport

import "github.com/fosenregionen/framdrift/projections/delivery"

// A PlanTable is the adopted plan with how each row stands at T: what the
// report says of the plan itself, and nothing of the programme around it.
// Lists are never nil.
type PlanTable struct {
	Header       Header              `json:"header"`
	Summary      Summary             `json:"summary"`
	Standing     []delivery.Standing `json:"standing"` // the computed colours, in the plan's order
	Strategies   []Strategy          `json:"strategies"`
	Arrangements []Arrangement       `json:"arrangements"`
	Provenance   Provenance          `json:"provenance"`
	Trail        []Entry             `json:"trail"`
}

// PlanTable is the part of a report that is the plan.
func (r Report) PlanTable() PlanTable {
	r.Provenance.Command = command("plan", r.Provenance.Command)
	return PlanTable{
		Header: r.Header, Summary: r.Summary, Standing: r.Delivery.Measures,
		Strategies: r.Strategies, Arrangements: r.Arrangements, Provenance: r.Provenance, Trail: r.Trail,
	}
}
