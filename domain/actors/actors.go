// Package actors holds the region itself, its register of actors and its users.
//
// An actor (aktør) is a body, a role, an organisation, a municipality or a
// collective: Rådet, Utviklingsleder, NTNU, Åfjord, «Privat næringsliv».
// Municipalities merge; history keeps the old names and today shows the new.
// A user (bruker) is a person, and on the log only an opaque id with roles.
//
// The five files read in this order: events.go, commands.go, state.go,
// rules.go, decide.go. guess.go proposes kind and sector for a name.
package actors
