//go:build report

package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// A PDF is published and verified with the Chromium that is here.
func TestPrintedReports(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/printed",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}
