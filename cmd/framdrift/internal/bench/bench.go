// Package bench measures the log on a disk: the whole door – decide, seal,
// encode, append, project – beside bare JetStream with the same sync setting
// and the same payload, in turns within one run. On a noisy machine the
// ratios hold where the rates do not.
package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// A Result is what a disk can do. Rates are events per second.
type Result struct {
	RawSync    float64 `json:"rawSync"`   // one synchronous JetStream publish after the other
	OneClient  float64 `json:"oneClient"` // one change after the other
	Clients8   float64 `json:"clients8"`  // so many who each wait for their answer
	Clients64  float64 `json:"clients64"`
	Clients256 float64 `json:"clients256"`
	Pack1000   float64 `json:"pack1000"`   // a thousand waiting at once
	ReadStream float64 `json:"readStream"` // bare ordered read

	// The same log into every projection: from the stream, and from its segments,
	// which are verified on the way.
	ReplayStream   float64 `json:"replayStream"`
	ReplaySegments float64 `json:"replaySegments"`
	Verify         float64 `json:"verify"` // the segments verified, and no more

	Clients8Ratio   float64 `json:"clients8Ratio"` // to rawSync, each measured in turns with it
	Clients64Ratio  float64 `json:"clients64Ratio"`
	Clients256Ratio float64 `json:"clients256Ratio"`
	Pack1000Ratio   float64 `json:"pack1000Ratio"`
	ReplayRatio     float64 `json:"replayRatio"` // to readStream
	SegmentsRatio   float64 `json:"segmentsRatio"`

	// How long an answer takes, beside one raw synchronous publish in the same rounds.
	OneClientLatency    float64 `json:"oneClientLatency"`    // one client
	Clients64LatencyP99 float64 `json:"clients64LatencyP99"` // of 64, all but the slowest hundredth

	// The plan just after some event of a log of 6 000 about 100 measures.
	AsOfP50Millis float64 `json:"asOfP50Millis"`
	AsOfP99Millis float64 `json:"asOfP99Millis"`

	ColdStartMillis float64 `json:"coldStartMillis"` // opening that log, to the first answer
	Events          int     `json:"events"`          // how many the read figures were taken on
	Cores           int     `json:"cores"`
}

const (
	users = 8
	// Rounds is how many turns every rate is measured in when nobody says;
	// each is a burst of ours and a burst of raw.
	Rounds = 12
	// burst is how many changes each client makes in a round.
	burst = 8
	// rawBurst is how many raw publishes a round has.
	rawBurst = 40
)

