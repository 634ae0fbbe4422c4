package codec

import (
	"encoding"
	"math"
	"reflect"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
)

// An object reads an event's data as we write them: members in the order of the Go
// type, of strings, days, whole numbers and structs of those. Other members, few
// events have, and they are left to the general decoder, as is everything that is
// written in another way; it reads the same event (a test says so).
type object []member

type member struct {
	first, next string // the key, where it is the first and where it is not
	read        func(*reader, reflect.Value)
}

func objectOf(t reflect.Type) object {
	var o object
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		o = append(o, member{`{"` + name + `":`, `,"` + name + `":`, readerOf(f.Type)})
	}
	return o
}

func readerOf(t reflect.Type) func(*reader, reflect.Value) {
	switch kind := t.Kind(); {
	case t == reflect.TypeFor[domain.Date]():
		return func(r *reader, v reflect.Value) { r.date(v.Addr().Interface().(*domain.Date)) }
	case reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
	case kind == reflect.String:
		return func(r *reader, v reflect.Value) { v.SetString(r.name()) }
	case kind == reflect.Int || kind == reflect.Int64:
		return func(r *reader, v reflect.Value) {
			n := r.number()
			r.ok = r.ok && n <= math.MaxInt64
			v.SetInt(int64(n))
		}
	case kind == reflect.Struct:
		return objectOf(t).read
	}
	return func(r *reader, _ reflect.Value) { r.ok = false }
}

// read takes an object, and sets the fields of a struct to its members.
func (o object) read(r *reader, v reflect.Value) {
	some := false
	for i := range o {
		if !some && r.literal(o[i].first) || some && r.literal(o[i].next) {
			o[i].read(r, v.Field(i))
			some = true
		}
	}
	if !some {
		r.key("{")
	}
	r.key("}")
}
