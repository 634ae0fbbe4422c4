package jetstream

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
)

// A replica may lack what the servers have agreed on, so it is no log of ours,
// with those files or without.
func TestAReplicaOfAClusterIsNotALogOfOurs(t *testing.T) {
	s := jetstreamtest.Start(t, 3, 1)
	store := dial(t, External{URL: s.URL(), NKey: s.Accounts[0].Init, Replicas: 3})
	fill(t, createLog(t, store), eventstore.Head{}, 3)
	closeStore(t, store)
	for _, n := range s.Nodes {
		n.Stop(t)
		dir := copied(t, n.Dir)
		if err := os.Rename(filepath.Join(dir, "jetstream", s.Accounts[0].Name), filepath.Join(dir, "jetstream", account)); err != nil {
			t.Fatal(err)
		}
		notAlone(t, dir, "the files of a cluster in "+filepath.Join(dir, "jetstream", "SYS", "_js_"))
		if err := os.RemoveAll(filepath.Join(dir, "jetstream", "SYS")); err != nil {
			t.Fatal(err)
		}
		notAlone(t, dir, "num_replicas 3")
	}
}

// notAlone checks that a log is refused for a setting, and left as it was.
func notAlone(t *testing.T, dir, setting string) {
	t.Helper()
	before := digest(t, dir)
	_, err := Preflight(t.Context(), dir, region, nil)
	var refused *eventstore.SettingsError
	if !errors.As(err, &refused) || !strings.HasPrefix(refused.Setting, setting) {
		t.Errorf("it is refused with %v, want %s", err, setting)
	}
	if digest(t, dir) != before {
		t.Errorf("it was touched")
	}
}
