package history

import (
	"strconv"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/story"
)

// A tale is what the log says of one thing of the programme's story. Its free
// text is not among the fields: it may be erased, and stands in Why.
type tale []field

func (t tale) fields() []field { return t }

// evolveStory is the thing after the event: told anew, it is what it says now.
func evolveStory(e story.Event) facts {
	switch e := e.(type) {
	case story.ResultRecorded:
		return tale{{name: "kind", value: string(e.Kind)}, {name: "goals", value: joined(e.Goals)}, {name: "measures", value: joined(e.Measures)}}
	case story.ContinuationPlanned:
		return tale{{name: "measures", value: joined(e.Measures)}}
	case story.ObstacleNoted:
		return tale{{name: "measures", value: joined(e.Measures)}}
	case story.ExcerptQuoted:
		return tale{{name: "source", value: e.Source}}
	case story.DocumentLinked:
		return tale{{name: "title", value: e.Title}, {name: "url", value: e.URL}}
	case story.TeamFormed:
		return tale{{name: "name", value: e.Name}, {name: "members", value: joined(e.Members)}}
	case story.ReportPublished:
		return tale{
			{name: "kind", value: string(e.Kind)},
			{name: "from", value: e.From.String()},
			{name: "to", value: e.To.String()},
			{name: "programme", value: e.Programme},
			{name: "file", value: e.File},
			{name: "sha256", value: e.SHA256},
			{name: "format", value: e.Format},
			{name: "language", value: string(e.Language)},
			{name: "per", value: e.Per.String()},
			{name: "view", value: e.View},
			{name: "definition", value: e.Definition},
			{name: "logSize", value: strconv.Itoa(e.LogSize)},
			{name: "root", value: e.Root},
			{name: "sourceSha256", value: e.SourceSHA256},
			{name: "templateSha256", value: e.TemplateSHA256},
		}
	case story.LeadWritten, story.GoalSet, story.AdviceGiven:
		return tale{}
	}
	return tale{}
}

func (e Entry) tellStory(event story.Event) domain.Phrase {
	who, id := e.who(), e.Subject.ID
	switch event := event.(type) {
	case story.LeadWritten:
		return say("%[1]s skrev ingressen", "%[1]s skreiv ingressen", "%[1]s wrote the lead paragraph", who)
	case story.GoalSet:
		return say("%[1]s satte målet %[2]s", "%[1]s sette målet %[2]s", "%[1]s set the goal %[2]s", who, id)
	case story.ResultRecorded:
		return say("%[1]s førte resultatet %[2]s (%[3]s)", "%[1]s førte resultatet %[2]s (%[3]s)", "%[1]s recorded the result %[2]s (%[3]s)",
			who, id, domain.ResultKindWords.Of(string(event.Kind)))
	case story.AdviceGiven:
		return say("%[1]s ga rådet %[2]s", "%[1]s gav rådet %[2]s", "%[1]s gave the advice %[2]s", who, id)
	case story.ContinuationPlanned:
		return say("%[1]s førte hva som fortsetter etterpå (%[2]s)", "%[1]s førte kva som held fram etterpå (%[2]s)",
			"%[1]s recorded what goes on afterwards (%[2]s)", who, id)
	case story.ObstacleNoted:
		return say("%[1]s noterte hindringen %[2]s", "%[1]s noterte hindringa %[2]s", "%[1]s noted the obstacle %[2]s", who, id)
	case story.ExcerptQuoted:
		return e.tellExcerpt(event)
	case story.DocumentLinked:
		return say("%[1]s førte opp dokumentet «%[2]s»", "%[1]s førte opp dokumentet «%[2]s»", "%[1]s listed the document “%[2]s”", who, event.Title)
	case story.TeamFormed:
		return e.tellTeam(event)
	case story.ReportPublished:
		return say("%[1]s ga ut %[4]s «%[2]s», laget av de %[3]s første hendelsene", "%[1]s gav ut %[4]s «%[2]s», laga av dei %[3]s første hendingane",
			"%[1]s published %[4]s “%[2]s”, made of the first %[3]s events", who, event.File, grouped(int64(event.LogSize)), domain.ReportKindWords.Of(string(event.Kind)))
	}
	return domain.Phrase{}
}

func (e Entry) tellExcerpt(event story.ExcerptQuoted) domain.Phrase {
	if event.Source == "" {
		return say("%[1]s siterte et utdrag (%[2]s)", "%[1]s siterte eit utdrag (%[2]s)", "%[1]s quoted an excerpt (%[2]s)", e.who(), e.Subject.ID)
	}
	return say("%[1]s siterte et utdrag av «%[2]s»", "%[1]s siterte eit utdrag av «%[2]s»", "%[1]s quoted an excerpt of “%[2]s”", e.who(), event.Source)
}

func (e Entry) tellTeam(event story.TeamFormed) domain.Phrase {
	formed := say("%[1]s satte ned «%[2]s»", "%[1]s sette ned «%[2]s»", "%[1]s formed “%[2]s”", e.who(), event.Name)
	if len(event.Members) == 0 {
		return formed
	}
	return say("%[1]s med %[2]s", "%[1]s med %[2]s", "%[1]s with %[2]s", formed, e.nameAll(event.Members))
}

// storyTexts is the free text of what was told.
func storyTexts(e story.Event) []text {
	switch e := e.(type) {
	case story.LeadWritten:
		return []text{{"", e.Text}}
	case story.GoalSet:
		return []text{{"", e.Text}}
	case story.ResultRecorded:
		return []text{{"", e.Text}}
	case story.AdviceGiven:
		return []text{{"", e.Text}}
	case story.ContinuationPlanned:
		return []text{{"", e.Text}}
	case story.ObstacleNoted:
		return []text{{"", e.Text}}
	case story.ExcerptQuoted:
		return []text{{"", e.Text}}
	case story.TeamFormed:
		return []text{{"", e.Text}}
	case story.DocumentLinked, story.ReportPublished:
	}
	return nil
}
