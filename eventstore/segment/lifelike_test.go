package segment_test

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

// A life makes the log of a busy region, through the codec: the events of
// measures in the mix that the demo has, with sealed texts of up to so many
// words in every other place for one. Ids are random and times have
// nanoseconds, as on a real log, so that what it packs to is not flattery.
type life struct {
	random *rand.Rand
	words  int // of the longest text; the demo has 12
	codec  *codec.Codec
	head   eventstore.Head
	now    time.Time
}

func newLife(seed uint64) *life {
	return &life{
		random: rand.New(rand.NewPCG(seed, seed)), words: 40, codec: codec.New(derived{}),
		now: time.Date(2022, time.June, 20, 9, 0, 0, 0, time.UTC),
	}
}

// derived are keys made of the event's id, so that a log can be made again.
type derived struct{}

func (derived) Make(id domain.EventID) (codec.Key, error) { return sha256.Sum256([]byte(id)), nil }

func (d derived) Find(id domain.EventID) (codec.Key, error) { return d.Make(id) }

// message is what so many commands at once lead to, an event each or two.
func (l *life) message(t testing.TB, commands int) eventstore.Message {
	t.Helper()
	var m eventstore.Message
	for range commands {
		measure := fmt.Sprintf("t%02d", 1+l.random.IntN(40))
		m.Subject = "handlingsplan-2022-2024.measure." + measure
		command := l.uuid(7)
		for range 1 + l.random.IntN(8)/7 {
			m.Payload = append(m.Payload, l.line(t, measure, command)...)
		}
	}
	if commands > 1 {
		m.Subject = ""
	}
	l.head.Sequence++
	m.Head = l.head
	return m
}

// log is whole messages of single commands until there are so many events.
func (l *life) log(t testing.TB, events int) []eventstore.Message {
	t.Helper()
	var all []eventstore.Message
	for l.head.Position < uint64(events) {
		all = append(all, l.message(t, 1))
	}
	return all
}

func (l *life) line(t testing.TB, measure, command string) []byte {
	t.Helper()
	l.head.Position++
	l.now = l.now.Add(time.Duration(l.random.Int64N(int64(time.Hour))))
	line, err := l.codec.Encode(domain.Recorded{
		ID: domain.EventID(l.uuid(7)), Region: "fosen", Position: domain.Position(l.head.Position),
		Time: l.now, Effective: domain.DateOf(l.now).AddDays(-l.random.IntN(20)),
		Subject: domain.Subject{Entity: domain.EntityMeasure, ID: measure}, Plan: "handlingsplan-2022-2024",
		Actor: domain.UserID(fmt.Sprintf("u%d", 1+l.random.IntN(30))), OnBehalfOf: l.actor(),
		Channel: domain.ChannelWeb, Command: domain.CommandID(command), Event: l.event(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func (l *life) event() domain.Event {
	period := domain.PeriodID(fmt.Sprintf("T%d-%d", 1+l.random.IntN(3), l.now.Year()))
	day := domain.DateOf(l.now).AddDays(l.random.IntN(500))
	decision := plan.Decision{Body: "Rådet", Case: fmt.Sprintf("RS %02d/%d", 1+l.random.IntN(60), l.now.Year()%100), Date: domain.DateOf(l.now)}
	switch l.random.IntN(12) {
	case 0, 1, 2, 3:
		return reporting.Reported{
			Report: domain.ReportID(fmt.Sprintf("t%02d-%s-1", 1+l.random.IntN(40), period)), Period: period, Status: reporting.Amber,
			Text: l.text(), Obstacles: l.text(), Next: l.text(), Forecast: day,
		}
	case 4:
		return plan.MeasureCompleted{Result: l.text(), Deliverable: fmt.Sprint(l.now.Year())}
	case 5:
		return plan.ForecastGiven{Forecast: day, Why: l.text()}
	case 6, 7:
		return plan.DeadlineAdopted{Deadline: day, Decision: decision}
	case 8:
		return plan.MeasureAssigned{Owner: l.actor(), User: domain.UserID(fmt.Sprintf("u%d", 1+l.random.IntN(30)))}
	case 9:
		return plan.MeasureAccepted{Owner: l.actor()}
	case 10:
		return plan.MeasureAmended{Field: plan.FieldText, Old: l.prose(12), New: l.prose(12), Decision: decision}
	default:
		return plan.MeasureStarted{}
	}
}

// text is nothing as often as not.
func (l *life) text() domain.Text {
	if l.words == 0 || l.random.IntN(2) == 0 {
		return ""
	}
	return domain.Text(l.prose(1 + l.random.IntN(l.words)))
}

var vocabulary = strings.Fields("vi har hatt møte med fylket om søknaden som sendes i februar rådet ber om en sak til høsten " +
	"arbeidet er forsinket fordi prosjektleder sluttet ny stilling lyses ut kommunene er enige om kostnadene " +
	"næringsforeningen har levert innspill og planen ble vedtatt i alle kommunestyrene før sommeren")

func (l *life) prose(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = vocabulary[l.random.IntN(len(vocabulary))]
	}
	return strings.Join(words, " ")
}

func (l *life) actor() domain.ActorID {
	all := []domain.ActorID{"radet", "radmannsforum", "utviklingsleder", "trondelag-fylkeskommune", "afjord", "orland", "indre-fosen", "osen"}
	return all[l.random.IntN(len(all))]
}

// uuid is of version 4, or of version 7 and the life's time.
func (l *life) uuid(version byte) string {
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:], l.random.Uint64())
	binary.BigEndian.PutUint64(id[8:], l.random.Uint64())
	if version == 7 {
		binary.BigEndian.PutUint64(id[:], uint64(l.now.UnixMilli())<<16|uint64(l.random.IntN(1<<12)))
	}
	id[6], id[8] = id[6]&0x0f|version<<4, id[8]&0x3f|0x80
	return id.String()
}
