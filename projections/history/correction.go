package history

import (
	"encoding/json"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
)

func (e Entry) tellCorrection(event correction.Event) domain.Phrase {
	switch event := event.(type) {
	case correction.EventCorrected:
		target, field := e.target(event.Event), e.fieldWord(event.Field)
		was, is := readable(event.Old), readable(event.New)
		switch {
		case was == "":
			return say("%[1]s rettet %[2]s: %[3]s er %[4]s", "%[1]s retta %[2]s: %[3]s er %[4]s",
				"%[1]s corrected %[2]s: %[3]s is %[4]s", e.who(), target, field, is)
		case is == "":
			return say("%[1]s rettet %[2]s: %[3]s %[4]s er fjernet", "%[1]s retta %[2]s: %[3]s %[4]s er fjerna",
				"%[1]s corrected %[2]s: %[3]s %[4]s was removed", e.who(), target, field, was)
		}
		return say("%[1]s rettet %[2]s: %[3]s fra %[4]s til %[5]s", "%[1]s retta %[2]s: %[3]s frå %[4]s til %[5]s",
			"%[1]s corrected %[2]s: %[3]s from %[4]s to %[5]s", e.who(), target, field, was, is)
	case correction.TextRedacted:
		return say("%[1]s slettet teksten i %[2]s, hjemmel: %[3]s", "%[1]s sletta teksten i %[2]s, heimel: %[3]s",
			"%[1]s erased the text of %[2]s, ground: %[3]s", e.who(), e.target(event.Event), event.Ground)
	}
	return domain.Phrase{}
}

// target is «hendelse 88 (tiltak fullført, t07 «Felles profilering»)».
func (e Entry) target(id domain.EventID) domain.Phrase {
	c := e.corrects
	if c == nil {
		return say("hendelse %[1]s", "hending %[1]s", "event %[1]s", string(id))
	}
	label := domain.EventWords.Of(c.Event.EventName())
	if c.Subject.Entity == domain.EntityMeasure {
		label = say("%[1]s, %[2]s", "%[1]s, %[2]s", "%[1]s, %[2]s", label, c.thing())
	}
	return say("hendelse %[1]d (%[2]s)", "hending %[1]d (%[2]s)", "event %[1]d (%[2]s)", uint64(c.Position), label)
}

// fieldWord is a column's heading when what is corrected is a row of the plan.
func (e Entry) fieldWord(name string) domain.Phrase {
	if e.corrects != nil {
		if _, row := e.corrects.Event.(plan.MeasureAdopted); row && domain.ColumnWords.Has(name) {
			return domain.ColumnWords.Of(name)
		}
	}
	return domain.FieldWords.Of(name)
}

// readable is a stored value in a sentence: dates as people write them.
func readable(raw json.RawMessage) string {
	var day domain.Date
	if json.Unmarshal(raw, &day) == nil && !day.IsZero() {
		return day.Norwegian()
	}
	return shortened(plain(raw), 80)
}
