package api

import (
	"encoding/json"
	"net/http"

	"github.com/fosenregionen/framdrift/domain"
)

// A problem is an error on the wire (RFC 9457). Detail is in bokmål; the
// sentence in all languages stands beside it.
type problem struct {
	Title   string   `json:"title"`
	Status  int      `json:"status"`
	Detail  string   `json:"detail"`
	Code    string   `json:"code"`
	Message sentence `json:"message"`
}

// A sentence is a domain.Phrase on the wire.
type sentence struct {
	NB string `json:"nb"`
	NN string `json:"nn"`
	EN string `json:"en"`
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
	writeStatus(w, statuses[domain.KindOf(err)], err)
}

func problemOf(status int, err error) problem {
	e := domain.Explain(err)
	return problem{
		Title: http.StatusText(status), Status: status,
		Detail: e.Message.NB, Code: e.Code, Message: sentence(e.Message),
	}
}

// writeStatus is writeProblem with a status that HTTP itself asks for.
func writeStatus(w http.ResponseWriter, status int, err error) {
	p := problemOf(status, err)
	if domain.KindOf(err) == domain.Busy {
		w.Header().Set("Retry-After", "1")
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

// asError is the error a problem came from.
func (p problem) asError() error {
	return &domain.Error{Kind: kindOf(p.Status), Code: p.Code, Message: domain.Phrase(p.Message)}
}

// Problems is the mux, with a problem where the mux itself would answer in
// plain text: no such address, or not with that method.
func Problems(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		said := &unheard{header: http.Header{}}
		mux.ServeHTTP(said, r)
		if allow := said.header.Get("Allow"); said.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", allow)
			writeStatus(w, said.status, errMethod.With(r.Method, allow))
			return
		}
		writeProblem(w, errPath.With(r.URL.Path))
	})
}

// unheard takes an answer that nobody is to see.
type unheard struct {
	header http.Header
	status int
}

func (u *unheard) Header() http.Header         { return u.header }
func (u *unheard) WriteHeader(status int)      { u.status = status }
func (u *unheard) Write(b []byte) (int, error) { return len(b), nil }

var book domain.Rulebook

var (
	errBody = book.Rule(domain.Invalid, "input.body",
		"Forespørselen kan ikke leses: %[1]v. Ingenting ble lagret.",
		"Førespurnaden kan ikkje lesast: %[1]v. Ingenting vart lagra.",
		"The request cannot be read: %[1]v. Nothing was saved.")
	errBodyTooLarge = book.Rule(domain.Invalid, "door.too-large",
		"Endringen er på mer enn %[1]d byte, og så mye tar ikke loggen i én omgang. Ingenting ble lagret; del den opp.",
		"Endringa er på meir enn %[1]d byte, og så mykje tek ikkje loggen i éin omgang. Ingenting vart lagra; del ho opp.",
		"The change is more than %[1]d bytes, and the log does not take that much at a time. Nothing was saved; split it.")
	errCommand = book.Rule(domain.Invalid, "input.command",
		"Det finnes ingen kommando som heter «%[1]s». Ingenting ble lagret.",
		"Det finst ingen kommando som heiter «%[1]s». Ingenting vart lagra.",
		"There is no command called “%[1]s”. Nothing was saved.")
	errBegin = book.Rule(domain.Invalid, "input.begin",
		"Her begynner en region, og det gjør bare kommandoen region.register, ikke %[1]s. Ingenting ble lagret.",
		"Her byrjar ein region, og det gjer berre kommandoen region.register, ikkje %[1]s. Ingenting vart lagra.",
		"Here a region begins, which only the command region.register does, not %[1]s. Nothing was saved.")
	errNumber = book.Rule(domain.Invalid, "input.whole-number",
		"Feltet «%[1]s» kan ikke være «%[2]s»; det må være et helt tall.",
		"Feltet «%[1]s» kan ikkje vere «%[2]s»; det må vere eit heilt tal.",
		"The field “%[1]s” cannot be “%[2]s”; it must be a whole number.")
	errHost = book.Rule(domain.Forbidden, "http.host",
		"Framdrift svarer bare på denne maskinens egne navn (localhost, 127.0.0.1), ikke på «%[1]s».",
		"Framdrift svarar berre på namna til denne maskina sjølv (localhost, 127.0.0.1), ikkje på «%[1]s».",
		"Framdrift answers only to this machine's own names (localhost, 127.0.0.1), not to “%[1]s”.")
	errPath = book.Rule(domain.NotFound, "http.path",
		"Her er ingenting på adressen %[1]s. Begynn på /api/regions.",
		"Her er ingenting på adressa %[1]s. Byrj på /api/regions.",
		"There is nothing at the address %[1]s. Begin at /api/regions.")
	errMethod = book.Rule(domain.Forbidden, "http.method",
		"Denne adressen svarer ikke på %[1]s, bare på %[2]s. Endringer går gjennom kommandolinjen.",
		"Denne adressa svarar ikkje på %[1]s, berre på %[2]s. Endringar går gjennom kommandolinja.",
		"This address does not answer %[1]s, only %[2]s. Changes go through the command line.")
	errAway = book.Rule(domain.Busy, "socket.away",
		"Framdrift som kjører på datakatalogen (serve), svarte ikke. Prøv igjen om litt.",
		"Framdrift som køyrer på datakatalogen (serve), svarte ikkje. Prøv igjen om litt.",
		"The Framdrift that runs on the data directory (serve) did not answer. Try again in a moment.")
	errExport = book.Rule(domain.Busy, "export.cut-off",
		"Loggen kom ikke helt fram: Framdrift som kjører på datakatalogen (serve), stanset på veien. Ta den ut på nytt.",
		"Loggen kom ikkje heilt fram: Framdrift som køyrer på datakatalogen (serve), stansa på vegen. Ta han ut på nytt.",
		"The log did not come whole: the Framdrift that runs on the data directory (serve) stopped on the way. Export it again.")
	errUnknownOutcome = book.Rule(domain.Busy, "socket.outcome-unknown",
		"Framdrift som kjører på datakatalogen (serve), svarte ikke, så det er uvisst om endringen ble lagret. Spør igjen med samme --command-id.",
		"Framdrift som køyrer på datakatalogen (serve), svarte ikkje, så det er uvisst om endringa vart lagra. Spør igjen med same --command-id.",
		"The Framdrift that runs on the data directory (serve) did not answer, so it is not known whether the change was saved. Ask again with the same --command-id.")
)
