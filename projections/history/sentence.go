package history

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/domain/story"
)

// Sentence is the event in one sentence without its full stop.
func (e Entry) Sentence(l domain.Language) string { return e.sentence().In(l) }

// sentence begins with who acted, and ends with what a reader must not miss:
// another day than the one it was recorded, an etterregistrering, an edit
// after completion.
func (e Entry) sentence() domain.Phrase {
	var told domain.Phrase
	switch event := e.Event.(type) {
	case actors.Event:
		told = e.tellActors(event)
	case plan.Event:
		told = e.tellPlan(event)
	case reporting.Event:
		told = e.tellReporting(event)
	case story.Event:
		told = e.tellStory(event)
	case correction.Event:
		told = e.tellCorrection(event)
	}
	if e.BackDated() {
		told = say("%[1]s, gjeldende %[2]s", "%[1]s, gjeldande %[2]s", "%[1]s, effective %[2]s", told, e.Effective.Norwegian())
	}
	if e.Retrospective {
		told = say("%[1]s (etterregistrert)", "%[1]s (etterregistrert)", "%[1]s (registered late)", told)
	}
	if e.AfterCompletion {
		told = say("%[1]s – etter fullføringen", "%[1]s – etter fullføringa", "%[1]s – after completion", told)
	}
	return told
}

// say is the phrase with its places filled.
func say(nb, nn, en string, args ...any) domain.Phrase {
	return domain.Phrase{NB: nb, NN: nn, EN: en}.Fill(args...)
}

// same is text that reads alike in all three languages.
func same(s string) domain.Phrase { return domain.Phrase{NB: s, NN: s, EN: s} }

// who begins every sentence: the actor acted for, or else a user, who is an
// id and not a name.
func (e Entry) who() domain.Phrase {
	switch {
	case e.OnBehalfOf != "":
		return same(e.name(e.OnBehalfOf))
	case e.Channel == domain.ChannelSystem:
		return say("Systemet", "Systemet", "The system")
	}
	return userCalled(e.Actor).Capital()
}

func userCalled(id domain.UserID) domain.Phrase {
	return say("bruker %[1]s", "brukar %[1]s", "user %[1]s", string(id))
}

// name is what the actor was called then; its id when it is not in the register.
func (e Entry) name(id domain.ActorID) string {
	if a, ok := e.names.Lookup(id); ok {
		return a.Name
	}
	return string(id)
}

func (e Entry) nameAll(ids []domain.ActorID) domain.Phrase {
	called := make([]string, len(ids))
	for i, id := range ids {
		called[i] = e.name(id)
	}
	return listed(called)
}

// listed is «A, B og C».
func listed(items []string) domain.Phrase {
	switch n := len(items); n {
	case 0:
		return say("ingen", "ingen", "nobody")
	case 1:
		return same(items[0])
	default:
		return say("%[1]s og %[2]s", "%[1]s og %[2]s", "%[1]s and %[2]s", strings.Join(items[:n-1], ", "), items[n-1])
	}
}

// thing is the measure the event is about: t07 «Felles profilering …»
func (e Entry) thing() domain.Phrase {
	m, ok := e.before.(measure)
	if !ok || m.row.Adopted.IsZero() {
		m, _ = e.after.(measure)
	}
	row := m.row
	for _, column := range []string{row.Text, row.Initiative, row.FocusArea} {
		if column != "" {
			return say("%[1]s «%[2]s»", "%[1]s «%[2]s»", "%[1]s “%[2]s”", e.Subject.ID, shortened(column, 48))
		}
	}
	return same(e.Subject.ID)
}

// part is one deliverable of an ongoing measure, or the measure itself.
func (e Entry) part(deliverable string) domain.Phrase {
	if deliverable == "" {
		return e.thing()
	}
	return say("leveransen «%[1]s» i %[2]s", "leveransen «%[1]s» i %[2]s", "the deliverable “%[1]s” of %[2]s", deliverable, e.thing())
}

// thePlan is «planen «Handlingsplan 2022–2024»».
func (e Entry) thePlan() domain.Phrase {
	d, _ := e.plan.(document)
	if d.Title == "" {
		return say("planen %[1]s", "planen %[1]s", "the plan %[1]s", string(e.Plan))
	}
	return say("planen «%[1]s»", "planen «%[1]s»", "the plan “%[1]s”", d.Title)
}

// strategy is the title of a strategy, in quotes where it stands.
func (e Entry) strategy(id string) string {
	d, _ := e.plan.(document)
	for _, s := range d.Strategies {
		if string(s.ID) == id {
			return s.Title
		}
	}
	return id
}

// by is the decision an event rests on, with a space before it; empty when
// it names none.
func by(d plan.Decision) domain.Phrase {
	if d == (plan.Decision{}) {
		return domain.Phrase{}
	}
	told := say(" etter vedtak", " etter vedtak", " by decision")
	if d.Body != "" {
		told = say("%[1]s i %[2]s", "%[1]s i %[2]s", "%[1]s of %[2]s", told, d.Body)
	}
	if !d.Date.IsZero() {
		told = say("%[1]s %[2]s", "%[1]s %[2]s", "%[1]s on %[2]s", told, d.Date.Norwegian())
	}
	if d.Case != "" {
		told = say("%[1]s (sak %[2]s)", "%[1]s (sak %[2]s)", "%[1]s (case %[2]s)", told, d.Case)
	}
	return told
}

// shortened is the text on one line of at most n characters, cut between
// words, and without the full stop that would end our sentence.
func shortened(s string, n int) string {
	s = strings.TrimRight(strings.Join(strings.Fields(s), " "), " .,;:")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	cut := string([]rune(s)[:n])
	if space := strings.LastIndex(cut, " "); space > 0 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " .,;:–-") + " …"
}

// grouped writes a whole number as 25 315, with spaces that do not break.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "\u00a0" + s[i:]
	}
	return s
}

// decimal writes a number with a comma in Norwegian and a point in English.
func decimal(f float64) domain.Phrase {
	point := strconv.FormatFloat(f, 'f', -1, 64)
	comma := strings.Replace(point, ".", ",", 1)
	return domain.Phrase{NB: comma, NN: comma, EN: point}
}

// counted is «1 varsel» or «3 varsler».
func counted(n int, one, many domain.Phrase) domain.Phrase {
	word := many
	if n == 1 {
		word = one
	}
	return say("%[1]s %[2]s", "%[1]s %[2]s", "%[1]s %[2]s", grouped(int64(n)), word)
}

// A free text, and the field it stands in when that is not the main thing.
type text struct {
	field string
	text  domain.Text
}

// texts is the free texts of an event, the main one first.
func texts(e domain.Event) []text {
	switch e := e.(type) {
	case plan.MeasureDeclined:
		return []text{{"", e.Why}}
	case plan.ForecastGiven:
		return []text{{"", e.Why}}
	case plan.DeviationHandled:
		return []text{{"", e.Text}}
	case plan.ContributionRecorded:
		return []text{{"", e.Text}}
	case plan.MeasureCompleted:
		return []text{{"", e.Result}}
	case plan.MeasureReopened:
		return []text{{"", e.Why}}
	case reporting.Reported:
		return []text{{"", e.Text}, {"obstacles", e.Obstacles}, {"next", e.Next}}
	case reporting.Returned:
		return []text{{"", e.Why}}
	case reporting.Approved:
		return []text{{"", e.Why}}
	case reporting.Withdrawn:
		return []text{{"", e.Why}}
	case correction.EventCorrected:
		return []text{{"", e.Why}}
	case story.Event:
		return storyTexts(e)
	}
	return nil
}
