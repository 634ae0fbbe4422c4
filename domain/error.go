package domain

import (
	"errors"
	"fmt"
)

// A Kind says what sort of no an error is. Each surface has one table from
// Kind to its own signal (exit code, HTTP status).
type Kind uint8

const (
	// Failed is ours: something broke; the cause is wrapped.
	Failed Kind = iota
	// Invalid is input that cannot be understood; nothing was tried.
	Invalid
	// NotFound is a question about something that is not there.
	NotFound
	// Refused is a command that a rule of the plan does not allow.
	Refused
	// Forbidden is a command that this user may not give.
	Forbidden
	// Busy is «try again»; nothing was saved.
	Busy
	// Damaged is a log that cannot be trusted; nothing is read past it or written.
	Damaged
)

// A Rule is one reason to say no: a stable code and a sentence that says
// what, where, why and, where it helps, what to do.
type Rule struct {
	Kind Kind
	Code string
	Text Phrase
}

// A Rulebook is all the rules of one package, for the pages and the tests that
// go through them. The zero Rulebook is empty.
type Rulebook struct{ rules []Rule }

// Rule is a new rule of the book, with its sentence in bokmål, nynorsk and English.
func (b *Rulebook) Rule(kind Kind, code, nb, nn, en string) Rule {
	r := Rule{Kind: kind, Code: code, Text: Phrase{NB: nb, NN: nn, EN: en}}
	b.rules = append(b.rules, r)
	return r
}

// All is the rules in the order they stand in the source.
func (b *Rulebook) All() []Rule { return b.rules }

// With is the refusal itself, with the rule's places filled in.
func (r Rule) With(args ...any) error {
	return &Error{Kind: r.Kind, Code: r.Code, Message: r.Text.Fill(args...)}
}

// Because is With, and what lay beneath.
func (r Rule) Because(cause error, args ...any) error {
	return &Error{Kind: r.Kind, Code: r.Code, Message: r.Text.Fill(args...), Cause: cause}
}

// An Error is a no with a reason that a person can read in three languages.
type Error struct {
	Kind    Kind
	Code    string
	Message Phrase
	Cause   error // what lay beneath, if anything; may be nil
}

func (e *Error) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Message.EN, e.Cause)
	}
	return e.Code + ": " + e.Message.EN
}

func (e *Error) Unwrap() error { return e.Cause }

// Breaks reports whether err is the no that rule r gives.
func (r Rule) Breaks(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == r.Code
}

// KindOf is the kind of the first domain error in the chain; Failed for any other.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Failed
}

// Explain is the first domain error in the chain, which a person can read;
// any other error becomes one of kind Failed that says so and wraps it.
func Explain(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return &Error{Kind: errFailed.Kind, Code: errFailed.Code, Message: errFailed.Text.Fill(err), Cause: err}
}

func fill(format string, l Language, args []any) string {
	placed := make([]any, len(args))
	for i, a := range args {
		if p, ok := a.(Phrase); ok {
			a = p.In(l)
		}
		placed[i] = a
	}
	return fmt.Sprintf(format, placed...)
}

// What input may look like, wherever it comes from.
var (
	errNotADate = Rule{Invalid, "input.date", Phrase{
		"«%[1]s» er ikke en dato. Skriv den som 2024-05-31 eller 31.05.2024.",
		"«%[1]s» er ikkje ein dato. Skriv han som 2024-05-31 eller 31.05.2024.",
		"“%[1]s” is not a date. Write it as 2024-05-31 or 31.05.2024.",
	}}
	errFailed = Rule{Failed, "failed", Phrase{
		"Noe gikk galt hos oss: %[1]v",
		"Noko gjekk gale hos oss: %[1]v",
		"Something went wrong on our side: %[1]v",
	}}
	errLanguage = Rule{Invalid, "input.language", Phrase{
		"Språket «%[1]s» finnes ikke her. Velg nb, nn eller en.",
		"Språket «%[1]s» finst ikkje her. Vel nb, nn eller en.",
		"There is no language “%[1]s” here. Choose nb, nn or en.",
	}}
	errID = Rule{Invalid, "input.id", Phrase{
		"«%[1]s» kan ikke være en id. Bruk 1–64 tegn: bokstavene a–z og A–Z, tall, bindestrek og understrek.",
		"«%[1]s» kan ikkje vere ein id. Bruk 1–64 teikn: bokstavane a–z og A–Z, tal, bindestrek og understrek.",
		"“%[1]s” cannot be an id. Use 1–64 characters: the letters a–z and A–Z, digits, hyphen and underscore.",
	}}
)
