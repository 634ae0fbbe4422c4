package delivery

import "github.com/fosenregionen/framdrift/domain/reporting"

// A Definition holds the parameters of gjennomføringskraft, in days and in
// numbers of periods. It is an event, delivery.defined; the one in force at T
// rules the whole computation at T, so that an old report replays with the
// definition it had (R8).
type Definition struct {
	Version         string `json:"version"`         // as it was adopted; "default" when none was
	WindowDays      int    `json:"windowDays"`      // W of K2, K5, K6 and K7
	ReportGraceDays int    `json:"reportGraceDays"` // from the end of a tertial to its report deadline, where no period says
	ToleranceDays   int    `json:"toleranceDays"`   // how far a forecast may lie behind
	HorizonDays     int    `json:"horizonDays"`     // H of K5 and K6
	OpenDays        int    `json:"openDays"`        // how many days of a period a measure is open to owe a report
	ClosedPeriods   int    `json:"closedPeriods"`   // how many periods K4 looks at, the last by end date
}

// Default is the definition until another is adopted.
func Default() Definition {
	return Definition{
		Version: "default", WindowDays: 365, ReportGraceDays: 15, ToleranceDays: 30,
		HorizonDays: 120, OpenDays: 30, ClosedPeriods: 3,
	}
}

// definition is the one in force, seen from a moment. What it leaves out has
// its default, whatever an earlier definition said.
func definition(facts []*fact, t moment) Definition {
	var (
		latest seen
		in     = Default()
	)
	for _, f := range facts {
		x, ok := t.see(f)
		e, is := x.event.(reporting.DeliveryDefined)
		if !ok || !is || !t.view.replaces(x, latest) {
			continue
		}
		latest, in = x, Default()
		in.Version = e.Version
		for _, p := range []struct {
			to *int
			is int
		}{
			{&in.WindowDays, e.WindowDays},
			{&in.ReportGraceDays, e.ReportGraceDays},
			{&in.ToleranceDays, e.ToleranceDays},
			{&in.HorizonDays, e.HorizonDays},
			{&in.OpenDays, e.OpenDays},
			{&in.ClosedPeriods, e.ClosedPeriods},
		} {
			if p.is > 0 {
				*p.to = p.is
			}
		}
	}
	return in
}
