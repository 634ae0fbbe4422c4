// Package delivery computes gjennomføringskraft: how far a plan's measures are
// carried through, as a profile of shares that each follow from logged events
// and nothing else. It is not the outcome of the plan, and not a grade on a
// person.
//
// # The shares
//
// Each is published as «teller av nevner», computed at a moment T:
//
//	K1 forankring             open measures with an accepted owner and an adopted deadline
//	                          ÷ open measures
//	K2 rettidig gjennomføring deliverables done and documented on time
//	                          ÷ deliverables with a deadline that fell in (T−W, T]
//	K4 rapporteringsdisiplin  reports delivered by the report deadline, and standing
//	                          ÷ reports owed: measure × closed period
//
// and beside K4 the reports delivered at any time. A level of the plan is the
// sum of what is below it: add numerators and denominators (Ratio.Plus), never
// average percentages. Beside the shares stand the Counts.
//
// # An example
//
// Three measures, adopted 10 June 2022. All have an owner who said yes; a and
// b have the deadline 31 January 2023. a was done on 20 January and recorded
// on the 25th; b was done on the 28th, and that was recorded on 20 June, after
// the report deadline 15 May; c has no deadline.
//
//	as known on   K1                       K2
//	2023-01-30    1 av 2 (b; not c)        no value: no deadline has fallen
//	2023-01-31    1 av 2                   1 av 2 (a; b: not completed)
//	2023-06-20    0 av 1 (not c)           1 av 2 (a; b: dokumentert for sent)
//
// # Two views
//
// The log has two clocks, and T can be read off either (R1):
//
//	Known      events recorded by T, with the corrections recorded by T. What
//	           was known on an earlier day is the same fold stopped that day.
//	Corrected  all events with all corrections, of which those with
//	           effective ≤ T. «Known on day x» reads «effective ≤ x».
//
// «Recorded» and «delivered» mean the recorded time in both. A T is a date
// (the end of that day in Oslo), an instant, or a position on the log:
//
//	p.Profile(plan, OnDay(d))                    as known at the end of d
//	p.Profile(plan, OnDay(d).As(Corrected))      the same day, in hindsight
//	p.Profile(plan, AtPosition(412))             just after event 412
//
// # Reading order
//
// facts.go is what is kept of an event and how a correction changes it; at.go
// decides which facts are seen at T; measure.go folds those of one measure
// into its state; deadline.go and period.go find what fell due. Then one file
// a component — k1.go, k2.go, k4.go — each a function from a reading to the
// members of its denominator, the formula first. profile.go adds them up.
//
// The rules R1–R11 that the comments name are those of the definition in
// docs/delivery.md. In short: R1 two clocks, R2 who is counted, R3 adopted
// deadlines, R4 missing counts, R5 undefined is not 0, R6 late documentation,
// R7 sums, R8 versioned definition, R9 deliverables, R10 corrections, R11
// reopened.
//
// # Where the definition leaves a choice
//
// As corrected, what replaces something (a deadline, an owner, a strategy, a
// definition) is the latest effective, then the latest recorded; what answers
// something (a yes or no, a reopening, a verdict on a report, the closing of a
// period) answers what stood before it on the log.
//
// As known, an etterregistrert deadline was on the log on no day before it
// fell, so it is in K2 only as corrected, and there it is a miss unless the
// completion was in time.
//
// As known, the day a plan closed is the one recorded: a correction of it comes
// later by nature. A correction of a correction is refused; the event itself
// is corrected again.
//
// A withdrawn measure keeps the strategy it has at T for what it still owes,
// and its completions leave the share of back-dated ones.
package delivery
