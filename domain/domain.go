// Package domain is the words of Framdrift: ids, days, languages, refusals,
// and the shape of events, commands and decisions. It imports nothing but the
// standard library, and everything else imports it.
//
// What may happen, and what it leads to, lies beneath it, a package for each
// part of the log:
//
//	actors      the region, its register of actors, its users
//	plan        an adopted plan and its measures
//	reporting   periods, reports, the definition of gjennomføringskraft
//	story       what a final report needs and no measure holds
//	correction  how a mistake on the log is put right
//	region      the parts put together: one state, one Decide, one Evolve
//	plantable   the table of an adopted document → a draft of a plan
//
// Start with decider.go, which says how a decision is made, then read
// plan/events.go.
package domain