// Run measures in so many rounds, in a directory of its own beneath dir, and
// takes it away again. Step is told of every measurement that is done.
func Run(ctx context.Context, dir string, rounds int, step func(done, of int)) (result Result, err error) {
	home, err := os.MkdirTemp(dir, ".framdrift-bench-*")
	if err != nil {
		return result, fmt.Errorf("bench: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(home)) }()
	raw, err := openRaw(ctx, home+"/raw")
	if err != nil {
		return result, err
	}
	defer raw.close()
	b := &bench{ctx: ctx, raw: raw, data: home + "/data", rounds: rounds, measures: 40}
	if err := b.open(); err != nil {
		return result, err
	}
	result.Cores = runtime.NumCPU()
	rates := []struct {
		clients int
		keep    func(turns)
	}{
		{1, func(t turns) { result.OneClient, result.RawSync, result.OneClientLatency = t.ours, t.raw, 1/t.ratio }},
		{8, func(t turns) { result.Clients8, result.Clients8Ratio = t.ours, t.ratio }},
		{64, func(t turns) {
			result.Clients64, result.Clients64Ratio = t.ours, t.ratio
			result.Clients64LatencyP99 = t.p99.Seconds() * t.raw
		}},
		{256, func(t turns) { result.Clients256, result.Clients256Ratio = t.ours, t.ratio }},
		{1000, func(t turns) { result.Pack1000, result.Pack1000Ratio = t.ours, t.ratio }},
	}
	for i, r := range rates {
		t, err := b.rate(r.clients)
		if err != nil {
			return result, errors.Join(err, b.app.Close())
		}
		r.keep(t)
		step(i+1, len(rates)+2)
	}
	err = errors.Join(b.replay(&result), b.app.Close(), b.start(&result))
	step(len(rates)+1, len(rates)+2)
	err = errors.Join(err, asOf(ctx, home+"/past", &result))
	step(len(rates)+2, len(rates)+2)
	return result, err
}

type bench struct {
	ctx      context.Context
	raw      *raw
	data     string
	rounds   int
	measures int
	app      *app.App
	region   *app.Region
	users    atomic.Int64
}

// open makes a region with a plan.
func (b *bench) open() error {
	a, err := app.Create(b.ctx, app.Options{Dir: b.data})
	if err != nil {
		return err
	}
	b.app = a
	if _, err := a.Init(b.ctx, b.ask(actors.RegisterRegion{Region: "bench", Name: "Bench"})); err != nil {
		return errors.Join(err, a.Close())
	}
	if b.region, err = a.Region("bench"); err != nil {
		return errors.Join(err, a.Close())
	}
	if _, err := b.region.Do(b.ctx, b.ask(aPlan(b.measures))); err != nil {
		return errors.Join(err, a.Close())
	}
	for i := range users {
		if _, err := b.region.Do(b.ctx, b.ask(actors.Grant{User: user(i), Role: domain.RoleCoordinator})); err != nil {
			return errors.Join(err, a.Close())
		}
	}
	return nil
}

// user is one of those who change something: nobody may fill the row alone.
func user(i int) domain.UserID { return domain.UserID(fmt.Sprintf("bench-%d", i%users)) }

func (b *bench) ask(c domain.Command) domain.Request {
	return domain.Request{ID: app.NewCommandID(), By: "bench", Channel: domain.ChannelSystem, Command: c}
}

func aPlan(measures int) plan.Import {
	adopted := domain.MustDate("2022-06-10")
	c := plan.Import{
		File: plan.Imported{File: "bench", SHA256: "bench", Format: "text"},
		Plan: plan.Adopted{
			Plan: "handlingsplan-2022-2024", Title: "Bench", From: adopted, To: adopted.AddDays(900),
			Decision: plan.Decision{Case: "RS 03/22", Date: adopted}, Strategies: []plan.Strategy{{ID: "s1", Title: "Bench"}},
		},
		Actors: []actors.Register{{Actor: "utviklingsleder", Name: "Utviklingsleder", Kind: actors.Person, Sector: actors.Public}},
	}
	for i := range measures {
		c.Measures = append(c.Measures, plan.Row{ID: measure(i), Measure: plan.MeasureAdopted{
			Kind: plan.OneOff, Strategy: "s1", Text: "Bench", Owners: []domain.ActorID{"utviklingsleder"},
		}})
	}
	return c
}

func measure(i int) domain.MeasureID { return domain.MeasureID(fmt.Sprintf("t%02d", i+1)) }

// change is a command that no rule ever refuses: the measure goes from one
// user to the next.
func (b *bench) change(i int) domain.Command {
	next := domain.UserID(fmt.Sprintf("u%d", b.users.Add(1)))
	return plan.Assign{On: plan.On{Measure: measure(i % b.measures)}, Owner: "utviklingsleder", User: next}
}

// turns is what came of taking turns: in the middle round, changes of ours per
// second, raw publishes per second, and the ratio of the two in one round; and
// how long all but the slowest hundredth of ours waited. A disk that shares
// its machine stalls now and then, which the middle does not see.
type turns struct {
	ours, raw, ratio float64
	p99              time.Duration
}

func (b *bench) rate(clients int) (turns, error) {
	var ours, raws, ratios []float64
	waits := make([]time.Duration, 0, b.rounds*clients*burst)
	for range b.rounds {
		began := time.Now()
		for range rawBurst {
			if err := b.raw.publish(b.ctx); err != nil {
				return turns{}, err
			}
		}
		raw := rawBurst / time.Since(began).Seconds()
		began = time.Now()
		waited, err := b.burst(clients)
		if err != nil {
			return turns{}, err
		}
		our := float64(len(waited)) / time.Since(began).Seconds()
		ours, raws, ratios = append(ours, our), append(raws, raw), append(ratios, our/raw)
		waits = append(waits, waited...)
	}
	slices.Sort(waits)
	return turns{ours: median(ours), raw: median(raws), ratio: median(ratios), p99: waits[len(waits)*99/100]}, nil
}

func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}

// burst lets every client make its changes, and gives how long each waited.
func (b *bench) burst(clients int) ([]time.Duration, error) {
	var wait sync.WaitGroup
	failed, waits := make([]error, clients), make([]time.Duration, clients*burst)
	for i := range clients {
		wait.Go(func() {
			for n := range burst {
				asked := time.Now()
				ask := b.ask(b.change(i))
				ask.By = user(i)
				if _, err := b.region.Do(b.ctx, ask); err != nil {
					failed[i] = err
					return
				}
				waits[i*burst+n] = time.Since(asked)
			}
		})
	}
	wait.Wait()
	return waits, errors.Join(failed...)
}
