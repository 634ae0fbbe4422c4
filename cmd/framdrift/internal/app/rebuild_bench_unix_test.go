//go:build unix

package app

import (
	"context"
	"crypto/sha256"
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/codec"
	"github.com/fosenregionen/framdrift/eventstore/seal"
	"github.com/fosenregionen/framdrift/eventstore/segment"
	"github.com/fosenregionen/framdrift/projections"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/planview"
)

const (
	lifeMeasures = 40
	lifeEvents   = 5_000
	lifeRegions  = 8
)

// BenchmarkRebuild reads the segments of regions that have gone on for years, and
// feeds each projection, and all of them, from them. Bare is the reading alone,
// which the ratios are to.
func BenchmarkRebuild(b *testing.B) {
	regions := lives(b)
	ways := []struct {
		name string
		into func() []projections.Projection
	}{
		{"decode", func() []projections.Projection { return nil }},
		{"ruling", func() []projections.Projection { return []projections.Projection{newRuling()} }},
		{"planview", func() []projections.Projection { return []projections.Projection{planview.New()} }},
		{"delivery", func() []projections.Projection { return []projections.Projection{delivery.New()} }},
		{"all", liveProjections},
	}
	var bare spent
	took := make([]spent, len(ways))
	for b.Loop() {
		bare.on(func() {
			for _, archive := range regions {
				for _, err := range (archived{archive: archive}).Read(b.Context(), eventstore.Head{}) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
		for i, way := range ways {
			took[i].on(func() {
				for _, archive := range regions {
					rebuilt(b, archive, way.into()...)
				}
			})
		}
	}
	events := float64(b.N * lifeRegions * lifeEvents)
	report := func(name string, s spent) {
		b.ReportMetric(events/s.wall.Seconds(), name+"-events/s")
		b.ReportMetric(float64(s.cpu.Nanoseconds())/events, name+"-cpu-ns/event")
		b.ReportMetric(bare.wall.Seconds()/s.wall.Seconds(), name+"/bare")
	}
	report("bare", bare)
	for i, way := range ways {
		report(way.name, took[i])
	}
	b.ReportMetric(0, "ns/op")
}

// BenchmarkMemoryOfAnEvent: what each projection holds for ever, an event.
func BenchmarkMemoryOfAnEvent(b *testing.B) {
	regions := lives(b)
	for b.Loop() {
		for i, name := range []string{"ruling", "planview", "delivery"} {
			before := inUse()
			kept := make([]projections.Projection, 0, lifeRegions)
			for _, archive := range regions {
				p := liveProjections()[i]
				rebuilt(b, archive, p)
				kept = append(kept, p)
			}
			b.ReportMetric(float64(inUse()-before)/(lifeRegions*lifeEvents), name+"-B/event")
			runtime.KeepAlive(kept)
		}
	}
	b.ReportMetric(0, "ns/op")
}

func liveProjections() []projections.Projection {
	return []projections.Projection{newRuling(), planview.New(), delivery.New()}
}

// A spent is time that has gone by, and work that all cores have done meanwhile:
// on a machine that has others the work says more.
type spent struct{ wall, cpu time.Duration }

func (s *spent) on(f func()) {
	began, work := time.Now(), worked()
	f()
	s.wall += time.Since(began)
	s.cpu += worked() - work
}

func worked() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func rebuilt(b *testing.B, archive *segment.Archive, into ...projections.Projection) {
	b.Helper()
	r := projections.NewRunner("fosen", archived{archive: archive}, codec.New(derived{}), into...)
	if err := r.CatchUp(b.Context()); err != nil {
		b.Fatal(err)
	}
	for _, h := range r.Health() {
		if h.Err != nil || h.Head.Position != lifeEvents {
			b.Fatal(h)
		}
	}
}

// archived is a log that is read from segments alone.
type archived struct {
	eventstore.Log
	archive *segment.Archive
}

func (a archived) Read(ctx context.Context, _ eventstore.Head) iter.Seq2[eventstore.Message, error] {
	return a.archive.Replay(ctx, func(seal.TreeHead) error { return nil })
}

// derived are keys made of the event's id, so that a log can be made again.
type derived struct{}

func (derived) Make(id domain.EventID) (codec.Key, error) { return sha256.Sum256([]byte(id)), nil }

func (d derived) Find(id domain.EventID) (codec.Key, error) { return d.Make(id) }

// lives are regions that have gone on for some years, in segments.
func lives(b *testing.B) []*segment.Archive {
	b.Helper()
	all := make([]*segment.Archive, lifeRegions)
	for n := range all {
		l := life{random: rand.New(rand.NewPCG(uint64(n), 1)), codec: codec.New(derived{}), now: time.Date(2020, time.January, 2, 9, 0, 0, 0, time.UTC)}
		dir := b.TempDir()
		w, err := segment.OpenWriter(dir, segment.Options{SegmentBytes: 1 << 20})
		if err != nil {
			b.Fatal(err)
		}
		for m := range l.messages(b) {
			if err := w.Keep(m); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
		if all[n], err = segment.Open(dir); err != nil {
			b.Fatal(err)
		}
	}
	return all
}

// A life makes the log of a region, in messages of a few commands each.
type life struct {
	random *rand.Rand
	codec  *codec.Codec
	head   eventstore.Head
	now    time.Time
	given  []domain.ReportID
}

func (l *life) messages(b *testing.B) iter.Seq[eventstore.Message] {
	return func(yield func(eventstore.Message) bool) {
		yield(l.message(b, l.begun()...))
		for l.head.Position < lifeEvents {
			l.now = l.now.Add(time.Duration(l.random.Int64N(int64(16 * time.Hour))))
			n := min(1+l.random.IntN(3), lifeEvents-int(l.head.Position))
			changes := make([]change, n)
			for i := range changes {
				changes[i] = l.change()
			}
			if !yield(l.message(b, changes...)) {
				return
			}
		}
	}
}

// A change is a command's one event.
type change struct {
	about domain.Subject
	plan  domain.PlanID
	event domain.Event
}

func (l *life) message(b *testing.B, changes ...change) eventstore.Message {
	b.Helper()
	var m eventstore.Message
	for _, c := range changes {
		l.head.Position++
		line, err := l.codec.Encode(domain.Recorded{
			ID: NewEventID(l.now), Region: "fosen", Position: domain.Position(l.head.Position), Time: l.now,
			Effective: domain.DateOf(l.now).AddDays(-l.random.IntN(5)), Subject: c.about, Plan: c.plan,
			Actor: domain.UserID(fmt.Sprintf("u%d", 1+l.random.IntN(30))), OnBehalfOf: l.actor(), Channel: domain.ChannelWeb,
			Command: domain.CommandID(newUUID(l.now).String()), Event: c.event,
		})
		if err != nil {
			b.Fatal(err)
		}
		m.Payload = append(m.Payload, line...)
	}
	l.head.Sequence++
	m.Head = l.head
	return m
}

const lifePlan = domain.PlanID("handlingsplan-2020-2024")

var lifeActors = []domain.ActorID{"radet", "radmannsforum", "utviklingsleder", "trondelag-fylkeskommune", "afjord", "orland", "indre-fosen", "osen"}

func (l *life) actor() domain.ActorID { return lifeActors[l.random.IntN(len(lifeActors))] }

func (l *life) begun() []change {
	region := domain.About(domain.EntityRegion, domain.RegionID("fosen"))
	all := []change{{region, "", actors.RegionRegistered{Name: "Fosenregionen"}}}
	for _, id := range lifeActors {
		all = append(all, change{domain.About(domain.EntityActor, id), "", actors.Registered{Name: string(id), Kind: actors.Organisation, Sector: actors.Public}})
	}
	all = append(all, change{domain.About(domain.EntityPlan, lifePlan), lifePlan, plan.Adopted{
		Plan: lifePlan, Title: "Handlingsplan", From: domain.MustDate("2020-01-01"), To: domain.MustDate("2024-12-31"),
		Decision: plan.Decision{Case: "RS 1/20", Date: domain.MustDate("2020-01-02")}, Strategies: []plan.Strategy{{ID: "s1", Title: "Ett"}},
	}})
	for n := range lifeMeasures {
		all = append(all, change{l.measure(n), lifePlan, plan.MeasureAdopted{
			Kind: plan.OneOff, Strategy: "s1", FocusArea: "Næring", Text: l.prose(20), Owners: []domain.ActorID{"radet"}, Partners: []domain.ActorID{"osen", "afjord"},
		}})
	}
	return all
}

func (l *life) measure(n int) domain.Subject {
	return domain.About(domain.EntityMeasure, domain.MeasureID(fmt.Sprintf("t%02d", n+1)))
}

// change is what happens next, in the mix that the demo has.
func (l *life) change() change {
	about := l.measure(l.random.IntN(lifeMeasures))
	day := domain.DateOf(l.now).AddDays(l.random.IntN(500))
	decision := plan.Decision{Body: "Rådet", Case: fmt.Sprintf("RS %02d/%d", 1+l.random.IntN(60), l.now.Year()%100), Date: domain.DateOf(l.now)}
	in := func(e domain.Event) change { return change{about, lifePlan, e} }
	switch l.random.IntN(16) {
	case 0, 1, 2, 3:
		period := domain.PeriodID(fmt.Sprintf("T%d-%d", 1+l.random.IntN(3), l.now.Year()))
		report := domain.ReportID(fmt.Sprintf("%s-%s-%d", about.ID, period, len(l.given)))
		l.given = append(l.given, report)
		return in(reporting.Reported{Report: report, Period: period, Status: reporting.Amber, Text: l.text(), Obstacles: l.text(), Next: l.text(), Forecast: day})
	case 4, 5:
		if n := len(l.given); n > 0 {
			return in(reporting.Approved{Report: l.given[n-1-l.random.IntN(min(n, 20))]})
		}
		return in(plan.MeasureStarted{})
	case 6:
		return in(plan.MeasureCompleted{Result: l.text()})
	case 7:
		return in(plan.MeasureReopened{Why: l.text()})
	case 8:
		return in(plan.ForecastGiven{Forecast: day, Why: l.text()})
	case 9, 10:
		return in(plan.DeadlineAdopted{Deadline: day, Decision: decision})
	case 11:
		return in(plan.MeasureAssigned{Owner: l.actor(), User: domain.UserID(fmt.Sprintf("u%d", 1+l.random.IntN(30)))})
	case 12:
		return in(plan.MeasureAccepted{Owner: l.actor()})
	case 13:
		return in(plan.PartnerConfirmed{Partner: "osen"})
	case 14:
		return in(plan.EvidenceAttached{Evidence: domain.EvidenceID(fmt.Sprintf("e%d", l.head.Position)), Name: "referat.pdf", MediaType: "application/pdf", SHA256: fmt.Sprintf("%064x", l.random.Uint64()), Size: 1234})
	default:
		return in(plan.MeasureStarted{})
	}
}

// text is nothing as often as not.
func (l *life) text() domain.Text {
	if l.random.IntN(2) == 0 {
		return ""
	}
	return domain.Text(l.prose(1 + l.random.IntN(20)))
}

var lifeWords = strings.Fields("vi har hatt møte med fylket om søknaden som sendes i februar rådet ber om en sak til høsten arbeidet er forsinket")

func (l *life) prose(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = lifeWords[l.random.IntN(len(lifeWords))]
	}
	return strings.Join(words, " ")
}
