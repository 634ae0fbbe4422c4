package codec

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"github.com/fosenregionen/framdrift/domain"
)

// A reader takes JSON apart that is written as we write it: no white space, and no
// escapes in strings. After anything else it is not ok.
type reader struct {
	rest  []byte
	ok    bool
	known *names
}

// literal takes s if it comes next.
func (r *reader) literal(s string) bool {
	if len(r.rest) < len(s) || string(r.rest[:len(s)]) != s {
		return false
	}
	r.rest = r.rest[len(s):]
	return true
}

// key takes what must come next.
func (r *reader) key(s string) { r.ok = r.ok && r.literal(s) }

// quoted takes a string, which may have escapes, and gives what is between its
// quotes.
func (r *reader) quoted() []byte {
	r.key(`"`)
	end := bytes.IndexByte(r.rest, '"')
	if !r.ok || end < 0 {
		r.ok = false
		return nil
	}
	b := r.rest[:end]
	r.rest = r.rest[end+1:]
	return b
}

// text takes a string that comes once, or a few times.
func (r *reader) text() string {
	b := r.quoted()
	r.ok = r.ok && isItself(b)
	return string(b)
}

// name takes a string that comes again and again.
func (r *reader) name() string {
	b := r.quoted()
	if len(b) > longestName {
		r.ok = r.ok && isItself(b)
		return string(b)
	}
	kept := r.known.place(b)
	if *kept != string(b) {
		if r.ok = r.ok && isItself(b); !r.ok {
			return ""
		}
		*kept = string(b)
	}
	return *kept
}

// isItself reports whether what stands between quotes is the string.
func isItself(b []byte) bool {
	var all byte
	for _, c := range b {
		if c < ' ' || c == '\\' {
			return false
		}
		all |= c
	}
	return all < utf8.RuneSelf || utf8.Valid(b)
}

// optional takes a name with a key before it, if it comes next.
func (r *reader) optional(key string) string {
	if !r.literal(key) {
		return ""
	}
	s := r.name()
	r.ok = r.ok && s != ""
	return s
}

func (r *reader) date(d *domain.Date) {
	b := r.quoted()
	r.ok = r.ok && d.UnmarshalText(b) == nil
}

// number takes a whole number that is not negative.
func (r *reader) number() uint64 {
	digits := 0
	for digits < len(r.rest) && '0' <= r.rest[digits] && r.rest[digits] <= '9' {
		digits++
	}
	n, err := strconv.ParseUint(string(r.rest[:digits]), 10, 64)
	r.ok = r.ok && err == nil && (digits == 1 || r.rest[0] != '0')
	r.rest = r.rest[digits:]
	return n
}
