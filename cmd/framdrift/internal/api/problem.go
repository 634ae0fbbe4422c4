package api

import (
	"encoding/json"
	"net/http"

	"github.com/fosenregionen/framdrift/domain"
)

// A problem is an error on the wire (RFC 9457). Detail is in bokmål; the
// sentence in all languages stands beside it.
type problem struct {
	Title   string        `json:"title"`
	Status  int           `json:"status"`
	Detail  string        `json:"detail"`
	Code    string        `json:"code"`
	Message domain.Phrase `json:"message"`
}

// statuses is the table from kind to HTTP status.
var statuses = map[domain.Kind]int{
	domain.Failed:    http.StatusInternalServerError,
	domain.Invalid:   http.StatusUnprocessableEntity,
	domain.NotFound:  http.StatusNotFound,
	domain.Refused:   http.StatusConflict,
	domain.Forbidden: http.StatusForbidden,
	domain.Busy:      http.StatusServiceUnavailable,
	domain.Damaged:   http.StatusInsufficientStorage,
}

func kindOf(status int) domain.Kind {
	for kind, s := range statuses {
		if s == status {
			return kind
		}
	}
	return domain.Failed
}

func writeProblem(w http.ResponseWriter, err error) {
	e := domain.Explain(err)
	p := problem{
		Title: http.StatusText(statuses[e.Kind]), Status: statuses[e.Kind],
		Detail: e.Message.NB, Code: e.Code, Message: e.Message,
	}
	if e.Kind == domain.Busy {
		w.Header().Set("Retry-After", "1")
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

// asError is the error a problem came from.
func (p problem) asError() error {
	return &domain.Error{Kind: kindOf(p.Status), Code: p.Code, Message: p.Message}
}

func rule(kind domain.Kind, code, nb, nn, en string) domain.Rule {
	return domain.Rule{Kind: kind, Code: code, Text: domain.Phrase{NB: nb, NN: nn, EN: en}}
}

var (
	errBody = rule(domain.Invalid, "input.body",
		"Forespørselen kan ikke leses: %[1]v. Ingenting ble lagret.",
		"Førespurnaden kan ikkje lesast: %[1]v. Ingenting vart lagra.",
		"The request cannot be read: %[1]v. Nothing was saved.")
	errCommand = rule(domain.Invalid, "input.command",
		"Det finnes ingen kommando som heter «%[1]s». Ingenting ble lagret.",
		"Det finst ingen kommando som heiter «%[1]s». Ingenting vart lagra.",
		"There is no command called “%[1]s”. Nothing was saved.")
	errNumber = rule(domain.Invalid, "input.whole-number",
		"Feltet «%[1]s» kan ikke være «%[2]s»; det må være et helt tall.",
		"Feltet «%[1]s» kan ikkje vere «%[2]s»; det må vere eit heilt tal.",
		"The field “%[1]s” cannot be “%[2]s”; it must be a whole number.")
	errHost = rule(domain.Forbidden, "http.host",
		"Framdrift svarer bare på denne maskinens egne navn (localhost, 127.0.0.1), ikke på «%[1]s».",
		"Framdrift svarar berre på namna til denne maskina sjølv (localhost, 127.0.0.1), ikkje på «%[1]s».",
		"Framdrift answers only to this machine's own names (localhost, 127.0.0.1), not to “%[1]s”.")
	errAway = rule(domain.Busy, "socket.away",
		"Den kjørende Framdrift svarte ikke. Spør igjen med samme --command-id for å få vite om endringen ble lagret.",
		"Den køyrande Framdrift svarte ikkje. Spør igjen med same --command-id for å få vite om endringa vart lagra.",
		"The running Framdrift did not answer. Ask again with the same --command-id to learn whether the change was saved.")
)
