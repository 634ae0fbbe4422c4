// Package codec turns a line of the log into a domain event and back.
//
// A line is a CloudEvents 1.0 object in JSON (structured mode), its members
// always in this order, ended by a newline:
//
//	{"specversion":"1.0","id":"<uuidv7>","source":"/regions/fosen",
//	 "type":"no.framdrift.measure.completed.v1","subject":"measure/t07",
//	 "time":"2026-11-21T12:00:00.123456789Z","datacontenttype":"application/json",
//	 "position":412,"plan":"handlingsplan-2022-2024","actor":"u1",
//	 "onbehalfof":"utviklingsleder","channel":"cli","commandid":"<uuid>",
//	 "effective":"2024-05-31","data":{…}}
//
// plan, onbehalfof and retrospective are left out when empty. The members of
// data are the JSON names of the event's Go type; texts are sealed (see
// seal.go). What the codec does not know, it refuses: a type or a version
// from a newer program (UnknownTypeError), and what none of ours wrote
// (eventstore.ErrForeign), such as a member nobody defined.
package codec

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	json2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
)

// ErrUnknownType is an event whose type or version this program does not
// know, as when a newer program wrote it.
var ErrUnknownType = errors.New("codec: unknown event type")

// An UnknownTypeError is ErrUnknownType on the log, and says which event it is.
type UnknownTypeError struct {
	Type     string // no.framdrift.measure.paused.v1
	Position domain.Position
}

func (e *UnknownTypeError) Error() string {
	return fmt.Sprintf("%v %s at position %d", ErrUnknownType, e.Type, e.Position)
}

// Is makes it an ErrUnknownType.
func (e *UnknownTypeError) Is(target error) bool { return target == ErrUnknownType }

const (
	specVersion  = "1.0"
	contentType  = "application/json"
	typePrefix   = "no.framdrift."
	sourcePrefix = "/regions/"
	timeLayout   = "2006-01-02T15:04:05.000000000Z"
)

// A Codec encodes and decodes. Its keys seal and open texts.
type Codec struct{ keys Keys }

// New returns a codec. With nil keys every sealed text reads as erased, and
// an event with a text cannot be encoded.
func New(keys Keys) *Codec { return &Codec{keys} }

// envelope is the stored form; the order of its fields is the order on the log.
type envelope struct {
	SpecVersion     string           `json:"specversion"`
	ID              domain.EventID   `json:"id"`
	Source          string           `json:"source"`
	Type            string           `json:"type"`
	Subject         string           `json:"subject"`
	Time            string           `json:"time"`
	DataContentType string           `json:"datacontenttype"`
	Position        domain.Position  `json:"position"`
	Plan            domain.PlanID    `json:"plan,omitempty"`
	Actor           domain.UserID    `json:"actor"`
	OnBehalfOf      domain.ActorID   `json:"onbehalfof,omitempty"`
	Channel         domain.Channel   `json:"channel"`
	CommandID       domain.CommandID `json:"commandid"`
	Effective       domain.Date      `json:"effective"`
	Retrospective   bool             `json:"retrospective,omitzero"`
	Data            json.RawMessage  `json:"data"`
}

// TypeOf is the stored type of an event: no.framdrift.measure.completed.v1.
func TypeOf(e domain.Event) (string, error) {
	k, err := kindOf(e)
	if err != nil {
		return "", err
	}
	return k.stored, nil
}

func kindOf(e domain.Event) (*kind, error) {
	k, ok := kinds[e.EventName()]
	if !ok {
		return nil, fmt.Errorf("%w: %s", ErrUnknownType, e.EventName())
	}
	return k, nil
}

