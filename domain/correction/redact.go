package correction

import (
	"fmt"
	"reflect"

	"github.com/fosenregionen/framdrift/domain"
)

// A Command is about an event that is on the log.
//
//sumtype:decl
type Command interface {
	domain.Command
	correctionCommand()
}

// Redact erases the free texts of the event at a position, on a legal ground
// that is recorded in clear.
type Redact struct {
	Position domain.Position
	Ground   string
	// Target is the event that stands there; nil when none does. Whoever has
	// the log fills it in: rules do not look for it.
	Target *domain.Recorded `json:"-"`
}

// CommandName is the name in the table of permissions.
func (Redact) CommandName() string { return "event.redact" }

func (Redact) correctionCommand() {}

// A State is which events have had their texts erased.
type State struct {
	Redacted domain.Table[domain.EventID, struct{}]
}

// Evolve is the state after one more event. An event of another package
// changes nothing.
func Evolve(s State, r domain.Recorded) State {
	if e, ok := r.Event.(TextRedacted); ok {
		s.Redacted = s.Redacted.With(e.Event, struct{}{})
	}
	return s
}

var book domain.Rulebook

// Rules lists every rule this package refuses by.
func Rules() []domain.Rule { return book.All() }

var (
	ruleNoEvent = book.Rule(domain.Refused, "event.unknown",
		"Det finnes ingen hendelse %[1]v på loggen. «framdrift log show» viser dem.",
		"Det finst inga hending %[1]v på loggen. «framdrift log show» viser dei.",
		"There is no event %[1]v on the log. “framdrift log show” shows them.")
	ruleNoText = book.Rule(domain.Refused, "event.no-text",
		"Hendelse %[1]v (%[2]s) har ingen fritekst å slette. Det andre på loggen kan ikke slettes.",
		"Hending %[1]v (%[2]s) har ingen fritekst å slette. Det andre på loggen kan ikkje slettast.",
		"Event %[1]v (%[2]s) has no free text to erase. What else is on the log cannot be erased.")
)

// Decide is what a command leads to; nothing when the texts are erased already.
func Decide(s State, c Command) ([]domain.Draft, error) {
	switch c := c.(type) {
	case Redact:
		return redact(s, c)
	}
	return nil, fmt.Errorf("correction: no rule for %T", c)
}

func redact(s State, c Redact) ([]domain.Draft, error) {
	if err := domain.CheckName("ground", c.Ground); err != nil {
		return nil, err
	}
	if c.Target == nil {
		return nil, ruleNoEvent.With(c.Position)
	}
	if !hasText(c.Target.Event) {
		return nil, ruleNoText.With(c.Position, c.Target.Event.EventName())
	}
	if _, already := s.Redacted.Lookup(c.Target.ID); already {
		return nil, nil
	}
	return []domain.Draft{{Subject: domain.About(domain.EntityEvent, c.Target.ID), Event: TextRedacted{c.Target.ID, c.Ground}}}, nil
}

// hasText reports whether somebody wrote anything in free words.
func hasText(e domain.Event) bool {
	for field, value := range reflect.ValueOf(e).Fields() {
		if field.Type == reflect.TypeFor[domain.Text]() && value.String() != "" {
			return true
		}
	}
	return false
}
