//go:build faults

package app_test

import (
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
)

// Messages as large as they may be, and the leader is lost after the first.
func TestARestoreToThreeServersLivesThroughTheLossOfTheLeader(t *testing.T) {
	log := long(t, 80_000)
	s := jetstreamtest.Start(t, 3, 1)
	a := onServers(t, s, 3, t.TempDir())
	defer closeApp(t, a)
	var lost *jetstreamtest.Node
	restored := mustRestore(t, a, log, app.Restoring{Watch: once(func() {
		lost = s.Leader(t, s.Accounts[0].Name, "FRAMDRIFT_fosen")
		lost.Kill(t)
	})})
	if restored.Packs < 3 {
		t.Errorf("it went in %d messages", restored.Packs)
	}
	lost.Start(t)
	s.Ready(t)
}
