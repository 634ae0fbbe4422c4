// Package story holds the programme's story: what a final report needs and no
// measure holds. The region's own lead, its goals, its results planned and
// unplanned, its advice to others, what goes on afterwards, what stood in the
// way, what its application said, its documents and its teams; and which
// reports have been published.
//
// Each thing told has an id within its plan: goal-1, result-3. Told again under
// the same id it is told anew, and the first telling stays on the log.
//
// The files read in this order: events.go, commands.go, state.go, rules.go, decide.go.
package story
