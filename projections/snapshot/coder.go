package snapshot

import (
	"encoding/binary"
	"fmt"
	"hash"
	"math"
	"reflect"
	"slices"
	"time"

	"github.com/fosenregionen/framdrift/domain"
)

// A coder writes and reads the values of one type.
type coder struct {
	write func(*writer, reflect.Value)
	read  func(*reader, reflect.Value)
}

// A maker makes the coders of a format, each once, and a sketch of their types.
type maker struct {
	made   map[reflect.Type]*coder
	events []reflect.Type
	sketch hash.Hash
}

var (
	dateType  = reflect.TypeFor[domain.Date]()
	timeType  = reflect.TypeFor[time.Time]()
	textType  = reflect.TypeFor[domain.Text]()
	eventType = reflect.TypeFor[domain.Event]()
)

func (m *maker) make(t reflect.Type) *coder {
	if c, ok := m.made[t]; ok {
		return c
	}
	c := &coder{}
	m.made[t] = c // a type may hold itself
	fmt.Fprintf(m.sketch, "%s %s\n", t, t.Kind())
	*c = m.coder(t)
	return c
}

func (m *maker) coder(t reflect.Type) coder {
	switch t {
	case dateType:
		return dates
	case timeType:
		return times
	case textType:
		return erasable
	case eventType:
		return m.event()
	}
	if c, ok := m.table(t); ok {
		return c
	}
	switch t.Kind() {
	case reflect.Bool:
		return bools
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return ints
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return uints
	case reflect.Float64:
		return floats
	case reflect.String:
		return texts
	case reflect.Array:
		return m.array(t)
	case reflect.Slice:
		return m.slice(t)
	case reflect.Pointer:
		return m.pointer(t)
	case reflect.Struct:
		return m.fields(t)
	}
	panic("snapshot: a " + t.String() + " cannot be written")
}

var (
	bools = coder{
		func(w *writer, v reflect.Value) { w.uvarint(uint64(oneIf(v.Bool()))) },
		func(r *reader, v reflect.Value) { v.SetBool(r.uvarint() == 1) },
	}
	ints = coder{
		func(w *writer, v reflect.Value) { w.varint(v.Int()) },
		func(r *reader, v reflect.Value) {
			n := r.varint()
			r.bad = r.bad || v.OverflowInt(n)
			v.SetInt(n)
		},
	}
	uints = coder{
		func(w *writer, v reflect.Value) { w.uvarint(v.Uint()) },
		func(r *reader, v reflect.Value) {
			n := r.uvarint()
			r.bad = r.bad || v.OverflowUint(n)
			v.SetUint(n)
		},
	}
	floats = coder{
		func(w *writer, v reflect.Value) {
			w.rest = binary.BigEndian.AppendUint64(w.rest, math.Float64bits(v.Float()))
		},
		func(r *reader, v reflect.Value) {
			if b := r.take(8); !r.bad {
				v.SetFloat(math.Float64frombits(binary.BigEndian.Uint64(b)))
			}
		},
	}
	texts = coder{
		func(w *writer, v reflect.Value) { w.string(v.String()) },
		func(r *reader, v reflect.Value) { v.SetString(r.string()) },
	}
	erasable = coder{func(*writer, reflect.Value) {}, func(*reader, reflect.Value) {}}
	dates    = coder{
		func(w *writer, v reflect.Value) {
			d, _ := reflect.TypeAssert[domain.Date](v)
			w.varint(int64(d.Sub(domain.Date{})))
		},
		func(r *reader, v reflect.Value) {
			n := r.varint()
			r.bad = r.bad || n != int64(int32(n)) //nolint:gosec // that is what is asked
			*v.Addr().Interface().(*domain.Date) = domain.Date{}.AddDays(int(n))
		},
	}
	times = coder{
		func(w *writer, v reflect.Value) {
			t, _ := reflect.TypeAssert[time.Time](v)
			if w.uvarint(uint64(oneIf(!t.IsZero()))); !t.IsZero() {
				w.varint(t.UnixNano())
			}
		},
		func(r *reader, v reflect.Value) {
			if r.uvarint() == 1 {
				*v.Addr().Interface().(*time.Time) = time.Unix(0, r.varint()).UTC()
			}
		},
	}
)

func oneIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func (m *maker) array(t reflect.Type) coder {
	if t.Elem().Kind() != reflect.Uint8 {
		panic("snapshot: a " + t.String() + " cannot be written")
	}
	n := t.Len()
	return coder{
		func(w *writer, v reflect.Value) {
			for i := range n {
				w.rest = append(w.rest, byte(v.Index(i).Uint()))
			}
		},
		func(r *reader, v reflect.Value) { reflect.Copy(v, reflect.ValueOf(r.take(n))) },
	}
}

func (m *maker) slice(t reflect.Type) coder {
	of := m.make(t.Elem())
	return coder{
		func(w *writer, v reflect.Value) {
			if v.IsNil() {
				w.uvarint(0)
				return
			}
			w.uvarint(uint64(v.Len()) + 1)
			for i := range v.Len() {
				of.write(w, v.Index(i))
			}
		},
		func(r *reader, v reflect.Value) {
			n := r.uvarint()
			if r.bad = r.bad || n > uint64(r.size); r.bad || n == 0 {
				return
			}
			v.Set(reflect.MakeSlice(t, int(n-1), int(n-1)))
			for i := 0; i < int(n-1) && !r.bad; i++ {
				of.read(r, v.Index(i))
			}
		},
	}
}

func (m *maker) pointer(t reflect.Type) coder {
	to := m.make(t.Elem())
	return coder{
		func(w *writer, v reflect.Value) {
			if w.uvarint(uint64(oneIf(!v.IsNil()))); !v.IsNil() {
				to.write(w, v.Elem())
			}
		},
		func(r *reader, v reflect.Value) {
			if r.uvarint() == 1 {
				v.Set(reflect.New(t.Elem()))
				to.read(r, v.Elem())
			}
		},
	}
}

func (m *maker) fields(t reflect.Type) coder {
	all := make([]*coder, t.NumField())
	for i := range all {
		f := t.Field(i)
		if !f.IsExported() {
			panic("snapshot: " + t.String() + " has " + f.Name + ", which cannot be written")
		}
		fmt.Fprintf(m.sketch, "%s.%s %s\n", t, f.Name, f.Type)
		all[i] = m.make(f.Type)
	}
	return coder{
		func(w *writer, v reflect.Value) {
			for i, f := range all {
				f.write(w, v.Field(i))
			}
		},
		func(r *reader, v reflect.Value) {
			for i, f := range all {
				f.read(r, v.Field(i))
			}
		},
	}
}

// table is the coder of a domain.Table, which is written as its columns.
func (m *maker) table(t reflect.Type) (coder, bool) {
	take, ok := t.MethodByName("Columns")
	if !ok || t.PkgPath() != dateType.PkgPath() {
		return coder{}, false
	}
	columns := take.Type.Out(0)
	give, _ := columns.MethodByName("Table")
	of := m.make(columns)
	return coder{
		func(w *writer, v reflect.Value) { of.write(w, take.Func.Call([]reflect.Value{v})[0]) },
		func(r *reader, v reflect.Value) {
			c := reflect.New(columns).Elem()
			if of.read(r, c); c.Field(0).Len() != c.Field(1).Len() {
				r.bad = true
			}
			if !r.bad {
				v.Set(give.Func.Call([]reflect.Value{c})[0])
			}
		},
	}, true
}

// event is the coder of what may hold any of the events.
func (m *maker) event() coder {
	all := make([]*coder, len(m.events))
	for i, t := range m.events {
		all[i] = m.make(t)
	}
	return coder{
		func(w *writer, v reflect.Value) {
			if v.IsNil() {
				w.uvarint(0)
				return
			}
			i := slices.Index(m.events, v.Elem().Type())
			if i < 0 {
				panic("snapshot: " + v.Elem().Type().String() + " is not among the events of the format")
			}
			w.uvarint(uint64(i) + 1)
			all[i].write(w, v.Elem())
		},
		func(r *reader, v reflect.Value) {
			i := r.uvarint()
			if r.bad = r.bad || i > uint64(len(all)); r.bad || i == 0 {
				return
			}
			held := reflect.New(m.events[i-1]).Elem()
			all[i-1].read(r, held)
			v.Set(held)
		},
	}
}
