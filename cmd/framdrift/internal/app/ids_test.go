package app_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// badIDs are what no subject on the log may hold, and what would be another
// thing there: dots, wildcards, blanks, letters beyond a–z.
var badIDs = []string{"", ".", "t.01", "t 01", "*", ">", "t*", "på", "t/01", "t\x00", "t\n01", " t01", strings.Repeat("x", 65)}

// bringers are the commands that bring an id into the world, and how.
var bringers = map[string]func(id string) domain.Request{
	"command": func(id string) domain.Request { return ask(domain.CommandID(id), plan.Start{On: on(1)}) },
	"by": func(id string) domain.Request {
		q := ask("", plan.Start{On: on(1)})
		q.By = domain.UserID(id)
		return q
	},
	"actor": func(id string) domain.Request {
		return ask("", actors.Register{Actor: domain.ActorID(id), Name: "A", Kind: actors.Body, Sector: actors.Public})
	},
	"granted user": func(id string) domain.Request {
		return ask("", actors.Grant{User: domain.UserID(id), Role: domain.RoleReader})
	},
	"plan": func(id string) domain.Request {
		return imports(func(c *plan.Import) { c.Plan.Plan = domain.PlanID(id) })
	},
	"strategy": func(id string) domain.Request {
		return imports(func(c *plan.Import) { c.Plan.Strategies[0].ID = domain.StrategyID(id) })
	},
	"measure": func(id string) domain.Request {
		return imports(func(c *plan.Import) { c.Measures[0].ID = domain.MeasureID(id) })
	},
	"imported actor": func(id string) domain.Request {
		return imports(func(c *plan.Import) {
			c.Actors = append(c.Actors, actors.Register{Actor: domain.ActorID(id), Name: "B", Kind: actors.Body, Sector: actors.Public})
		})
	},
	"period": func(id string) domain.Request {
		return ask("", reporting.OpenPeriod{Period: domain.PeriodID(id), From: domain.MustDate("2022-01-01"), To: domain.MustDate("2022-04-30"), ReportDeadline: domain.MustDate("2022-05-31")})
	},
	"definition": func(id string) domain.Request {
		return ask("", reporting.DefineDelivery{Definition: reporting.DeliveryDefined{Version: id, WindowDays: 365}})
	},
	"evidence": func(id string) domain.Request {
		return ask("", plan.AttachEvidence{On: on(1), Evidence: plan.EvidenceAttached{Evidence: domain.EvidenceID(id), Name: "f", MediaType: "text/plain", SHA256: "00", Where: "her"}})
	},
}

func imports(change func(*plan.Import)) domain.Request {
	c := planOf(1)
	c.Plan.Plan, c.File.SHA256, c.Actors = "plan-2", "02", nil
	change(&c)
	return ask("", c)
}

// An id that cannot be a token of a subject is refused by name, before anything
// is sent, and the region goes on.
func TestAnIDThatCannotBeInASubjectIsRefused(t *testing.T) {
	_, r := newRegion(t, measures)
	head := r.Head()
	for what, bring := range bringers {
		for n, id := range badIDs {
			q := bring(id)
			if what != "command" {
				q.ID = commandID(n)
			}
			_, err := r.Do(t.Context(), q)
			if e := domain.Explain(err); e.Code != "input.id" || e.Kind != domain.Invalid || !strings.Contains(e.Message.NB, fmt.Sprintf("«%s»", id)) {
				t.Errorf("%s %q is answered with %v", what, id, err)
			}
		}
	}
	if r.Head() != head || r.Writable() != nil {
		t.Errorf("the log went from %v to %v, and takes changes: %v", head, r.Head(), r.Writable())
	}
	for what, bring := range bringers { // and one that can be is not
		q := bring("-_aZ09")
		if what != "command" {
			q.ID = commandID(100)
			q.ID += domain.CommandID(strings.ReplaceAll(what, " ", "-"))
		}
		if _, err := r.Do(t.Context(), q); domain.Explain(err).Code == "input.id" || domain.KindOf(err) == domain.Failed && err != nil {
			t.Errorf("%s: a good id is answered with %v", what, err)
		}
	}
	last := ask(commandID(200), plan.Start{On: on(2)})
	last.Plan = "plan-2022"
	mustDo(t, r, last)
}
