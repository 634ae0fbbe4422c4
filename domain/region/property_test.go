package region_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	. "github.com/fosenregionen/framdrift/domain/domaintest"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/region"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// Whatever is asked, by whom and when: the log keeps the rules, the state is
// what the log folds into, and a no changes nothing.
func TestAnythingThatIsAskedKeepsTheRules(t *testing.T) {
	begun := NewWorld()
	begun.MustDo(t, Registered()...)
	begun.MustDo(t, On("2022-06-20", bigPlan(30)), On("2022-06-21", plan.Assign{On: T01, Owner: "radet"}))
	refusedBy, given := map[string]int{}, map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		w, a := begun.Copy(), newAuditor()
		for _, r := range w.Log {
			a.read(r)
		}
		for range rapid.IntRange(40, 160).Draw(t, "commands") {
			ask := randomAsk(t, w)
			d, err := w.Decide(ask)
			again, errAgain := w.Decide(ask)
			if !reflect.DeepEqual(d, again) || Code(err) != Code(errAgain) {
				t.Fatalf("%+v is not decided the same twice:\n%s\n%s", ask, Lines(d.Drafts), Lines(again.Drafts))
			}
			if err != nil && (len(d.Drafts) > 0 || domain.KindOf(err) == domain.Failed) {
				t.Fatalf("%+v: %v, with %d drafts", ask, err, len(d.Drafts))
			}
			recorded, _ := w.Do(ask)
			for _, r := range recorded {
				a.read(r)
			}
			if err != nil {
				refusedBy[Code(err)]++
			} else {
				given[ask.Command.CommandName()]++
			}
		}
		if len(a.faults) > 0 {
			t.Fatalf("the log breaks its rules:\n%s", strings.Join(a.faults, "\n"))
		}
		if !reflect.DeepEqual(w.State, Fold(w.Log)) {
			t.Fatal("the state is not what the log folds into: something that decides or evolves changes a state it was given")
		}
		checkState(t, w)
	})
	if len(refusedBy) < 20 || len(given) < 20 {
		t.Errorf("little was tried: refused by %v, given %v", refusedBy, given)
	}
}

// checkState looks at what only the state holds: when measures were open.
func checkState(t *rapid.T, w *World) {
	p, _ := w.State.Plans.Lookup(Plan)
	for id, m := range p.Plan.Measures.All() {
		last := m.Open[len(m.Open)-1]
		runs := last.To.IsZero()
		switch gone := m.Completed() || !m.Withdrawn.IsZero(); {
		case gone && runs:
			t.Fatalf("%s is completed or withdrawn, and open: %+v", id, m)
		case !gone && !runs:
			t.Fatalf("%s is neither completed nor withdrawn, and not open: %+v", id, m)
		case m.Completed() && m.Started.IsZero():
			t.Fatalf("%s is completed and was not started: %+v", id, m)
		case m.Accepted && m.Owner == "":
			t.Fatalf("%s is accepted by nobody: %+v", id, m)
		}
		for i, s := range m.Open[1:] {
			if s.From.Before(m.Open[i].To) || !s.To.IsZero() && s.To.Before(s.From) {
				t.Fatalf("%s was open %+v, which is no order of days", id, m.Open)
			}
		}
	}
}

// A state that is kept is never changed by what happens after it: every state
// of a history is still what the log up to it folds into when all is over.
func TestStatesThatAreKeptStayAsTheyWere(t *testing.T) {
	begun := NewWorld()
	begun.MustDo(t, Registered()...)
	begun.MustDo(t, On("2022-06-20", bigPlan(5)))
	rapid.Check(t, func(t *rapid.T) {
		var kept []*World
		w := begun.Copy()
		for range rapid.IntRange(5, 25).Draw(t, "commands") {
			kept = append(kept, w.Copy())
			branch := w.Copy() // what is only tried on must not show either
			_, _ = branch.Do(randomAsk(t, branch))
			_, _ = w.Do(randomAsk(t, w))
		}
		for i, k := range kept {
			if !reflect.DeepEqual(k.State, Fold(k.Log)) {
				t.Fatalf("the state at position %d (before command %d) was changed afterwards", len(k.Log), i+1)
			}
		}
	})
}

// What is folded in place while nobody looks comes to the same as what is copied
// at every step, and stays as it was from the moment that somebody has looked.
func TestAStateThatNobodyHasSeenIsTheSameWhenItIs(t *testing.T) {
	begun := NewWorld()
	begun.MustDo(t, Registered()...)
	begun.MustDo(t, On("2022-06-20", bigPlan(5)))
	rapid.Check(t, func(t *rapid.T) {
		w := begun.Copy()
		for range rapid.IntRange(5, 25).Draw(t, "commands") {
			_, _ = w.Do(randomAsk(t, w))
		}
		looked := rapid.IntRange(0, len(w.Log)).Draw(t, "looked at")
		var unseen, seen domain.Unseen
		seen.End()
		state, copied := region.Begin(&unseen), region.Begin(&seen)
		for _, r := range w.Log[:looked] {
			state, copied = region.Evolve(state, r), region.Evolve(copied, r)
		}
		unseen.End()
		then := state
		for _, r := range w.Log[looked:] {
			state = region.Evolve(state, r)
		}
		if !reflect.DeepEqual(then, copied) {
			t.Fatalf("the state at position %d is another when it is folded in place, or was changed afterwards", looked)
		}
	})
}

// Two commands that are tried on the same state do not see each other,
// however long the history they share.
func TestTwoFuturesOfOneState(t *testing.T) {
	w := NewWorld()
	w.MustDo(t, Fosen()...)
	w.MustDo(t, On("2023-01-01", plan.Start{On: T01}))
	for round := range 12 {
		w.MustDo(t, On("2023-01-02", plan.Complete{On: T01}))
		futures := []*World{w.Copy(), w.Copy()}
		for i, f := range futures {
			name := fmt.Sprintf("%d-%d", round, i)
			f.MustDo(t,
				On("2023-01-03", plan.AttachEvidence{On: T01, Evidence: plan.EvidenceAttached{Evidence: domain.EvidenceID(name), Name: "a", MediaType: "b", SHA256: "0a"}}),
				On("2023-01-03", plan.Reopen{On: T01, Why: "Feil"}).Dated([]string{"2023-01-02", "2023-01-03"}[i]),
				On("2023-01-03", reporting.DefineDelivery{Definition: reporting.DeliveryDefined{Version: name}}),
				On("2023-01-03", actors.Grant{User: Ola, Role: domain.RoleOwner, Actors: []domain.ActorID{"ntnu", domain.ActorID([]string{"roan", "radet"}[i])}}),
			)
		}
		for i, f := range futures {
			if !reflect.DeepEqual(f.State, Fold(f.Log)) {
				t.Fatalf("round %d: future %d shows the other", round, i)
			}
		}
		w = futures[0]
		w.MustDo(t, On("2023-01-03", actors.Grant{User: Ola, Role: domain.RoleOwner, Actors: []domain.ActorID{"ntnu"}}))
	}
}
