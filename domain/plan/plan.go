// Package plan holds an adopted plan (handlingsplan) and its measures (tiltak):
// what may happen to them, and what it leads to.
//
// A plan comes in whole, by its decision (vedtak), and ends by one. A measure
// is one row of it:
//
//	adopted → assigned → accepted → started → completed
//	             ↑           │                    │
//	             └ declined ─┘        reopened ───┘
//
// and may leave the plan only by a decision (withdrawn). Deadlines are
// adopted by decision, forecasts are the owner's own, and the two are never
// mixed. An ongoing measure (løpende, årlig) has one deliverable a year or
// occasion, each with a deadline and a completion of its own; an arrangement
// (ordning) is listed and nothing more.
//
// For example, given a plan with t07 adopted on 10 June 2022:
//
//	Decide(state, asked, Assign{Measure: "t07", Owner: "radet"})
//	→ measure/t07 MeasureAssigned{Owner: "radet"}
//	Decide(state, asked, Complete{Measure: "t07"})
//	→ refused: measure.not-started
//
// The files read in this order: events.go, commands.go, state.go, rules.go,
// decide.go (the plan), import.go (how it comes in), measure.go (its measures).
package plan
