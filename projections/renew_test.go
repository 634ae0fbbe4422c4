package projections_test

import (
	"context"
	"fmt"
	"slices"
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
	if err := r.Renew(t.Context(), projections.Standing{}, func() { in = fresh }, fresh); err != nil {
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
	if err := r.Renew(ctx, projections.Standing{}, func() { t.Error("it was swapped") }, fresh); err == nil {
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
	if err := r.Renew(t.Context(), projections.Standing{}, func() { t.Error("it was swapped") }, fresh); err == nil {
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
	if err := r.Renew(t.Context(), projections.Standing{}, func() {}, well); err != nil {
		t.Fatal(err)
	}
	appendHere(t, r, r.Head(), 4)
	inOrder(t, r, well, 4)
	if h := r.Health()[0]; h.Err != nil || !h.Lacks.IsZero() {
		t.Errorf("its health is %+v", h)
	}
}

// named is a list of another name.
type named struct {
	list
	name string
}

func (n *named) Name() string { return n.name }

// What is fed from now on was made of the whole log, also when the log has stopped;
// what is dropped is fed no more.
func TestAProjectionComesAndGoesWhileTheOthersAreFed(t *testing.T) {
	first, late := &list{}, &named{name: "late"}
	log := newLog(t)
	r := projections.NewRunner("fosen", log, plain, first)
	for n := 1; n <= 3; n++ {
		appendHere(t, r, r.Head(), n)
	}
	there := false
	if err := r.Renew(t.Context(), projections.Standing{}, func() { there = true }, late); err != nil || !there {
		t.Fatal(there, err)
	}
	appendHere(t, r, r.Head(), 4)
	inOrder(t, r, &late.list, 4)
	r.Drop(func() { there = false }, "late")
	appendHere(t, r, r.Head(), 5)
	inOrder(t, r, first, 5)
	inOrder(t, r, &late.list, 4)
	if there || len(r.Health()) != 1 {
		t.Error("it is there still")
	}

	appendLines(t, log, r.Head(), []byte("no event\n"))
	if err := r.CatchUp(t.Context()); err == nil {
		t.Fatal("the log is believed")
	}
	again := &named{name: "late"}
	if err := r.Renew(t.Context(), projections.Standing{}, func() {}, again); err != nil {
		t.Fatal(err)
	}
	inOrder(t, r, &again.list, 5)
}

// What was made of a snapshot goes on from where that was taken.
func TestWhatStandsSomewhereGoesOnFromThere(t *testing.T) {
	log := newLog(t)
	before, all := &list{}, &list{}
	r := projections.NewRunner("fosen", log, plain, before)
	for n := 1; n <= 3; n++ {
		appendHere(t, r, r.Head(), n)
	}
	at := r.Standing()
	for n := 4; n <= 6; n++ {
		appendHere(t, r, r.Head(), n)
	}
	restored := &list{positions: slices.Clone(before.positions[:3])}
	fresh := projections.NewRunner("fosen", log, plain, restored)
	fresh.Resume(at)
	if err := fresh.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	inOrder(t, fresh, restored, 6)
	if fresh.Standing() != r.Standing() {
		t.Errorf("they stand at %+v and %+v", fresh.Standing(), r.Standing())
	}
	if err := r.Renew(t.Context(), at, func() {}, &named{name: "late"}); err != nil {
		t.Error(err)
	}
	if err := projections.NewRunner("fosen", log, plain).Renew(t.Context(), at, func() {}, all); err == nil {
		t.Error("what is ahead of what has been read is put to use")
	}
}
