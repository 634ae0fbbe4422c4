package main

import (
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/intake"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

// ask shows the plan and asks one question at a time: each doubt that has
// another reading, each name that may be somebody in the register, the new
// actors, and at last whether it is to be so.
func (in *intaking) ask() error {
	if err := in.cli.draft(in.draft); err != nil {
		return err
	}
	for _, step := range []func() error{in.askReadings, in.askNames, in.askActors, in.askAll} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// aside runs f with what it shows on stderr: talk, where stdout stays data.
func (in *intaking) aside(f func() error) error {
	out, form := in.out, in.output
	in.out, in.output = in.err, "table"
	defer func() { in.out, in.output = out, form }()
	return f()
}

// yes asks a question. No answer at all is a no to the whole import.
func (in *intaking) yes(question domain.Phrase, args ...any) (bool, error) {
	in.say(question, args...)
	answer, err := in.answer()
	return slices.Contains([]string{"j", "ja", "y", "yes"}, answer), err
}

func (in *intaking) answer() (string, error) {
	line, err := in.lines.ReadString('\n')
	if err != nil && line == "" {
		return "", errNotAccepted.With()
	}
	return strings.ToLower(strings.TrimSpace(line)), nil
}

// askReadings asks about every doubt that has another reading.
func (in *intaking) askReadings() error {
	for i, w := range in.draft.Outside(in.language).Warnings {
		if w.Suggestion == nil {
			continue
		}
		in.say(phrase("\n%[1]s\n    Kan leses som  %[2]s", "\n%[1]s\n    Kan lesast som  %[2]s", "\n%[1]s\n    May be read as  %[2]s"), in.warning(w), *w.Suggestion)
		taken, err := in.yes(phrase("Lese det slik i stedet? [j/N]", "Lese det slik i staden? [j/N]", "Read it like that instead? [y/N]"))
		if err != nil {
			return err
		}
		if taken {
			in.answers.Readings = append(in.answers.Readings, i)
		}
	}
	return in.look()
}

// askNames asks about every new name that is like one in the register.
func (in *intaking) askNames() error {
	for _, m := range in.preview.Names {
		if m.How != intake.New || m.Near == "" {
			continue
		}
		same, err := in.yes(phrase("\nEr «%[1]s» den samme som «%[2]s» i registeret? [j/N]", "\nEr «%[1]s» den same som «%[2]s» i registeret? [j/N]",
			"\nIs “%[1]s” the same as “%[2]s” in the register? [y/N]"), m.Name, m.NearName)
		if err != nil {
			return err
		}
		if same {
			in.answers.Actors[m.Name] = intake.Choice{Actor: m.Near}
		}
	}
	return in.look()
}

// askActors shows who is new, and takes another kind and sector for those
// that were proposed wrong.
func (in *intaking) askActors() error {
	if len(in.preview.New()) == 0 {
		return nil
	}
	in.say(phrase("\nNye i registeret:", "\nNye i registeret:", "\nNew in the register:"))
	for _, a := range in.preview.New() {
		in.say(phrase("  %[1]s (%[2]s, %[3]s)", "  %[1]s (%[2]s, %[3]s)", "  %[1]s (%[2]s, %[3]s)"), a.Name,
			domain.ActorKindWords.Of(string(a.Kind)), domain.SectorWords.Of(string(a.Sector)))
	}
	other, err := in.yes(phrase("Skal noen av dem ha en annen type eller sektor? [j/N]", "Skal nokon av dei ha ein annan type eller sektor? [j/N]",
		"Should any of them have another kind or sector? [y/N]"))
	if err != nil || !other {
		return err
	}
	for _, a := range in.preview.New() {
		if err := in.askActor(a); err != nil {
			return err
		}
	}
	return in.look()
}

// askActor takes a kind, a sector or both; nothing leaves them as proposed.
// What is no such word is asked about again.
func (in *intaking) askActor(a actors.Register) error {
	for {
		in.say(phrase("%[1]s: type og sektor [%[2]s %[3]s]", "%[1]s: type og sektor [%[2]s %[3]s]", "%[1]s: kind and sector [%[2]s %[3]s]"), a.Name, string(a.Kind), string(a.Sector))
		answer, err := in.answer()
		if err != nil {
			return err
		}
		choice, wrong := intake.Choice{}, ""
		for word := range strings.FieldsSeq(strings.ReplaceAll(answer, ",", " ")) {
			switch {
			case slices.Contains(actors.Kinds(), actors.Kind(word)):
				choice.Kind = actors.Kind(word)
			case slices.Contains(actors.Sectors(), actors.Sector(word)):
				choice.Sector = actors.Sector(word)
			default:
				wrong = word
			}
		}
		if wrong == "" {
			in.answers.Actors[a.Name] = choice
			return nil
		}
		in.say(phrase("«%[1]s» er verken type (%[2]s) eller sektor (%[3]s).", "«%[1]s» er verken type (%[2]s) eller sektor (%[3]s).",
			"“%[1]s” is neither a kind (%[2]s) nor a sector (%[3]s)."), wrong, listOf(actors.Kinds()), listOf(actors.Sectors()))
	}
}

func listOf[T ~string](all []T) string {
	words := make([]string, len(all))
	for i, w := range all {
		words[i] = string(w)
	}
	return strings.Join(words, ", ")
}

// askAll shows what would happen, and asks for the yes that stores it.
func (in *intaking) askAll() error {
	if err := in.tellDifference(); err != nil {
		return err
	}
	question := phrase("\nSette planen i kraft slik? [j/N]", "\nSetje planen i kraft slik? [j/N]", "\nPut the plan in force like this? [y/N]")
	if in.preview.Difference != nil {
		question = phrase("\nEndre planen slik, ved vedtak %[1]s? [j/N]", "\nEndre planen slik, ved vedtak %[1]s? [j/N]", "\nChange the plan like this, by decision %[1]s? [y/N]").
			Fill(in.preview.Import.Plan.Decision.Case)
	}
	accepted, err := in.yes(question)
	if err == nil && !accepted {
		err = errNotAccepted.With()
	}
	return err
}

// tellDifference shows what a revision would change, which it must have a
// decision for.
func (in *intaking) tellDifference() error {
	in.notes(in.preview.Notes)
	if in.preview.Difference == nil {
		return nil
	}
	if err := in.difference(in.preview.Difference); err != nil {
		return err
	}
	return in.preview.Decided()
}
