package codec

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/domain/story"
)

// A kind is one stored event type: the version that is written now, where its
// texts are, and the Go type of its data.
type kind struct {
	version int
	stored  string // no.framdrift.measure.completed.v1
	texts   []textField
	event   reflect.Type
	object  object
	rooms   sync.Pool // pointers to events that are used again
}

// A textField is a field of an event that is sealed.
type textField struct {
	index  int
	member string
	nonce  []byte
}

// kinds holds every type on the log. A line is added here when an event is
// born, and is never taken away.
var kinds = register(
	of[actors.RegionRegistered](1), of[actors.RegionDescribed](1), of[actors.ProgrammeJoined](1),
	of[actors.Registered](1), of[actors.Classified](1), of[actors.Merged](1),
	of[actors.UserGranted](1), of[actors.UserRevoked](1), of[actors.UserForgotten](1),

	of[plan.Imported](1), of[plan.Adopted](1), of[plan.Endorsed](1), of[plan.Revised](1), of[plan.Closed](1),
	of[plan.MeasureAdopted](1), of[plan.MeasureAmended](1), of[plan.MeasureWithdrawn](1),
	of[plan.MeasureAssigned](1), of[plan.MeasureAccepted](1), of[plan.MeasureDeclined](1),
	of[plan.DeadlineAdopted](1), of[plan.ForecastGiven](1), of[plan.MeasureStarted](1),
	of[plan.DeviationHandled](1), of[plan.PartnerConfirmed](1), of[plan.PartnerResolved](1),
	of[plan.ContributionRecorded](1), of[plan.EvidenceAttached](1),
	of[plan.MeasureCompleted](1), of[plan.MeasureReopened](1),

	of[reporting.PeriodOpened](1), of[reporting.PeriodClosed](1), of[reporting.DeliveryDefined](1),
	of[reporting.Reported](1), of[reporting.Returned](1), of[reporting.Approved](1), of[reporting.Withdrawn](1),

	of[story.LeadWritten](1), of[story.GoalSet](1), of[story.ResultRecorded](1), of[story.AdviceGiven](1),
	of[story.ContinuationPlanned](1), of[story.ObstacleNoted](1), of[story.ExcerptQuoted](1),
	of[story.DocumentLinked](1), of[story.TeamFormed](1), of[story.ReportPublished](1),

	of[correction.EventCorrected](1), of[correction.TextRedacted](1),
)

// stored are the same by what stands on the log.
var stored = func() map[string]*kind {
	m := make(map[string]*kind, len(kinds))
	for _, k := range kinds {
		m[k.stored] = k
	}
	return m
}()

type named struct {
	name string
	kind *kind
}

// of is the kind of the domain type E, written with a version.
func of[E domain.Event](version int) named {
	var zero E
	k := &kind{version: version, stored: typePrefix + zero.EventName() + ".v" + strconv.Itoa(version), event: reflect.TypeFor[E]()}
	k.object = objectOf(k.event)
	k.rooms.New = func() any { return new(E) }
	for f := range k.event.Fields() {
		if f.Type == textType {
			member, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			k.texts = append(k.texts, textField{f.Index[0], member, nonce(member)})
		} else if holdsText(f.Type) {
			panic("codec: a text inside " + f.Name + " of " + zero.EventName() + " would not be sealed")
		}
	}
	return named{zero.EventName(), k}
}

// decode reads an event into what a pointer points to, which is zero.
func (k *kind) decode(data json.RawMessage, into any, known *names) error {
	e := reflect.ValueOf(into).Elem()
	r := reader{rest: data, ok: true, known: known}
	if k.object.read(&r, e); r.ok && len(r.rest) == 0 {
		return nil
	}
	e.SetZero()
	return unmarshal(data, into)
}

// eachText applies change to every text of an event that is not empty.
func (k *kind) eachText(event reflect.Value, change func(*textField, domain.Text) (domain.Text, error)) error {
	for i := range k.texts {
		field := event.Field(k.texts[i].index)
		if field.Len() == 0 {
			continue
		}
		text, err := change(&k.texts[i], domain.Text(field.String()))
		if err != nil {
			return err
		}
		field.SetString(string(text))
	}
	return nil
}

func register(all ...named) map[string]*kind {
	m := make(map[string]*kind, len(all))
	for _, n := range all {
		if _, twice := m[n.name]; twice {
			panic("codec: two kinds called " + n.name)
		}
		m[n.name] = n.kind
	}
	return m
}

// Names lists the names of all event types, in alphabetical order.
func Names() []string {
	names := make([]string, 0, len(kinds))
	for name := range kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Types lists every type that is read, as it is stored, in alphabetical order.
func Types() []string {
	types := make([]string, 0, len(kinds))
	for name, k := range kinds {
		for v := range k.version {
			types = append(types, typePrefix+name+".v"+strconv.Itoa(v+1))
		}
	}
	slices.Sort(types)
	return types
}

// holdsText reports whether a value of a type may have a text inside.
func holdsText(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Slice, reflect.Array, reflect.Pointer:
		return holdsText(t.Elem())
	case reflect.Map:
		return holdsText(t.Key()) || holdsText(t.Elem())
	case reflect.Struct:
		for f := range t.Fields() {
			if holdsText(f.Type) {
				return true
			}
		}
	}
	return t == textType
}
