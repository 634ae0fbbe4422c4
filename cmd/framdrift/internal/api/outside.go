package api

import (
	"bytes"
	"encoding/json"
	"net/http"

	"github.com/fosenregionen/framdrift/domain"
)

// A form is how answers leave: as they are inside, or as people outside get them.
type form func(q *http.Request, read func() (any, error)) (any, error)

func inside(_ *http.Request, read func() (any, error)) (any, error) { return read() }

// outside writes what stands in place of an erased text, in ?lang=.
func outside(q *http.Request, read func() (any, error)) (any, error) {
	language, err := domain.ParseLanguage(q.FormValue("lang"))
	if err != nil {
		return nil, err
	}
	value, err := read()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(value); err != nil {
		return nil, err
	}
	return json.RawMessage(Outside(b.Bytes(), language)), nil
}

// Outside is a JSON text with every erased text shown as such. Inside it is a
// NUL alone, which no input can hold, so a string that is exactly that is
// never something written.
func Outside(text []byte, l domain.Language) []byte {
	return bytes.ReplaceAll(text, []byte(`"\u0000"`), []byte(`"`+domain.Erased.In(l)+`"`))
}