// Encode writes the line of an event, newline included. It refuses an event
// that Decode would refuse.
func (c *Codec) Encode(r domain.Recorded) ([]byte, error) {
	k, err := kindOf(r.Event)
	if err != nil {
		return nil, err
	}
	sealed, err := c.seal(r.ID, k, r.Event)
	if err != nil {
		return nil, fmt.Errorf("codec: sealing %s: %w", k.stored, err)
	}
	data, err := json2.Marshal(sealed, readableDates)
	if err != nil {
		return nil, fmt.Errorf("codec: encoding %s: %w", k.stored, err)
	}
	env := envelope{
		SpecVersion: specVersion, ID: r.ID, Source: sourcePrefix + string(r.Region), Type: k.stored,
		Subject: r.Subject.String(), Time: storedTime(r.Time), DataContentType: contentType,
		Position: r.Position, Plan: r.Plan, Actor: r.Actor, OnBehalfOf: r.OnBehalfOf, Channel: r.Channel,
		CommandID: r.Command, Effective: r.Effective, Retrospective: r.Retrospective, Data: data,
	}
	if err := env.check(); err != nil {
		return nil, fmt.Errorf("codec: encoding %s: %w", k.stored, err)
	}
	if year := r.Time.UTC().Year(); year < 1 || year > 9999 {
		return nil, fmt.Errorf("codec: encoding %s: the time %s cannot be stored", k.stored, r.Time)
	}
	if line, plain := env.appendTo(make([]byte, 0, 512+len(env.Data))); plain {
		return line, nil
	}
	line, err := json2.Marshal(env)
	return append(line, '\n'), err
}

// readableDates refuses to write a date that could not be read again: an
// unknown one where there must be one, and years of more than four digits.
var readableDates = json2.WithMarshalers(json2.MarshalToFunc(func(e *jsontext.Encoder, d domain.Date) error {
	if d.IsZero() || d.Year() < 1 || d.Year() > 9999 {
		return fmt.Errorf("the date «%s» cannot be stored", d)
	}
	return e.WriteToken(jsontext.String(d.String()))
}))

// Decode reads a line. With an UnknownTypeError it gives what the envelope
// says, and no Event.
func (c *Codec) Decode(line []byte) (domain.Recorded, error) {
	known := allNames.Get().(*names)
	defer allNames.Put(known)
	env, err := envelopeOf(line, known)
	if err != nil {
		return domain.Recorded{}, err
	}
	r, err := env.recorded()
	k, unknown := env.kind()
	switch {
	case unknown != nil:
		return r, unknown
	case err != nil:
		return domain.Recorded{}, foreign(&env, err)
	}
	if r.Event, err = c.decodeData(&env, k, known); err != nil {
		return domain.Recorded{}, err
	}
	return r, nil
}

// envelopeOf takes the envelope of a line apart. A newer program may have put
// more into it, but then with a type that is unknown here.
func envelopeOf(line []byte, known *names) (envelope, error) {
	if env, canonical := scan(line, known); canonical {
		return env, nil
	}
	return anyEnvelope(line)
}

// anyEnvelope is envelopeOf a line that may be written in another way than ours.
func anyEnvelope(line []byte) (env envelope, err error) {
	if err = unmarshal(line, &env); err == nil {
		return env, nil
	}
	var newer envelope
	if json2.Unmarshal(line, &newer) == nil {
		if _, unknown := newer.kind(); errors.Is(unknown, ErrUnknownType) {
			return newer, nil
		}
	}
	return env, foreign(&env, err)
}

// foreign is ErrForeign, and what is wrong with the event.
func foreign(env *envelope, err error) error {
	return fmt.Errorf("codec: event %s: %w: %w", env.ID, eventstore.ErrForeign, err)
}

// kind is how the event's data are read: an UnknownTypeError when only another
// program of ours can have written them.
func (env *envelope) kind() (*kind, error) {
	if k, known := stored[env.Type]; known {
		return k, nil
	}
	name, version, ok := splitType(env.Type)
	if !ok {
		return nil, foreign(env, fmt.Errorf("its type is %q", env.Type))
	}
	k, known := kinds[name]
	if !known || k.version != version {
		return nil, &UnknownTypeError{env.Type, env.Position}
	}
	return k, nil
}

