package intake

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plantable"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// How says by what a name was matched to an actor.
type How uint8

// From the name itself to none at all.
const (
	Known     How = iota // the register has the name as it is written
	Variant              // the register, or the document, has it with other capitals, spaces or marks
	Successor            // the register has it, and another has taken its place before the plan was adopted
	Chosen               // a person has said who it is
	New                  // nobody has it
)

// A Match is a name in the document and the actor it means.
type Match struct {
	Name    string
	Actor   domain.ActorID
	How     How
	Written string // the name that a variant or a successor goes by

	// Of a new one: what is proposed, and whom it may be after all.
	Kind     actors.Kind
	Sector   actors.Sector
	Near     domain.ActorID
	NearName string
}

// A register knows the actors of the region and the names met so far.
type register struct {
	exact map[string]Match
	plain map[string]Match // by plainName
	taken map[domain.ActorID]bool
	near  []planview.Actor
}

// newRegister is the register as it stood on the day the plan was adopted: who
// had been merged by then is known by who stands in its place.
func newRegister(list []planview.Actor, day domain.Date) *register {
	r := &register{exact: map[string]Match{}, plain: map[string]Match{}, taken: map[domain.ActorID]bool{}}
	byID := map[domain.ActorID]planview.Actor{}
	for _, a := range list {
		byID[a.ID] = a
	}
	for _, a := range list {
		r.taken[a.ID] = true
		m := Match{Actor: a.ID, How: Known, Written: a.Name}
		if now := standIn(byID, a, day); now.ID != a.ID {
			m = Match{Actor: now.ID, How: Successor, Written: now.Name}
		} else {
			r.near = append(r.near, a)
		}
		if old, there := r.exact[plantable.Fold(a.Name)]; !there || old.How == Successor {
			r.exact[plantable.Fold(a.Name)] = m
		}
		if old, there := r.plain[plainName(a.Name)]; !there || old.How == Successor {
			r.plain[plainName(a.Name)] = m
		}
	}
	return r
}

// standIn is who stands in an actor's place on a day. Merging sees to it that
// this ends; a register that says otherwise is followed no further than it is long.
func standIn(byID map[domain.ActorID]planview.Actor, a planview.Actor, day domain.Date) planview.Actor {
	for range byID {
		into, there := byID[a.MergedInto]
		if !there || !day.IsZero() && day.Before(a.MergedFrom) {
			break
		}
		a = into
	}
	return a
}

// find is a name that has been met before, or that the register has as it is.
func (r *register) find(name string) (Match, bool) {
	m, ok := r.exact[plantable.Fold(name)]
	return m, ok && m.Name != ""
}

// match is who a name met for the first time is.
func (r *register) match(name string) Match {
	if m, ok := r.exact[plantable.Fold(name)]; ok {
		m.Name = name
		return m
	}
	if m, ok := r.plain[plainName(name)]; ok {
		if m.Name = name; m.How != Successor {
			m.How = Variant
		}
		return m
	}
	m := Match{Name: name, How: New}
	if a, ok := r.nearest(name); ok {
		m.Near, m.NearName = a.ID, a.Name
	}
	return m
}

// keep remembers who a name is for the rest of the document.
func (r *register) keep(m Match) {
	r.exact[plantable.Fold(m.Name)] = m
	if _, there := r.plain[plainName(m.Name)]; !there {
		r.plain[plainName(m.Name)] = Match{Actor: m.Actor, How: Variant, Written: m.Name}
	}
	r.taken[m.Actor] = true
}

// free is the name's slug, with a number behind it when another name has it.
func (r *register) free(name string) domain.ActorID {
	slug := domain.Slug(name)
	if slug == "" {
		slug = "aktor"
	}
	id := domain.ActorID(slug)
	for n := 2; r.taken[id]; n++ {
		id = domain.ActorID(slug + "-" + strconv.Itoa(n))
	}
	return id
}

// plainName is a name without what people write in different ways: capitals,
// full stops, the stroke in A/S, & for og, a space after a hyphen.
func plainName(name string) string {
	s := strings.ToLower(plantable.Fold(name))
	s = strings.NewReplacer(".", "", ",", "", "«", "", "»", "", `"`, "", "- ", "-", " -", "-", "–", "-", "&", "og", "’", "", "'", "").Replace(s)
	words := strings.Fields(s)
	for i, w := range words {
		if w == "a/s" {
			words[i] = "as"
		}
	}
	return strings.Join(words, " ")
}

// nearest is the actor whose name is the same but for a letter or two, as when
// a name is misspelt or stands in its definite form.
func (r *register) nearest(name string) (planview.Actor, bool) {
	const short, long = 6, 12
	plain := plainName(name)
	length := utf8.RuneCountInString(plain)
	if length < short {
		return planview.Actor{}, false
	}
	most := 1
	if length >= long {
		most = 2
	}
	var best planview.Actor
	found := false
	for _, a := range r.near {
		if d := distance(plain, plainName(a.Name), most); d <= most && (!found || d < most) {
			best, found, most = a, true, d
		}
	}
	return best, found
}

// distance is how many letters must be added, taken away or changed to make
// one text of the other (Levenshtein); most+1 when it is more than most.
func distance(a, b string, most int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > most || len(y)-len(x) > most {
		return most + 1
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(y)]
}
