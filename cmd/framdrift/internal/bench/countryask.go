package bench

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// A feeding is told how long appends take, and how long of that feeding took.
type feeding struct {
	mu          sync.Mutex // guards the rest
	fed, append []time.Duration
}

// Fed is that of app.FeedObserver.
func (f *feeding) Fed(took time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fed = append(f.fed, took)
}

// Appended is that of app.Observer.
func (f *feeding) Appended(took time.Duration, _ []domain.Recorded) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.append = append(f.append, took)
}

// percentile is all but so many hundredths of them, the slowest. It sorts them.
func percentile(of []time.Duration, hundredths int) time.Duration {
	slices.Sort(of)
	return of[len(of)*hundredths/100]
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }

// largest is the region with the most events.
func (n *nation) largest() *app.Region {
	return slices.MaxFunc(n.regions(), func(a, b *app.Region) int { return int(a.Head().Position) - int(b.Head().Position) })
}

// asOf asks what the first plan of the largest region was at the end of days all
// over its history.
func (n *nation) asOf() error {
	r := n.largest()
	o, err := r.Overview(n.ctx, app.Per{})
	if err != nil {
		return err
	}
	first := slices.MinFunc(o.Plans, func(a, b planview.Summary) int { return a.Adopted.Sub(b.Adopted) })
	last, _ := r.Last()
	begins := first.Adopted.AddDays(30) // it came in some days after it was adopted
	days := max(1, domain.DateOf(last).Sub(begins))
	known, corrected := make([]time.Duration, looks), make([]time.Duration, looks)
	for i := range looks {
		per := app.Per{Time: begins.AddDays(i * apart % days).End()}
		for _, as := range []struct {
			view  delivery.View
			waits []time.Duration
		}{{delivery.Known, known}, {delivery.Corrected, corrected}} {
			per.View = as.view
			began := time.Now()
			if _, err := r.Plan(n.ctx, first.ID, per); err != nil {
				return err
			}
			as.waits[i] = time.Since(began)
		}
	}
	n.result.AsOfP50Millis, n.result.AsOfP99Millis = millis(percentile(known, 50)), millis(percentile(known, 99))
	n.result.CorrectedP99Millis = millis(percentile(corrected, 99))
	return nil
}

const (
	askedRegions = 20 // that something is appended to
	asks         = 25 // in each
)

// feed appends to regions all over the country, one command at a time.
func (n *nation) feed() error {
	all := n.regions()
	for i := range min(askedRegions, len(all)) {
		r := all[i*len(all)/min(askedRegions, len(all))]
		about, err := n.standing(r)
		if err != nil {
			return err
		}
		for range asks {
			about.ID = app.NewCommandID()
			if _, err := r.Do(n.ctx, about); err != nil {
				return err
			}
		}
	}
	n.result.FeedP50Micros, n.result.FeedP99Micros = micros(percentile(n.fed.fed, 50)), micros(percentile(n.fed.fed, 99))
	n.result.AppendP50Micros = micros(percentile(n.fed.append, 50))
	return nil
}

// standing is a command about a measure that is in a plan in force, which no rule
// refuses however often it is given.
func (n *nation) standing(r *app.Region) (domain.Request, error) {
	o, err := r.Overview(n.ctx, app.Per{})
	if err != nil {
		return domain.Request{}, err
	}
	for _, s := range o.Plans {
		p, err := r.Plan(n.ctx, s.ID, app.Per{})
		if err != nil {
			return domain.Request{}, err
		}
		for _, m := range p.Measures {
			if s.Closed.IsZero() && m.Withdrawn.IsZero() && m.Kind == plan.OneOff {
				c := plan.RecordContribution{On: plan.On{Measure: m.ID}, Partner: "radet", Hours: 1}
				return domain.Request{By: "u1", Channel: domain.ChannelSystem, Plan: s.ID, Command: c}, nil
			}
		}
	}
	return domain.Request{}, fmt.Errorf("bench: nothing can be said of %s", r.ID())
}
