package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/story"
)

func (c *cli) storyCommand() *cobra.Command {
	group := c.group("story", phrase(
		"Fortellingen til sluttrapporten: mål, resultater, råd, team",
		"Forteljinga til sluttrapporten: mål, resultat, råd, team",
		"The story for the final report: goals, results, advice, teams"))
	group.AddCommand(c.storyLead())
	for _, t := range c.tellers() {
		noun := c.group(t.noun, t.about)
		noun.AddCommand(c.teller(t))
		group.AddCommand(noun)
	}
	return group
}

// A telling is what the flags of one add say.
type telling struct {
	as                                          story.As
	text                                        domain.Text // the argument
	kind, goals, measures, source, url, members string
	more                                        string
}

// A teller is one noun of the story: its flags, and the command that add gives.
type teller struct {
	noun, argument string
	about, add     domain.Phrase
	example        string
	flags          []string
	command        func(telling) domain.Command
}

func (c *cli) storyLead() *cobra.Command {
	group := c.group("lead", phrase("Ingressen: regionens eget første avsnitt", "Ingressen: det første avsnittet til regionen sjølv", "The lead: the region's own first paragraph"))
	cmd := c.writer("write TEXT", phrase("Skriver ingressen; den nyeste gjelder", "Skriv ingressen; den nyaste gjeld", "Writes the lead; the latest stands"),
		func(args []string) (domain.Command, error) { return story.WriteLead{Text: domain.Text(args[0])}, nil })
	c.planFlag(cmd)
	group.AddCommand(cmd)
	return group
}

func (c *cli) teller(t teller) *cobra.Command {
	var said telling
	cmd := c.writer("add "+t.argument, t.add, func(args []string) (domain.Command, error) {
		said.text = domain.Text(args[0])
		return t.command(said), nil
	})
	cmd.Example = t.example
	f := cmd.Flags()
	f.StringVar((*string)(&said.as.ID), "id", "", c.flag("id-en; en som finnes, blir fortalt på nytt", "id-en; ein som finst, blir fortald på nytt", "the id; one that is there is told anew"))
	for _, name := range t.flags {
		flag := storyFlags[name]
		f.StringVar(flag.into(&said), name, "", flag.help.In(c.language))
	}
	c.planFlag(cmd)
	return cmd
}

// storyFlags are what more may be said of something.
var storyFlags = map[string]struct {
	into func(*telling) *string
	help domain.Phrase
}{
	"kind": {func(t *telling) *string { return &t.kind }, phrase(
		"result (resultat), achievement (oppnådd) eller unplanned (i tillegg); ellers result",
		"result (resultat), achievement (oppnådd) eller unplanned (i tillegg); elles result",
		"result, achievement or unplanned; otherwise result")},
	"goals": {func(t *telling) *string { return &t.goals }, phrase("målene det tjener, med komma mellom", "måla det tener, med komma mellom", "the goals it serves, with commas between")},
	"measures": {func(t *telling) *string { return &t.measures }, phrase(
		"tiltakene det gjelder, med komma mellom", "tiltaka det gjeld, med komma mellom", "the measures it is about, with commas between")},
	"source":  {func(t *telling) *string { return &t.source }, phrase("dokumentet det er hentet fra", "dokumentet det er henta frå", "the document it is from")},
	"url":     {func(t *telling) *string { return &t.url }, phrase("lenke til dokumentet (https://…)", "lenkje til dokumentet (https://…)", "a link to the document (https://…)")},
	"members": {func(t *telling) *string { return &t.members }, phrase("aktørene i teamet, med komma mellom", "aktørane i teamet, med komma mellom", "the actors of the team, with commas between")},
	"text":    {func(t *telling) *string { return &t.more }, phrase("mer om teamet", "meir om teamet", "more about the team")},
}

func (c *cli) tellers() []teller {
	return []teller{
		{
			noun: "goal", argument: "TEXT", about: phrase("Målene", "Måla", "The goals"), add: phrase("Setter et mål", "Set eit mål", "Sets a goal"),
			example: `  framdrift story goal add "En felles strategi som alle kommunene står bak"`,
			command: func(t telling) domain.Command { return story.SetGoal{As: t.as, Text: t.text} },
		},
		{
			noun: "result", argument: "TEXT", about: phrase("Resultatene, planlagte og ikke", "Resultata, planlagde og ikkje", "The results, planned and not"),
			add:     phrase("Fører et resultat", "Fører eit resultat", "Records a result"),
			example: `  framdrift story result add "Et regionalt næringsfond" --goals goal-1 --measures t03,t07`,
			flags:   []string{"kind", "goals", "measures"},
			command: func(t telling) domain.Command {
				return story.RecordResult{
					As: t.as, Kind: story.Kind(t.kind), Text: t.text,
					Goals: ids[domain.StoryID](t.goals), Measures: ids[domain.MeasureID](t.measures),
				}
			},
		},
		{
			noun: "advice", argument: "TEXT", about: phrase("Rådene til andre", "Råda til andre", "The advice to others"), add: phrase("Gir et råd", "Gjev eit råd", "Gives advice"),
			command: func(t telling) domain.Command { return story.GiveAdvice{As: t.as, Text: t.text} },
		},
		{
			noun: "continuation", argument: "TEXT", about: phrase("Det som fortsetter etterpå", "Det som held fram etterpå", "What goes on afterwards"),
			add: phrase("Fører noe som fortsetter", "Fører noko som held fram", "Records something that goes on"), flags: []string{"measures"},
			command: func(t telling) domain.Command {
				return story.PlanContinuation{As: t.as, Text: t.text, Measures: ids[domain.MeasureID](t.measures)}
			},
		},
		{
			noun: "obstacle", argument: "TEXT", about: phrase("Det som sto i veien", "Det som stod i vegen", "What stood in the way"),
			add: phrase("Noterer en hindring", "Noterer ei hindring", "Notes an obstacle"), flags: []string{"measures"},
			command: func(t telling) domain.Command {
				return story.NoteObstacle{As: t.as, Text: t.text, Measures: ids[domain.MeasureID](t.measures)}
			},
		},
		{
			noun: "excerpt", argument: "TEXT", about: phrase("Utdragene fra søknaden", "Utdraga frå søknaden", "The excerpts from the application"),
			add: phrase("Siterer et utdrag", "Siterer eit utdrag", "Quotes an excerpt"), flags: []string{"source"},
			command: func(t telling) domain.Command { return story.QuoteExcerpt{As: t.as, Text: t.text, Source: t.source} },
		},
		{
			noun: "document", argument: "TITLE", about: phrase("Dokumentene", "Dokumenta", "The documents"),
			add: phrase("Fører opp et dokument", "Fører opp eit dokument", "Lists a document"), flags: []string{"url"},
			example: `  framdrift story document add "Strategisk næringsplan" --url https://fosenregionen.no/plan`,
			command: func(t telling) domain.Command {
				return story.LinkDocument{As: t.as, Title: strings.TrimSpace(string(t.text)), URL: t.url}
			},
		},
		{
			noun: "team", argument: "NAME", about: phrase("Teamene", "Teama", "The teams"),
			add: phrase("Setter ned et team", "Set ned eit team", "Forms a team"), flags: []string{"members", "text"},
			example: `  framdrift story team add "Team reiseliv" --members orland,trondelag-reiseliv`,
			command: func(t telling) domain.Command {
				return story.FormTeam{As: t.as, Name: string(t.text), Members: ids[domain.ActorID](t.members), Text: domain.Text(t.more)}
			},
		},
	}
}
