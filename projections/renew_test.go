package projections_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/codec"
	"github.com/fosenregionen/framdrift/projections"
)

// keys has one for every event, until they are destroyed.
type keys struct {
	mu        sync.Mutex
	destroyed bool
}

func (k *keys) Make(domain.EventID) (codec.Key, error) { return codec.Key{1}, nil }

func (k *keys) Find(domain.EventID) (codec.Key, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.destroyed {
		return codec.Key{}, codec.ErrDestroyed
	}
	return codec.Key{1}, nil
}

func (k *keys) destroy() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.destroyed = true
}

// reasons is a projection that remembers texts.
type reasons struct{ given []domain.Text }

func (*reasons) Name() string { return "reasons" }
func (*reasons) Version() int { return 1 }

func (r *reasons) Apply(e domain.Recorded) error {
	r.given = append(r.given, e.Event.(plan.MeasureDeclined).Why)
	return nil
}

// said is event n with a text.
func said(t *testing.T, c *codec.Codec, n int) (domain.Recorded, []eventstore.Commit) {
	t.Helper()
	e := event(n)
	e.Event = plan.MeasureDeclined{Why: domain.Text(fmt.Sprintf("reason %d", n))}
	line, err := c.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	return e, []eventstore.Commit{{Events: [][]byte{line}}}
}

func TestWhatIsRenewedHasNothingThatCannotBeReadAndMissesNothing(t *testing.T) {
	const before, meanwhile = 20, 30
	k := &keys{}
	c, other, old := codec.New(k), &list{}, &reasons{}
	r := projections.NewRunner("fosen", newLog(t), c, other, old)
	put := func(ctx context.Context, n int) {
		e, commits := said(t, c, n)
		if err := r.Append(ctx, r.Head(), commits, []domain.Recorded{e}); err != nil {
			t.Error(err)
		}
	}
	for n := 1; n <= before; n++ {
		put(t.Context(), n)
	}
	k.destroy()
	var appending sync.WaitGroup
	appending.Go(func() {
		for n := before + 1; n <= before+meanwhile; n++ {
			put(t.Context(), n)
		}
	})
	in, fresh := old, &reasons{}
	if err := r.Renew(t.Context(), func() { in = fresh }, fresh); err != nil {
		t.Fatal(err)
	}
	appending.Wait()
	inOrder(t, r, other, before+meanwhile)
	if in != fresh || len(fresh.given) != before+meanwhile {
		t.Fatalf("what is renewed has %d of %d events", len(fresh.given), before+meanwhile)
	}
	for n, text := range fresh.given[:before] {
		if text != domain.Erased {
			t.Errorf("event %d reads %q", n+1, text)
		}
	}
}

func TestARenewalThatCannotReadTheLogLeavesEverythingAsItWas(t *testing.T) {
	l, fresh := &list{}, &list{}
	r := projections.NewRunner("fosen", newLog(t), plain, l)
	appendHere(t, r, eventstore.Head{}, 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Renew(ctx, func() { t.Error("it was swapped") }, fresh); err == nil {
		t.Error("it says that it is done")
	}
	appendHere(t, r, r.Head(), 2)
	inOrder(t, r, l, 2)
}

func TestWhatStopsSoonerThanTheOldIsNotPutInItsPlace(t *testing.T) {
	l, fresh := &list{}, &list{poison: 2}
	r := projections.NewRunner("fosen", newLog(t), plain, l)
	for n := 1; n <= 3; n++ {
		appendHere(t, r, r.Head(), n)
	}
	if err := r.Renew(t.Context(), func() { t.Error("it was swapped") }, fresh); err == nil {
		t.Error("it says that it is done")
	}
	appendHere(t, r, r.Head(), 4)
	inOrder(t, r, l, 4)
}

func TestWhatHasStoppedIsRenewedAndGoesOn(t *testing.T) {
	ill, well := &list{poison: 2}, &list{}
	r := projections.NewRunner("fosen", newLog(t), plain, ill)
	for n := 1; n <= 3; n++ {
		appendHere(t, r, r.Head(), n)
	}
	if h := r.Health()[0]; h.Err == nil || !h.Lacks.Equal(event(2).Time) {
		t.Errorf("its health is %+v", h)
	}
	if err := r.Renew(t.Context(), func() {}, well); err != nil {
		t.Fatal(err)
	}
	appendHere(t, r, r.Head(), 4)
	inOrder(t, r, well, 4)
	if h := r.Health()[0]; h.Err != nil || !h.Lacks.IsZero() {
		t.Errorf("its health is %+v", h)
	}
}
