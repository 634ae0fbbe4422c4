//go:build faults

package app_test

import (
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// With a server away nothing can be overwritten there. The erasure is on the
// log, and nobody is shown the text; it is done when the command is given again.
func TestAnErasureInTroubleIsShownAsOneAndDoneLater(t *testing.T) {
	s, regions := instances(t, 1)
	near, far := regions[0], regions[1]
	mustDo(t, near, ask(commandID(1), plan.GiveForecast{On: on(0), Forecast: domain.MustDate("2023-01-01"), Why: secret}))
	named := naming(trail(t, near))[0]
	s.Nodes[2].Kill(t)
	erase := redact(2, named)
	_, err := near.Do(t.Context(), erase)
	if e := domain.Explain(err); e.Code != "vault.not-erased" {
		t.Errorf("with a server away the answer is %v", err)
	}
	if strings.Contains(everything(t, near, named.Position), secret) {
		t.Error("the text is shown all the same")
	}
	s.Nodes[2].Start(t)
	s.Ready(t)
	if again := mustDo(t, near, erase); !again.Repeated {
		t.Errorf("when it is back the answer is %+v", again)
	}
	if err := far.Wait(t.Context(), domain.Position(position(near))); err != nil {
		t.Fatal(err)
	}
	if got := trail(t, far)[named.Position-1]; got.Erased == nil || strings.Contains(got.Why, secret) {
		t.Errorf("another instance shows %q", got.Why)
	}
}
