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
//	K3 framdrift i tid        days of the plan that the work done corresponds to
//	                          ÷ days that have gone (earned schedule)
//	K4 rapporteringsdisiplin  reports delivered by the report deadline, and standing
//	                          ÷ reports owed: measure × closed period
//	K5 forutsigbarhet         deadlines kept as the forecast said
//	                          ÷ deadlines that fell, tested in (T−W, T]
//	K6 korrigeringsevne       deliverables that turned red and were answered within H
//	                          ÷ deliverables that turned red
//	K7 samhandling            named partners active in (T−W, T]
//	                          ÷ named partners
//
// A level of the plan is the sum of what is below it: add numerators and
// denominators (Ratio.Plus, Figures.Plus), never average percentages. K3 alone
// is made anew for each level, and has no value above a plan. Beside the shares
// stand the Counts, the Unscored figures and the computed Colour of each measure.
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
// # A course
//
// Course gives the figures at any number of instants for what has changed
// between them. The row that a measure puts into the figures changes at few
// points: when something is recorded, when a deadline falls, when something
// leaves the window. It is read there, and of it only what may have changed;
// the sums are kept as rows come and go. What has been read is kept too: an
// event throws away the course of its own measure from then on.
//
//	for i, point := range p.Course(plan, Known, Part{}, instants) {
//		point.Whole.K4 …                     at instants[i]
//		point.Strategies[0].Ratio(K2) …
//	}
//
// That a course is what each moment asked by itself gives, whatever the log
// and however much of it had come before, is a property that the tests draw.
//
// # Reading order
//
// facts.go is what is kept of an event and how a correction changes it; at.go
// decides which facts are seen at T; state.go folds those of one measure, and
// story.go all its states from the first event to the last. deadline.go,
// period.go, definition.go, terms.go and register.go are what the components
// ask. Then one file a component — k1.go to k7.go — each from a measure to the
// members of its denominator, the formula first; colour.go, counts.go and
// flow.go beside them. row.go is all that one measure puts in, tally.go its
// numbers, level.go and profile.go add them up, region.go above a plan.
// point.go, points.go, track.go, sweep.go and course.go are the course.
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
// and its completions leave the share of back-dated ones. In K5 it keeps only
// what both fell and was tested before the day of the withdrawal.
//
// K3 is undefined also when AT is negative: all was completed before A.
//
// A forecast counts whatever became of the report that gave it; so does a
// report as a sign that a partner is active (K7). A completion that was
// reopened answers nothing (K6, R11).
//
// The last two reports that a measure owed are of all closed periods, however
// many K4 looks at. The last known state is the self-assessed status, and its
// date the effective day of the latest report that stands.
//
// The voluntary sector is a sector beside the three of the triple helix. A
// partner that the register does not know is one of no sector.
//
// A region is its plans that are in force: a closed one was in it to the day it
// closed.
package delivery
