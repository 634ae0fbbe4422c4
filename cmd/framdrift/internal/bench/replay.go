package bench

import (
	"bytes"
	"path/filepath"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

// turnsOfReplay is how many times each way of reading the log is measured; the
// middle counts.
const turnsOfReplay = 3

// replay reads the region's log in every way there is, in turns, beside a bare
// read of a stream with as many messages and bytes.
func (b *bench) replay(r *Result) error {
	head := b.region.Head()
	r.Events = int(head.Position)
	size := int(head.Position/head.Sequence) * len(payload)
	if err := b.raw.fill(b.ctx, int(head.Sequence), bytes.Repeat([]byte("x"), size)); err != nil {
		return err
	}
	ways := []struct {
		rate *float64
		read func() error
	}{
		{&r.ReadStream, func() error { return b.raw.read(b.ctx, int(head.Sequence)) }},
		{&r.ReplayStream, func() error { return b.measure(false) }},
		{&r.ReplaySegments, func() error { return b.measure(true) }},
		{&r.Verify, b.verify},
	}
	rates := make([][]float64, len(ways))
	for range turnsOfReplay {
		for i, way := range ways {
			began := time.Now()
			if err := way.read(); err != nil {
				return err
			}
			rates[i] = append(rates[i], float64(r.Events)/time.Since(began).Seconds())
		}
	}
	for i, way := range ways {
		*way.rate = median(rates[i])
	}
	r.ReplayRatio, r.SegmentsRatio = r.ReplayStream/r.ReadStream, r.ReplaySegments/r.ReadStream
	return nil
}

func (b *bench) measure(segments bool) error {
	_, err := b.region.Measure(b.ctx, segments)
	return err
}

func (b *bench) verify() error {
	kept, err := segment.Open(filepath.Join(b.data, "segments", string(b.region.ID())))
	if err == nil {
		_, err = kept.Verify(b.ctx, segment.Check{})
	}
	return err
}

// start opens the region again.
func (b *bench) start(r *Result) error {
	began := time.Now()
	a, err := app.Open(b.ctx, app.Options{Dir: b.data})
	if err != nil {
		return err
	}
	r.ColdStartMillis = millis(time.Since(began))
	return a.Close()
}
