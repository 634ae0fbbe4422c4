package plantable

import "strings"

// A reader goes through one cell and decides between each two words.
type reader struct {
	v       *vocabulary
	c       cellWords
	spans   []int  // see vocabulary.spans
	listed  bool   // the cell parts its names with commas or lines
	shouts  bool   // the whole cell is in capitals
	start   int    // first word of the name being read
	inSpan  int    // index after the known name being read
	closers []bool // the capitals that go on after the word end in a company form
}

func newReader(v *vocabulary, c cellWords) *reader {
	r := &reader{v: v, c: c, spans: v.spans(c), closers: make([]bool, len(c.words)), shouts: c.text == strings.ToUpper(c.text)}
	for i := len(c.words) - 1; i >= 0; i-- {
		if i > 0 && (c.words[i].before == comma || c.words[i].before == line) {
			r.listed = true
		}
		// A run of capitals that a company form closes is one name.
		next := i + 1
		r.closers[i] = next < len(c.words) && c.words[next].before == space &&
			(isForm(c.word(next)) || isCapital(c.word(next)) && r.closers[next])
	}
	r.inSpan = r.spans[0]
	return r
}

// cuts decides between word i-1 and word i; the first is unused.
func (r *reader) cuts() []cut {
	cuts := make([]cut, len(r.c.words))
	for i := 1; i < len(cuts); i++ {
		cuts[i] = r.cut(i)
		if cuts[i].parts {
			r.start = i
		}
		r.inSpan = max(r.inSpan, r.spans[i])
	}
	return cuts
}

func (r *reader) cut(i int) cut {
	if i < r.inSpan {
		return keep(Certain, ByCell)
	}
	if k, ok := r.marked(i); ok {
		return k
	}
	prev, next := r.c.word(i-1), r.c.word(i)
	if conjunctions[lower(next)] {
		return r.conjunction(i)
	}
	if r.start == i-1 && conjunctions[lower(prev)] && i > 1 {
		return keep(Certain, ByCell) // the og that was cut away from the name before it
	}
	if !isCapital(next) || isForm(next) || holds(prev) {
		return keep(Certain, ByCell)
	}
	k := r.grammar(i)
	if known, ok := r.known(i); ok && (k.parts != known.parts || k.sure < known.sure) {
		k = known
	}
	return r.amongMarks(k)
}

// marked is what a mark between the words says.
func (r *reader) marked(i int) (cut, bool) {
	capital := isCapital(r.c.word(i))
	switch r.c.words[i].before {
	case comma, slash:
		return part(Certain, BySeparator), true
	case line:
		if capital && !holds(r.c.word(i-1)) {
			return part(Certain, BySeparator), true
		}
		return keep(Certain, ByCell), true
	case page:
		if capital && !holds(r.c.word(i-1)) {
			return part(Likely, BySeparator), true
		}
		return keep(Certain, ByCell), true
	}
	return cut{}, false
}

// conjunction parts «Rådet og Rådmannsforum» where both are known, and the
// last two of a list with commas; elsewhere og belongs to the name.
func (r *reader) conjunction(i int) cut {
	if i+1 == len(r.c.words) || r.c.words[i+1].before != space {
		return keep(Certain, ByCell)
	}
	knownBefore := i-r.start <= longestName && r.v.names[r.c.key(r.start, i)] > 0
	switch {
	case knownBefore && r.spans[i+1] > 0:
		return part(Likely, ByConjunction)
	case !isCapital(r.c.word(i+1)) || strings.HasSuffix(r.c.word(i-1), "-"):
		return keep(Certain, ByCell)
	case r.listed:
		return part(Likely, ByConjunction)
	case i+2 < len(r.c.words) && municipal(lower(r.c.word(i+2))): // Møre og Romsdal fylkeskommune
		return keep(Certain, ByCell)
	}
	return keep(Uncertain, ByConjunction)
}

