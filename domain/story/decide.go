package story

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// A Setting is what else the rules look at: the plan whose story it is, and the register.
type Setting struct {
	Plan     plan.State
	Register actors.State
}

// Decide is what a command leads to: one draft, none when there is nothing to
// change, or the refusal of one rule.
func Decide(s State, in Setting, a domain.Asked, c Command) ([]domain.Draft, error) {
	if err := in.open(a, c); err != nil {
		return nil, err
	}
	switch c := c.(type) {
	case RecordResult:
		return recordResult(s, in, a, c)
	case PlanContinuation:
		e := ContinuationPlanned{Text: c.Text, Measures: c.Measures}
		return s.tell(domain.EntityContinuation, c.ID, e, domain.RequireText("text", c.Text), in.knows(c.Measures, a))
	case NoteObstacle:
		e := ObstacleNoted{Text: c.Text, Measures: c.Measures}
		return s.tell(domain.EntityObstacle, c.ID, e, domain.RequireText("text", c.Text), in.knows(c.Measures, a))
	case FormTeam:
		e := TeamFormed{Name: c.Name, Members: c.Members, Text: c.Text}
		return s.tell(domain.EntityTeam, c.ID, e, domain.CheckName("name", c.Name), domain.CheckText("text", c.Text), in.stand(c.Members, a))
	case PublishReport:
		return publish(s, c.Report)
	case WriteLead:
		return s.tell(domain.EntityLead, "lead", LeadWritten(c), domain.RequireText("text", c.Text))
	case SetGoal:
		return s.tell(domain.EntityGoal, c.ID, GoalSet{c.Text}, domain.RequireText("text", c.Text))
	case GiveAdvice:
		return s.tell(domain.EntityAdvice, c.ID, AdviceGiven{c.Text}, domain.RequireText("text", c.Text))
	case QuoteExcerpt:
		e := ExcerptQuoted{Text: c.Text, Source: c.Source}
		return s.tell(domain.EntityExcerpt, c.ID, e, domain.RequireText("text", c.Text), domain.CheckLine("source", c.Source))
	case LinkDocument:
		e := DocumentLinked{Title: c.Title, URL: c.URL}
		return s.tell(domain.EntityDocument, c.ID, e, domain.CheckName("title", c.Title), checkURL(c.URL))
	}
	return nil, fmt.Errorf("story: no rule for %T", c)
}

// open refuses what is told of a plan that is closed, and of the time before
// it. A report may be published of a closed plan too.
func (in Setting) open(a domain.Asked, c Command) error {
	if _, publishes := c.(PublishReport); publishes {
		return nil
	}
	if in.Plan.Closed {
		return rulePlanClosed.With(in.Plan.ID)
	}
	return in.Plan.NotBeforeAdoption(a)
}

// tell is one draft, told under the id or the next free one, when all the
// checks have passed.
func (s State) tell(entity string, id domain.StoryID, e Event, checks ...error) ([]domain.Draft, error) {
	if err := domain.FirstError(checks...); err != nil {
		return nil, err
	}
	if id == "" {
		id = s.next(entity)
	}
	if err := domain.CheckID(id); err != nil {
		return nil, err
	}
	return []domain.Draft{{Subject: domain.About(entity, id), Event: e}}, nil
}

// next is the first free id from the count on: goal-3.
func (s State) next(entity string) domain.StoryID {
	count, _ := s.Counts.Lookup(entity)
	for n := count + 1; ; n++ {
		id := domain.StoryID(fmt.Sprintf("%s-%d", entity, n))
		if !s.has(domain.About(entity, id)) {
			return id
		}
	}
}

func recordResult(s State, in Setting, a domain.Asked, c RecordResult) ([]domain.Draft, error) {
	if c.Kind == "" {
		c.Kind = Result
	}
	for _, goal := range c.Goals {
		if !s.has(domain.About(domain.EntityGoal, goal)) {
			return nil, ruleGoalUnknown.With(goal, in.Plan.ID)
		}
	}
	e := ResultRecorded{Kind: c.Kind, Text: c.Text, Goals: c.Goals, Measures: c.Measures}
	return s.tell(domain.EntityResult, c.ID, e,
		domain.CheckChoice("kind", c.Kind, Kinds()...), domain.RequireText("text", c.Text), in.knows(c.Measures, a))
}

// knows refuses a measure that is not of the plan on the day.
func (in Setting) knows(all []domain.MeasureID, a domain.Asked) error {
	for _, id := range all {
		if _, err := in.Plan.Known(id, a); err != nil {
			return err
		}
	}
	return nil
}

// stand refuses an actor that is not in the register on the day.
func (in Setting) stand(all []domain.ActorID, a domain.Asked) error {
	for _, id := range all {
		if !in.Register.ValidOn(id, a.Effective) {
			return actors.NotRegistered(id, a.Effective)
		}
	}
	return nil
}

// checkURL refuses a link that a reader could not follow, or should not.
func checkURL(s string) error {
	if s == "" {
		return nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ruleURL.With(s)
	}
	return domain.CheckLine("url", s)
}

// checkSpan is that a status report says its days.
func (r ReportPublished) checkSpan() error {
	if r.Kind != Tertial {
		return nil
	}
	return domain.FirstError(domain.RequireDate("from", r.From), domain.RequireDate("to", r.To))
}

func publish(s State, r ReportPublished) ([]domain.Draft, error) {
	for _, sum := range []string{r.SHA256, cmp.Or(r.SourceSHA256, r.SHA256), cmp.Or(r.TemplateSHA256, r.SHA256)} {
		if _, err := hex.DecodeString(sum); err != nil || len(sum) != 64 || strings.ToLower(sum) != sum {
			return nil, ruleHash.With(sum)
		}
	}
	if _, already := s.Published.Lookup(r.SHA256); already {
		return nil, nil
	}
	return s.tell(domain.EntityReport, "", r,
		domain.CheckChoice("kind", r.Kind, ReportKinds()...), r.checkSpan(), domain.CheckLine("programme", r.Programme),
		domain.CheckName("file", r.File), domain.CheckName("format", r.Format),
		domain.CheckChoice("language", r.Language, domain.Languages()...), domain.RequireDate("per", r.Per),
		domain.CheckChoice("view", r.View, "known", "corrected"), domain.CheckNotNegative("logSize", r.LogSize), domain.CheckName("root", r.Root))
}
