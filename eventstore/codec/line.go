package codec

import (
	"bytes"
	"strconv"

	"github.com/fosenregionen/framdrift/domain"
)

// Lines that we wrote have one order of members and plain values, so writing
// and reading the envelope needs no reflection: appendTo puts the members one
// after the other, scan walks them in the same order. Both give up on
// anything out of the ordinary and leave it to the general encoder and
// decoder, which give the same bytes and the same envelope (a test says so).

// appendTo is the canonical line, newline included; false when a value needs
// escapes.
func (env *envelope) appendTo(b []byte) ([]byte, bool) {
	w := writer{b: b, plain: true}
	w.member(`{"specversion":`, env.SpecVersion)
	w.member(`,"id":`, string(env.ID))
	w.member(`,"source":`, env.Source)
	w.member(`,"type":`, env.Type)
	w.member(`,"subject":`, env.Subject)
	w.member(`,"time":`, env.Time)
	w.member(`,"datacontenttype":`, env.DataContentType)
	w.b = append(w.b, `,"position":`...)
	w.b = strconv.AppendUint(w.b, uint64(env.Position), 10)
	w.optional(`,"plan":`, string(env.Plan))
	w.member(`,"actor":`, string(env.Actor))
	w.optional(`,"onbehalfof":`, string(env.OnBehalfOf))
	w.member(`,"channel":`, string(env.Channel))
	w.member(`,"commandid":`, string(env.CommandID))
	w.member(`,"effective":`, env.Effective.String())
	if env.Retrospective {
		w.b = append(w.b, `,"retrospective":true`...)
	}
	w.b = append(w.b, `,"data":`...)
	w.b = append(w.b, env.Data...)
	return append(w.b, "}\n"...), w.plain
}

type writer struct {
	b     []byte
	plain bool
}

func (w *writer) member(key, value string) {
	w.plain = w.plain && isPlain(value)
	w.b = append(w.b, key...)
	w.b = append(w.b, '"')
	w.b = append(w.b, value...)
	w.b = append(w.b, '"')
}

func (w *writer) optional(key, value string) {
	if value != "" {
		w.member(key, value)
	}
}

// isPlain reports whether a string is its own JSON: printable ASCII without
// quote and backslash.
func isPlain[T string | []byte](s T) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// scan is the way back: the envelope of a canonical line; false for any other.
func scan(line []byte) (envelope, bool) {
	r := reader{rest: line, ok: true}
	env := envelope{
		SpecVersion:     r.member(`{"specversion":"`),
		ID:              domain.EventID(r.member(`,"id":"`)),
		Source:          r.member(`,"source":"`),
		Type:            r.member(`,"type":"`),
		Subject:         r.member(`,"subject":"`),
		Time:            r.member(`,"time":"`),
		DataContentType: r.member(`,"datacontenttype":"`),
		Position:        domain.Position(r.number(`,"position":`)),
		Plan:            domain.PlanID(r.optional(`,"plan":"`)),
		Actor:           domain.UserID(r.member(`,"actor":"`)),
		OnBehalfOf:      domain.ActorID(r.optional(`,"onbehalfof":"`)),
		Channel:         domain.Channel(r.member(`,"channel":"`)),
		CommandID:       domain.CommandID(r.member(`,"commandid":"`)),
	}
	r.ok = r.ok && env.Effective.UnmarshalText([]byte(r.member(`,"effective":"`))) == nil
	env.Retrospective = r.literal(`,"retrospective":true`)
	r.ok = r.ok && r.literal(`,"data":`)
	data, ended := bytes.CutSuffix(r.rest, []byte("}\n"))
	env.Data = data
	return env, r.ok && ended
}

type reader struct {
	rest []byte
	ok   bool
}

// literal takes s if it comes next.
func (r *reader) literal(s string) bool {
	if len(r.rest) < len(s) || string(r.rest[:len(s)]) != s {
		return false
	}
	r.rest = r.rest[len(s):]
	return true
}

// member takes a key, its opening quote with it, and the plain string behind.
func (r *reader) member(key string) string {
	if !r.literal(key) {
		r.ok = false
		return ""
	}
	return r.text()
}

func (r *reader) optional(key string) string {
	if !r.literal(key) {
		return ""
	}
	s := r.text()
	r.ok = r.ok && s != ""
	return s
}

func (r *reader) text() string {
	end := bytes.IndexByte(r.rest, '"')
	if end < 0 || !isPlain(r.rest[:end]) {
		r.ok = false
		return ""
	}
	s := string(r.rest[:end])
	r.rest = r.rest[end+1:]
	return s
}

func (r *reader) number(key string) uint64 {
	if !r.literal(key) {
		r.ok = false
		return 0
	}
	end := bytes.IndexByte(r.rest, ',')
	if end < 1 || r.rest[0] == '0' {
		r.ok = false
		return 0
	}
	n, err := strconv.ParseUint(string(r.rest[:end]), 10, 64)
	r.ok = r.ok && err == nil
	r.rest = r.rest[end:]
	return n
}
