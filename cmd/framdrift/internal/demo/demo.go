// Package demo plays the Fosen plan from adoption to the end of 2024: the real
// plan, with a made history, through the same door as everybody, on a clock of
// its own. The region is marked as a demo for ever.
//
// story.go is what happens, steps.go turns it into commands in the order of
// their times. Every step has a command id made of its number, so that a demo
// that was cut off goes on where it stopped, and a second run does nothing.
package demo

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/intake"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/plantable"
)

const (
	// Region is the region of the demo.
	Region domain.RegionID = "fosen"
	// Plan is its plan.
	Plan domain.PlanID = "handlingsplan-2022-2024"

	planFile = "handlingsplan-2022-2024.txt"
	operator = domain.UserID("local")
)

// End is the last day of the story, which is what the demo is shown as of.
func End() app.Per { return app.Per{Time: domain.MustDate("2024-12-31").End()} }

//go:embed handlingsplan-2022-2024.txt
var planText []byte

// A clock shows the time of the step that is being played.
type clock struct{ now atomic.Int64 }

func (c *clock) set(t time.Time) { c.now.Store(t.UnixNano()) }
func (c *clock) read() time.Time { return time.Unix(0, c.now.Load()).UTC() }

var errNotDemo = domain.Rule{Kind: domain.Refused, Code: "demo.not-a-demo", Text: domain.Phrase{
	NB: "Regionen %[1]s i denne katalogen er ingen demo, og demoen legger seg ikke oppå virkelige data. Velg en annen katalog med --data.",
	NN: "Regionen %[1]s i denne katalogen er ingen demo, og demoen legg seg ikkje oppå verkelege data. Vel ein annan katalog med --data.",
	EN: "The region %[1]s in this directory is no demo, and the demo does not go on top of real data. Choose another directory with --data.",
}}

// A Played is how it went.
type Played struct {
	Events int // on the log afterwards
	New    int // commands that were carried out now; 0 when it was all there
}

// Play plays the whole story into a data directory, from where an earlier run
// stopped, and tells progress after every step. Open is the caller's way to
// open the directory.
func Play(ctx context.Context, o app.Options, open func(context.Context, app.Options) (*app.App, error), progress func(done, of int)) (*app.App, Played, error) {
	c := &clock{}
	o.Clock = c.read
	a, err := open(ctx, o)
	if err != nil {
		return nil, Played{}, err
	}
	played, err := play(ctx, a, c, progress)
	if err != nil {
		return nil, played, closing(a, err)
	}
	return a, played, nil
}

func closing(a *app.App, err error) error {
	if closed := a.Close(); closed != nil {
		return fmt.Errorf("%w (and closing: %w)", err, closed)
	}
	return err
}

func play(ctx context.Context, a *app.App, c *clock, progress func(done, of int)) (Played, error) {
	steps, err := steps()
	if err != nil {
		return Played{}, err
	}
	played := Played{}
	for i, s := range steps {
		c.set(s.at)
		receipt, err := s.give(ctx, a, stepID(i))
		if err != nil {
			return played, fmt.Errorf("demo: step %d, %s: %w", i, s.at.Format(time.DateTime), err)
		}
		if receipt.Changed() && !receipt.Repeated {
			played.New++
		}
		progress(i+1, len(steps))
	}
	r, err := a.Region(Region)
	if err != nil {
		return played, err
	}
	played.Events = int(r.Head().Position)
	return played, nil
}

// stepID is the same for the same step in every run.
func stepID(i int) domain.CommandID {
	return domain.CommandID(uuid.NewSHA1(uuid.NameSpaceOID, fmt.Appendf(nil, "framdrift demo, step %d", i)).String())
}

// A step is one command at its moment.
type step struct {
	at        time.Time
	by        domain.UserID
	effective domain.Date
	channel   domain.Channel
	command   domain.Command
}

func (s step) give(ctx context.Context, a *app.App, id domain.CommandID) (app.Receipt, error) {
	ask := domain.Request{ID: id, By: s.by, Channel: s.channel, Effective: s.effective, Command: s.command}
	if _, begins := s.command.(actors.RegisterRegion); begins {
		return begin(ctx, a, ask)
	}
	r, err := a.Region(Region)
	if err != nil {
		return app.Receipt{}, err
	}
	return r.Do(ctx, ask)
}

// begin registers the region, unless something real is in the directory.
func begin(ctx context.Context, a *app.App, ask domain.Request) (app.Receipt, error) {
	for _, r := range a.Regions() {
		o, err := r.Overview(ctx, app.Per{})
		if err != nil {
			return app.Receipt{}, err
		}
		if !o.Region.Demo {
			return app.Receipt{}, errNotDemo.With(r.ID())
		}
	}
	return a.Init(ctx, ask)
}

// importing is the plan as its own file has it, read like anybody's.
func importing() (plan.Import, error) {
	file, err := planfile.Read(planFile, bytes.NewReader(planText), planfile.DefaultLimits())
	if err != nil {
		return plan.Import{}, err
	}
	draft, err := plantable.Parse(file.Document)
	if err != nil {
		return plan.Import{}, err
	}
	return intake.Importing(file, draft, nil, plan.Decision{Body: "Representantskapet"}), nil
}
