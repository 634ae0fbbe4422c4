package jetstream

import (
	"flag"
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

// Each directory of the suite is an account of one cluster. The model makes a
// stream a case, which three servers take their time over.
func TestContractOnThreeServers(t *testing.T) {
	checks := flag.Lookup("rapid.checks").Value
	defer func(before string) { _ = checks.Set(before) }(checks.String())
	if err := checks.Set("15"); err != nil {
		t.Fatal(err)
	}
	s := jetstreamtest.Start(t, 3, 30)
	used := map[string]int{}
	storetest.Run(t, func(t testing.TB, dir string) eventstore.Store {
		if _, ok := used[dir]; !ok {
			used[dir] = len(used)
		}
		return dial(t, External{URL: s.URL(), NKey: s.Accounts[used[dir]].Init, Replicas: 3})
	})
}