// known parts before and after a name that is known.
func (r *reader) known(i int) (cut, bool) {
	if r.spans[i] == 0 && r.inSpan != i {
		return cut{}, false
	}
	if r.inSpan == i && r.spans[i] == 0 && isAcronym(r.c.word(i-1)) && r.lone(i) {
		return keep(Uncertain, ByAcronym), true
	}
	if r.spans[i] == 0 && r.closers[i-1] { // the name may go on to the company form
		return part(Uncertain, ByKnown), true
	}
	sure := Likely
	if r.spans[i] > 0 && r.v.names[r.c.key(i, r.spans[i])] == Certain {
		sure = Certain
	}
	return part(sure, ByKnown), true
}

// grammar is what the form of the two words says, the strongest rule first.
func (r *reader) grammar(i int) cut {
	prev, next := r.c.word(i-1), r.c.word(i)
	p, n := lower(prev), lower(next)
	first := i-1 == r.start
	switch {
	case isForm(prev) && !first:
		return part(Certain, ByForm)
	case municipal(p) && !first:
		return part(Certain, ByMunicipality)
	case !isCapital(prev):
		return part(Likely, ByCase)
	case i >= 2 && r.start < i-1 && prepositions[lower(r.c.word(i-2))] && !directions[p]:
		return part(Likely, ByPlace)
	case collective(p) && !r.v.places[p], collective(n) && !r.v.places[n]:
		return part(Likely, ByCollective)
	case r.closers[i-1] && !body(p): // Åfjord Utvikling AS, but Rådmannsforum Roret KF
		return keep(Likely, ByForm)
	case directions[p]:
		return keep(Likely, ByPlace)
	case r.beginsMunicipality(i):
		return part(Uncertain, ByMunicipality)
	case r.v.places[p] && first:
		return keep(Likely, ByPlace)
	}
	return r.nouns(i, prev, next)
}

// nouns is for two capitals side by side, where only their endings speak.
func (r *reader) nouns(i int, prev, next string) cut {
	p, n := lower(prev), lower(next)
	switch {
	case body(p) && r.v.places[n] && r.lone(i):
		return keep(Uncertain, ByPlace)
	case body(p):
		return part(Likely, ByBody)
	case definite(p) && !r.v.places[p]:
		return part(Uncertain, ByDefinite)
	case body(n):
		return keep(Likely, ByBody)
	case isAcronym(prev) && !isAcronym(next) && r.lone(i):
		return keep(Uncertain, ByAcronym)
	case isAcronym(prev) != isAcronym(next) || isAcronym(prev) && !r.shouts:
		return part(Uncertain, ByAcronym)
	case r.v.opens[n]:
		return part(Uncertain, ByOpening)
	}
	return keep(Uncertain, ByDefault)
}

// beginsMunicipality reports whether a municipality's name begins at word i:
// Trondheim kommune, Indre Fosen kommune.
func (r *reader) beginsMunicipality(i int) bool {
	if directions[lower(r.c.word(i))] {
		i++
	}
	return i+1 < len(r.c.words) && municipal(lower(r.c.word(i+1)))
}

// lone reports whether word i stands alone: the cell ends after it, or a
// known name or a word that begins names follows.
func (r *reader) lone(i int) bool {
	next := i + 1
	if next == len(r.c.words) || r.c.words[next].before != space || r.spans[next] > 0 {
		return true
	}
	return isCapital(r.c.word(next)) && r.v.opens[lower(r.c.word(next))]
}

// amongMarks weighs a cut in a cell that already parts its names with commas
// or lines: there only strong grounds part words, and a guess is not needed.
func (r *reader) amongMarks(k cut) cut {
	switch {
	case !r.listed || k.sure == Certain || k.by == ByKnown:
		return k
	case k.parts && k.sure == Likely:
		return keep(Uncertain, k.by)
	}
	return keep(Likely, k.by)
}
