package reportfile

import (
	"context"
	"encoding/json"
	"io"
	"iter"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

// WritePlan writes the plan with status in a format, as Write does the final report.
func WritePlan(ctx context.Context, w io.Writer, f Format, t finalreport.PlanTable, l domain.Language, with ...Option) error {
	t.Provenance.Command += again(l, "plan", f, with)
	if f == JSON {
		return writeJSON(w, t, l)
	}
	return write(ctx, w, f, planWritten(t, l), with...)
}

// WriteTertial writes a status report in a format, as Write does the final report.
func WriteTertial(ctx context.Context, w io.Writer, f Format, t finalreport.Tertial, l domain.Language, with ...Option) error {
	t.Provenance.Command += again(l, "statusrapport", f, with)
	if f == JSON {
		return writeJSON(w, t, l)
	}
	return write(ctx, w, f, tertialWritten(t, l), with...)
}

// A Sections gives the final report of each region in a programme that has a
// plan, in the programme's order. It may be gone through more than once.
type Sections = iter.Seq2[finalreport.Report, error]

// WriteProgramme writes regions beside each other and the section of each, in a
// format. One section is held at a time.
func WriteProgramme(ctx context.Context, w io.Writer, f Format, p finalreport.Programme, sections Sections, l domain.Language, with ...Option) error {
	command := "framdrift report programme --regions=" + strings.Join(p.IDs(), ",")
	if p.Name != "" {
		command += " --programme='" + p.Name + "'"
	}
	if day, same := p.Day(); same {
		command += " --per=" + day.String()
	}
	if p.View == delivery.Corrected {
		command += " --visning=korrigert"
	}
	command += again(l, "program", f, with)
	if f == JSON {
		return writeProgrammeJSON(ctx, w, p, command, sections, l)
	}
	return write(ctx, w, f, programmeWritten(p, command, sections, l), with...)
}

// again is the end of the command that makes a file again. What a template is
// called says nothing of what it is.
func again(l domain.Language, name string, f Format, with []Option) string {
	command := " --lang=" + string(l) + " -O " + name + "." + string(f)
	if t := chosen(with).template; t != nil {
		command += " --mal=mal.docx # SHA-256 " + t.SHA256
	}
	return command
}

// A ProgrammeFile is the JSON format of a programme.
type ProgrammeFile struct {
	Programme finalreport.Programme `json:"programme"`
	Command   string                `json:"command"` // makes the same file from the same logs
	Sections  []finalreport.Report  `json:"sections"`
}

// writeProgrammeJSON writes a ProgrammeFile, a section at a time.
func writeProgrammeJSON(ctx context.Context, w io.Writer, p finalreport.Programme, command string, sections Sections, l domain.Language) error {
	said, err := json.Marshal(command)
	if err != nil {
		return err
	}
	if err := domain.FirstError(
		text(w, "{\n\"programme\": "), writeJSON(w, p, l), text(w, ",\n\"command\": "+string(said)+",\n\"sections\": ["),
	); err != nil {
		return err
	}
	between := "\n"
	for r, err := range sections {
		if err := domain.FirstError(ctx.Err(), err); err != nil {
			return err
		}
		if err := domain.FirstError(text(w, between), writeJSON(w, r, l)); err != nil {
			return err
		}
		between = ",\n"
	}
	return text(w, "]\n}\n")
}

func text(w io.Writer, s string) error {
	_, err := io.WriteString(w, s)
	return err
}
