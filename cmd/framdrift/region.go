package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

func (c *cli) regionCommand() *cobra.Command {
	group := c.group("region", phrase("Fakta om regionen, med datoer", "Fakta om regionen, med datoar", "Facts about the region, with dates"))
	group.AddCommand(c.regionDescribe(), c.regionJoin())
	return group
}

func (c *cli) regionDescribe() *cobra.Command {
	var (
		applicant, members, on string
		people                 int
		area                   float64
	)
	cmd := c.writer("describe", phrase("Fører fakta om regionen", "Fører fakta om regionen", "Records facts about the region"),
		func([]string) (domain.Command, error) {
			facts := actors.DescribeRegion{Applicant: domain.ActorID(applicant)}
			if people != 0 || on != "" {
				facts.Population = &actors.Population{Count: people}
				if err := dates([]string{on}, &facts.Population.Date); err != nil {
					return nil, err
				}
			}
			if area != 0 {
				facts.Area = &actors.Area{KM2: area}
			}
			var err error
			facts.Members, err = membersOf(members)
			return facts, err
		})
	cmd.Example = `  framdrift region describe --applicant bjugn --members orland,rissa,roan:2009-01-01:2019-12-31
  framdrift region describe --population 25315 --population-date 2015-01-01 --area 3037`
	f := cmd.Flags()
	f.StringVar(&applicant, "applicant", "", c.flag("søkerkommunen", "søkjarkommunen", "the applicant municipality"))
	f.StringVar(&members, "members", "", c.flag("samarbeidskommunene, med komma mellom; AKTØR:FRA:TIL når de kjennes", "samarbeidskommunane, med komma mellom; AKTØR:FRÅ:TIL når dei er kjende", "the municipalities that take part, with commas between; ACTOR:FROM:TO when known"))
	f.IntVar(&people, "population", 0, c.flag("folketallet", "folketalet", "the number of inhabitants"))
	f.StringVar(&on, "population-date", "", c.flag("dagen folketallet gjelder", "dagen folketalet gjeld", "the day of that number"))
	f.Float64Var(&area, "area", 0, c.flag("arealet i km²", "arealet i km²", "the area in km²"))
	return cmd
}

// membersOf reads orland,roan:2009-01-01:2019-12-31.
func membersOf(s string) ([]actors.Member, error) {
	var all []actors.Member
	for _, part := range ids[string](s) {
		id, days, _ := strings.Cut(part, ":")
		from, to, _ := strings.Cut(days, ":")
		m := actors.Member{Actor: domain.ActorID(id)}
		if err := dates([]string{from, to}, &m.From, &m.To); err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, nil
}

func (c *cli) regionJoin() *cobra.Command {
	var from, to string
	cmd := c.writer("join NAME", phrase("Fører et program som regionen er med i", "Fører eit program som regionen er med i", "Records a programme that the region takes part in"),
		func(args []string) (domain.Command, error) {
			join := actors.JoinProgramme{Name: args[0]}
			err := dates([]string{from, to}, &join.From, &join.To)
			return join, err
		})
	f := cmd.Flags()
	f.StringVar(&from, "from", "", c.flag("første dag", "første dag", "first day"))
	f.StringVar(&to, "to", "", c.flag("siste dag", "siste dag", "last day"))
	return cmd
}
