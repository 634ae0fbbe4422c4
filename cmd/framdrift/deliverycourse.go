package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

var errCoursePer = rule("usage.course-per",
	"Utviklingen har flere tidspunkter: bruk --from, --to og --step, og ikke --per.",
	"Utviklinga har fleire tidspunkt: bruk --from, --to og --step, og ikkje --per.",
	"The course has several moments: use --from, --to and --step, and not --per.")

func (c *cli) showCourse(cmd *cobra.Command, part delivery.Part, per app.Per, from, to, step string) error {
	q := app.CourseQuery{Step: app.Step(step), View: per.View, Part: part}
	if err := dates([]string{from, to}, &q.From, &q.To); err != nil {
		return err
	}
	if c.per != "" {
		return errCoursePer.With()
	}
	return c.withRegion(cmd.Context(), func(r app.Service) error {
		course, err := r.Course(cmd.Context(), domain.PlanID(c.plan), q)
		if err != nil {
			return err
		}
		return c.course(course)
	})
}

// course prints a row for each day; in CSV a row for each day and number, which
// is what tools want.
func (c *cli) course(course app.Course) error {
	none := phrase("Planen var ikke vedtatt på noen av dagene.", "Planen var ikkje vedteken på nokon av dagane.", "The plan had not been adopted on any of the days.")
	if c.output == "csv" {
		return c.courseCSV(course)
	}
	columns := []column{{key: "day", label: phrase("dag", "dag", "day")}}
	for _, k := range delivery.Components() {
		columns = append(columns, column{key: string(k), label: phrase(string(k), string(k), string(k))})
	}
	columns = append(columns,
		column{key: "daysBehind", label: phrase("dager bak", "dagar bak", "days behind")},
		column{key: "red", label: phrase("røde", "raude", "red")},
		column{key: "grey", label: phrase("ukjent", "ukjend", "unknown")})
	var rows [][]string
	for _, p := range course.Points {
		row := []string{p.Day.String()}
		for _, k := range delivery.Components() {
			row = append(row, c.short(p.Whole.Ratio(k), enough(&p.Whole, k)))
		}
		behind := ""
		if p.Whole.K3.Denominator > 0 {
			behind = strconv.Itoa(p.Whole.K3.DaysBehind)
		}
		rows = append(rows, append(row, behind, strconv.Itoa(red(&p.Whole)), c.short(p.Whole.Grey, false)))
	}
	if c.output == "table" && len(rows) > 0 {
		c.print(phrase("Gjennomføringskraft · %[1]s · %[2]s", "Gjennomføringskraft · %[1]s · %[2]s", "Delivery · %[1]s · %[2]s"), course.Plan, viewWord(course.View))
		c.printf("\n")
	}
	return c.list(course, columns, rows, none)
}

func red(f *delivery.Figures) int {
	for i, x := range delivery.Colours() {
		if x == delivery.Red {
			return f.Colours[i]
		}
	}
	return 0
}

// enough reports whether there are so many that a percentage is shown.
func enough(f *delivery.Figures, k delivery.Component) bool {
	if k == delivery.K3 {
		return f.K3.N >= 5
	}
	return f.Ratio(k).Denominator >= 5
}

// short is 12/20 60 %; without the percentage 3/4; – of nothing.
func (c *cli) short(r delivery.Ratio, percent bool) string {
	value, ok := r.Value()
	switch {
	case !ok:
		return "–"
	case !percent:
		return fmt.Sprintf("%d/%d", r.Numerator, r.Denominator)
	}
	mark := " %"
	if c.language == domain.English {
		mark = "%"
	}
	return fmt.Sprintf("%d/%d %d%s", r.Numerator, r.Denominator, min(100, int(100*value+0.5)), mark)
}

func (c *cli) courseCSV(course app.Course) error {
	columns := []column{{key: "day"}, {key: "definition"}, {key: "component"}, {key: "numerator"}, {key: "denominator"}}
	rows := [][]string{}
	for _, p := range course.Points {
		add := func(name string, r delivery.Ratio) {
			rows = append(rows, []string{p.Day.String(), p.Definition, name, strconv.Itoa(r.Numerator), strconv.Itoa(r.Denominator)})
		}
		for _, k := range delivery.Components() {
			add(string(k), p.Whole.Ratio(k))
		}
		add("K3 first baseline", p.Whole.K3First.Ratio)
		add("K4 any time", p.Whole.AnyTime)
		add("grey", p.Whole.Grey)
		add("back-dated", p.Whole.BackDated)
	}
	return c.csv(columns, rows)
}
