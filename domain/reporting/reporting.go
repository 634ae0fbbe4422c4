// Package reporting holds a plan's reporting: its periods (tertial), the
// reports that owners give on their measures, and the definition that
// gjennomføringskraft is computed by.
//
// A period is opened, takes reports, and is closed after its report deadline;
// a closed period may be opened again. A report is given once, may be returned
// or approved, and may be withdrawn for good; a new report has a new id.
//
// The files read in this order: events.go, commands.go, state.go, rules.go, decide.go.
package reporting
