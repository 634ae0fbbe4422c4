package jetstream

import (
	"testing"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
	"github.com/fosenregionen/framdrift/eventstore/storetest"
)

// dial opens a store as the user who may make streams.
func dial(t testing.TB, e External) *Store {
	t.Helper()
	s, err := OpenExternal(e)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestContractOnAServerElsewhere(t *testing.T) {
	running := map[string]*jetstreamtest.Servers{}
	storetest.Run(t, func(t testing.TB, dir string) eventstore.Store {
		if running[dir] == nil {
			running[dir] = jetstreamtest.Start(t, 1, 1)
		}
		s := running[dir]
		return dial(t, External{URL: s.URL(), NKey: s.Accounts[0].Init})
	})
}
