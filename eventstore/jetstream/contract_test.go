package jetstream

import (
	"testing"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/storetest"
)

func TestContract(t *testing.T) {
	storetest.Run(t, func(t testing.TB, dir string) eventstore.Store {
		s, err := OpenEmbedded(Embedded{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}
