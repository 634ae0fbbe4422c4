package jetstream

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/eventstore"
)

func TestAnAppendWithoutAnAnswerIsUnknownAndMayBeStored(t *testing.T) {
	f := openWithRoot(t)
	log := f.unchecked(t, func(c *natsjs.StreamConfig) { c.NoAck = true })

	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := log.Append(ctx, eventstore.Head{}, event(1))
	if !errors.Is(err, eventstore.ErrUnknown) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("out of time, Append gives %v", err)
	}

	ctx, cancel = context.WithCancel(t.Context())
	defer cancel()
	unanswered := make(chan error)
	go func() {
		_, err := log.Append(ctx, eventstore.Head{Sequence: 1}, event(2))
		unanswered <- err
	}()
	waitFor(t, log, 2)
	cancel()
	if err := <-unanswered; !errors.Is(err, eventstore.ErrUnknown) || !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled, Append gives %v", err)
	}

	go func() {
		_, err := log.Append(t.Context(), eventstore.Head{Sequence: 2}, event(3))
		unanswered <- err
	}()
	waitFor(t, log, 3)
	closeStore(t, f.Store)
	if err := <-unanswered; !errors.Is(err, eventstore.ErrUnknown) {
		t.Errorf("closed, Append gives %v", err)
	}
}

// waitFor follows the log until it is so long.
func waitFor(t *testing.T, log eventstore.Log, sequence uint64) {
	t.Helper()
	for m, err := range log.Follow(t.Context(), eventstore.Head{}) {
		if err != nil {
			t.Fatal(err)
		}
		if m.Head.Sequence == sequence {
			return
		}
	}
}

func TestWhatTheServerRefusesIsSorted(t *testing.T) {
	log := &regionLog{stream: streamName(region)}
	api := func(code natsjs.ErrorCode) error { return &natsjs.APIError{Code: 400, ErrorCode: code} }
	kinds := []error{eventstore.ErrConflict, eventstore.ErrTooLarge, eventstore.ErrUnavailable, eventstore.ErrUnknown}
	for _, tt := range []struct {
		name string
		err  error
		want error // nil: none of the kinds, as nothing was stored and the reason is another
	}{
		{"wrong last sequence", api(10071), eventstore.ErrConflict},
		{"in flight", api(10164), eventstore.ErrConflict},
		{"message too large", api(10054), eventstore.ErrTooLarge},
		{"out of resources", api(10023), nil},
		{"store full", api(10047), nil},
		{"another stream", api(10060), nil},
		{"too large for the connection", nats.ErrMaxPayload, eventstore.ErrTooLarge},
		{"not connected", nats.ErrReconnectBufExceeded, eventstore.ErrUnavailable},
		{"nobody there", natsjs.ErrNoStreamResponse, eventstore.ErrUnavailable},
		{"the store failed", api(10077), eventstore.ErrUnknown},
		{"a code from the future", api(19999), eventstore.ErrUnknown},
		{"timeout", nats.ErrTimeout, eventstore.ErrUnknown},
		{"connection lost", nats.ErrConnectionClosed, eventstore.ErrUnknown},
		{"disconnected", nats.ErrDisconnected, eventstore.ErrUnknown},
		{"not an answer", natsjs.ErrInvalidJSAck, eventstore.ErrUnknown},
	} {
		got := log.refused(tt.err)
		for _, kind := range kinds {
			if errors.Is(got, kind) != errors.Is(tt.want, kind) {
				t.Errorf("%s becomes %v", tt.name, got)
			}
		}
		if !errors.Is(tt.want, eventstore.ErrConflict) && !errors.Is(got, tt.err) {
			t.Errorf("%s becomes %v, which hides the cause", tt.name, got)
		}
	}
	log.copies = 3 // whoever says it may have been replaced as a leader
	for _, code := range []natsjs.ErrorCode{10071, 10164} {
		if got := log.refused(api(code)); !errors.Is(got, eventstore.ErrConflict) || !errors.Is(got, eventstore.ErrUnknown) {
			t.Errorf("from a cluster %d becomes %v", code, got)
		}
	}
}

func TestTheHeadersOfAMessage(t *testing.T) {
	f := openWithRoot(t)
	log := createLog(t, f.Store)
	head := fill(t, log, eventstore.Head{}, 1)
	if _, err := log.Append(t.Context(), head, event(2), event(3)); err != nil {
		t.Fatal(err)
	}
	stream, err := f.root.Stream(t.Context(), "FRAMDRIFT_fosen")
	if err != nil {
		t.Fatal(err)
	}
	for sequence, want := range map[uint64]natsjs.RawStreamMsg{
		1: {Subject: "framdrift.fosen.plan.measure.t01", Header: nats.Header{
			"Nats-Expected-Stream": {"FRAMDRIFT_fosen"}, "Nats-Expected-Last-Sequence": {"0"},
		}},
		2: {Subject: "framdrift.fosen.pack", Header: nats.Header{
			"Nats-Expected-Stream": {"FRAMDRIFT_fosen"}, "Nats-Expected-Last-Sequence": {"1"},
		}},
	} {
		got, err := stream.GetMsg(t.Context(), sequence)
		if err != nil {
			t.Fatal(err)
		}
		if got.Subject != want.Subject || len(got.Header) != len(want.Header) {
			t.Errorf("message %d lies on %s with the headers %v", sequence, got.Subject, got.Header)
		}
		for name := range want.Header {
			if got.Header.Get(name) != want.Header.Get(name) {
				t.Errorf("message %d has %s: %s", sequence, name, got.Header.Get(name))
			}
		}
	}
}
