//go:build faults

package app_test

const (
	killLogs   = 4
	killRounds = 40
	writers    = 64
)
