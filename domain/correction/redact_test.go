package correction_test

import (
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
	. "github.com/fosenregionen/framdrift/domain/domaintest"
	"github.com/fosenregionen/framdrift/domain/plan"
)

func TestRedaction(t *testing.T) { Run(t, Fosen(), redaction) }

func TestEveryRuleRefusesARow(t *testing.T) { Covers(t, correction.Rules(), redaction) }

// erase asks for the texts of an event, which nobody but who has the log knows.
func erase(of domain.Event, ground string) Ask {
	c := correction.Redact{Position: 12, Ground: ground}
	if of != nil {
		c.Target = &domain.Recorded{ID: "0193471e-7a5c-7d3e-8f10-2b4c6d8e0f12", Position: 12, Plan: Plan, Event: of}
	}
	return On("2022-09-01", c).By(Olav)
}

var (
	declined = plan.MeasureDeclined{Owner: "radet", Why: "Per Hansen er syk"}
	erased   = That("event/0193471e-7a5c-7d3e-8f10-2b4c6d8e0f12", correction.TextRedacted{Event: "0193471e-7a5c-7d3e-8f10-2b4c6d8e0f12", Ground: "GDPR art. 17"})

	redaction = []Row{
		Rule("It is recorded that a text was erased, and on which ground", Given(), erase(declined, "GDPR art. 17"), Then(erased.Of(Plan))),
		Rule("A text is erased once", Given(erase(declined, "GDPR art. 17")), erase(declined, "GDPR art. 17"), Nothing()),
		Rule("A text that cannot be read here can be erased", Given(), erase(plan.MeasureDeclined{Why: domain.Elsewhere}, "GDPR art. 17"), Then(erased.Of(Plan))),
		Rule("Nothing is erased without a ground", Given(), erase(declined, " "), Refused("input.empty")),
		Rule("Only what is on the log can be erased", Given(), erase(nil, "GDPR art. 17"), Refused("event.unknown")),
		Rule("Only free text can be erased", Given(), erase(plan.MeasureStarted{}, "GDPR art. 17"), Refused("event.no-text")),
		Rule("… and none where nobody wrote any", Given(), erase(plan.MeasureCompleted{}, "GDPR art. 17"), Refused("event.no-text")),
		Rule("Only an administrator erases", Given(), erase(declined, "GDPR art. 17").By(Kari), Refused("user.not-allowed")),
	}
)
