package app_test

import (
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/snapshot"
)

// A projection that was made of something else than the log is found out, and made
// right by a rebuild.
func TestAProjectionThatLiesIsFoundOut(t *testing.T) {
	dir, _ := withSnapshots(t, 3)
	path := snapshotOf(dir, "delivery")
	h, _, err := snapshot.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := snapshot.Write(path, h, delivery.New().Snapshot()); err != nil { // as of nothing
		t.Fatal(err)
	}
	_, r := opened(t, often(dir))
	mustDo(t, r, ask(commandID(500), plan.Start{On: on(20)}))
	compared := func(name string) []app.Compared {
		t.Helper()
		all, err := r.Compare(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	for _, c := range compared("") {
		if lies := c.Unlike > 0; c.Values == 0 || c.Position != position(r) || lies != (c.Name == "delivery") || lies != (len(c.First) > 0) {
			t.Errorf("%+v", c)
		}
	}
	if _, err := r.Rebuild(t.Context(), "delivery"); err != nil {
		t.Fatal(err)
	}
	if c := compared("delivery"); len(c) != 1 || c[0].Unlike != 0 {
		t.Errorf("%+v", c)
	}
	if _, err := r.Compare(t.Context(), "x"); domain.Explain(err).Code != "projection.unknown" {
		t.Error(err)
	}
}
