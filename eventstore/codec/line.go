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
func scan(line []byte, known *names) (env envelope, canonical bool) {
	r := reader{rest: line, ok: true, known: known}
	env.SpecVersion, env.DataContentType = specVersion, contentType
	r.key(`{"specversion":"` + specVersion + `","id":`)
	env.ID = domain.EventID(r.text())
	r.key(`,"source":`)
	env.Source = r.name()
	r.key(`,"type":`)
	env.Type = r.name()
	r.key(`,"subject":`)
	env.Subject = r.name()
	r.key(`,"time":`)
	env.Time = r.name() // which a whole pack shares
	r.key(`,"datacontenttype":"` + contentType + `","position":`)
	env.Position = domain.Position(r.number())
	env.Plan = domain.PlanID(r.optional(`,"plan":`))
	r.key(`,"actor":`)
	env.Actor = domain.UserID(r.name())
	env.OnBehalfOf = domain.ActorID(r.optional(`,"onbehalfof":`))
	r.key(`,"channel":`)
	env.Channel = domain.Channel(r.name())
	r.key(`,"commandid":`)
	env.CommandID = domain.CommandID(r.text())
	r.key(`,"effective":`)
	r.date(&env.Effective)
	env.Retrospective = r.literal(`,"retrospective":true`)
	r.key(`,"data":`)
	data, ended := bytes.CutSuffix(r.rest, []byte("}\n"))
	env.Data = data
	return env, r.ok && ended
}