// storedTime is t in timeLayout. RFC 3339 is what package time is quick at.
func storedTime(t time.Time) string {
	t = t.UTC()
	b := t.AppendFormat(make([]byte, 0, len(timeLayout)), time.RFC3339)
	nanos := strconv.Itoa(1_000_000_000 + t.Nanosecond())
	b = append(append(b[:len(b)-1], '.'), nanos[1:]...)
	return string(append(b, 'Z'))
}

// parseTime is the way back.
func parseTime(s string) (t time.Time, err error) {
	if len(s) != len(timeLayout) || s[len("2006-01-02T15:04:05")] != '.' || s[len(s)-1] != 'Z' {
		return t, fmt.Errorf("time %q is not %s", s, timeLayout)
	}
	if t, err = time.Parse(time.RFC3339Nano, s); err != nil {
		return t, fmt.Errorf("time: %w", err)
	}
	return t, nil
}

// check reports what an envelope must have and has not.
func (env *envelope) check() error {
	region, ok := strings.CutPrefix(env.Source, sourcePrefix)
	entity, id, cut := strings.Cut(env.Subject, "/")
	switch {
	case env.SpecVersion != specVersion:
		return fmt.Errorf("specversion %q is not %s", env.SpecVersion, specVersion)
	case env.DataContentType != contentType:
		return fmt.Errorf("datacontenttype %q is not %s", env.DataContentType, contentType)
	case !ok || region == "":
		return fmt.Errorf("source %q is not %s…", env.Source, sourcePrefix)
	case !cut || entity == "" || id == "":
		return fmt.Errorf("subject %q is not entity/id", env.Subject)
	case env.ID == "" || env.CommandID == "" || env.Actor == "" || env.Effective.IsZero() || env.Position == 0:
		return errors.New("id, commandid, actor, effective or position is missing")
	}
	return nil
}

func (env *envelope) recorded() (domain.Recorded, error) {
	if err := env.check(); err != nil {
		return domain.Recorded{}, err
	}
	at, err := parseTime(env.Time)
	if err != nil {
		return domain.Recorded{}, err
	}
	region := env.Source[len(sourcePrefix):]
	entity, id, _ := strings.Cut(env.Subject, "/")
	return domain.Recorded{
		ID: env.ID, Region: domain.RegionID(region), Position: env.Position, Time: at, Effective: env.Effective,
		Subject: domain.Subject{Entity: entity, ID: id}, Plan: env.Plan, Actor: env.Actor, OnBehalfOf: env.OnBehalfOf,
		Channel: env.Channel, Command: env.CommandID, Retrospective: env.Retrospective,
	}, nil
}

func (c *Codec) decodeData(env *envelope, k *kind, known *names) (domain.Event, error) {
	room := k.rooms.Get()
	e := reflect.ValueOf(room).Elem()
	defer func() {
		e.SetZero()
		k.rooms.Put(room)
	}()
	if err := k.decode(env.Data, room, known); err != nil {
		return nil, foreign(env, fmt.Errorf("data of %s: %w", env.Type, err))
	}
	if err := c.open(env.ID, k, e); err != nil {
		return nil, fmt.Errorf("codec: event %s: text of %s: %w", env.ID, env.Type, err)
	}
	return e.Interface().(domain.Event), nil // a copy
}

// splitType takes no.framdrift.measure.completed.v1 apart; false for what is
// not a type of ours.
func splitType(t string) (name string, version int, ok bool) {
	rest, ok := strings.CutPrefix(t, typePrefix)
	dot := strings.LastIndex(rest, ".v")
	if !ok || dot < 1 {
		return "", 0, false
	}
	version, err := strconv.Atoi(rest[dot+2:])
	return rest[:dot], version, err == nil && version >= 1
}

// unmarshal reads exactly one JSON value and knows every member of it: none
// twice, none in other letter case, no invalid UTF-8.
func unmarshal(b []byte, v any) error {
	return json2.Unmarshal(b, v, json2.RejectUnknownMembers(true))
}
