package app

import (
	"fmt"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
)

// A hearing is told things at seconds after it began, when nothing was missing.
func TestWhatALogHasNotSaidForAWhileIsTold(t *testing.T) {
	begin := time.Date(2024, 5, 31, 12, 0, 0, 0, time.UTC)
	at := func(second int) time.Time { return begin.Add(time.Duration(second) * time.Second) }
	says := func(second int, messages, here uint64) func(*hearing) {
		return func(h *hearing) { h.says(at(second), messages, here) }
	}
	fails := func(err error) func(*hearing) { return func(h *hearing) { h.fails(err) } }
	for _, tt := range []struct {
		what string
		told []func(*hearing)
		at   int
		here uint64
		code string
	}{
		{"nothing yet", nil, 14, 0, ""},
		{"nothing for too long", nil, 15, 0, "log.silent"},
		{"an answer", []func(*hearing){says(10, 4, 4)}, 24, 4, ""},
		{"an answer, and nothing more", []func(*hearing){says(10, 4, 4)}, 25, 4, "log.silent"},
		{"an answer that came after a later one", []func(*hearing){says(10, 4, 4), says(5, 4, 4)}, 24, 4, ""},
		{"no answer", []func(*hearing){says(10, 4, 4), fails(eventstore.ErrUnavailable)}, 24, 4, ""},
		{"that the log is gone", []func(*hearing){fails(fmt.Errorf("looking: %w", eventstore.ErrMissing))}, 1, 4, "log.missing"},
		{"that the log is back", []func(*hearing){fails(eventstore.ErrMissing), says(1, 4, 4)}, 2, 4, ""},
		{"more than was read", []func(*hearing){says(5, 4, 3), says(10, 4, 3), says(15, 4, 3)}, 19, 3, ""},
		{"more than was read, for too long", []func(*hearing){says(5, 4, 3), says(10, 4, 3), says(15, 4, 3)}, 20, 3, "log.behind"},
		{"more than was read then", []func(*hearing){says(5, 4, 3), says(10, 4, 3), says(15, 4, 3)}, 20, 4, ""},
		{"more and more, and it is read", []func(*hearing){says(5, 4, 3), says(10, 6, 5), says(15, 8, 7)}, 20, 7, ""},
		{"more and more, and it is read too slowly", []func(*hearing){says(5, 9, 3), says(10, 12, 5), says(15, 15, 7)}, 20, 8, "log.behind"},
	} {
		h := &hearing{heard: at(0)}
		for _, tell := range tt.told {
			tell(h)
		}
		err := h.lacks(at(tt.at), "fosen", tt.here)
		if code := codeOf(err); code != tt.code {
			t.Errorf("%s: after %d seconds it lacks %q, want %q", tt.what, tt.at, code, tt.code)
		}
	}
}

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return domain.Explain(err).Code
}

func TestWhatIsMissingIsToldInThreeLanguages(t *testing.T) {
	h := &hearing{heard: time.Date(2024, 5, 31, 12, 4, 9, 0, time.UTC)}
	h.says(h.heard, 1203, 1200)
	now := h.heard.Add(42 * time.Second)
	silent := domain.Explain(h.lacks(now, "fosen", 1200)).Message
	h.says(now, 1203, 1200)
	behind := domain.Explain(h.lacks(now, "fosen", 1200)).Message
	for said, want := range map[string]string{
		silent.NB: "Loggen til fosen har ikke svart siden kl. 14.04.09, for 42 sekunder siden. Det som leses her, er som det var da, og endringer kan ikke lagres. Se til serverne den ligger på, og nettet dit.",
		silent.NN: "Loggen til fosen har ikkje svara sidan kl. 14.04.09, for 42 sekund sidan. Det som blir lese her, er som det var då, og endringar kan ikkje lagrast. Sjå til serverane han ligg på, og nettet dit.",
		silent.EN: "The log of fosen has not answered since 14:04:09, 42 seconds ago. What is read here is as it was then, and changes cannot be saved. See to the servers that keep it, and the network to them.",
		behind.NB: "Loggen til fosen er kommet til melding 1203, og her er den lest til 1200. Den var så lang alt kl. 14.04.09, for 42 sekunder siden. Det som leses her, er eldre. Se til serverne den ligger på, og nettet dit.",
		behind.NN: "Loggen til fosen er komen til melding 1203, og her er han lesen til 1200. Han var så lang alt kl. 14.04.09, for 42 sekund sidan. Det som blir lese her, er eldre. Sjå til serverane han ligg på, og nettet dit.",
		behind.EN: "The log of fosen has come to message 1203, and here it has been read to 1200. It was that long at 14:04:09, 42 seconds ago. What is read here is older. See to the servers that keep it, and the network to them.",
	} {
		if said != want {
			t.Errorf("it says\n%s\nand not\n%s", said, want)
		}
	}
}
