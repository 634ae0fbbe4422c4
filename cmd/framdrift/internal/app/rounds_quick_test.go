//go:build !faults

package app_test

// The ordinary tests are quick; make faults does more of the same.
const (
	killLogs   = 1
	killRounds = 24
	writers    = 8
)
