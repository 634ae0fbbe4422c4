package plantable

import "strings"

// longestName is how many words a known name may have.
const longestName = 10

// A vocabulary is what is known about names before a cell is read: those of
// the register, those the rest of the document shows, and its places.
type vocabulary struct {
	names  map[string]Confidence // by lower-case text
	opens  set                   // words that begin names
	places set                   // words that name places
}

func newVocabulary(known []string) *vocabulary {
	v := &vocabulary{names: map[string]Confidence{}, opens: set{}, places: set{}}
	for _, name := range known {
		v.learn(name, Certain)
	}
	return v
}

func (v *vocabulary) learn(name string, sure Confidence) {
	key := strings.ToLower(Fold(name))
	if key == "" || v.names[key] >= sure && v.names[key] > 0 {
		return
	}
	v.names[key] = sure
	first, _, _ := strings.Cut(key, " ")
	v.opens[bare(first)] = true
}

// places are capitalised words after i, på, ved …, and before kommune or
// fylkeskommune. Directions (Indre Fosen) are not places by themselves.
func (v *vocabulary) learnPlaces(text string) {
	prev := ""
	for word := range strings.FieldsSeq(text) {
		w := lower(word)
		if prepositions[lower(prev)] && isCapital(word) && !isAcronym(word) && !directions[w] {
			v.places[w] = true
		}
		if municipal(w) && isCapital(prev) && !isAcronym(prev) {
			v.places[lower(prev)] = true
		}
		prev = word
	}
}

// learnNames reads all cells of names a few times over: what is certain in
// one cell (Trondheim kommune) parts the words of another (Helse Midt
// Trondheim kommune). Names with an uncertain end teach nothing.
func (v *vocabulary) learnNames(cells []cellWords) {
	const rounds = 3
	for range rounds {
		var found []string
		for _, c := range cells {
			for _, n := range v.split(c).names {
				if n.Confidence >= Likely {
					found = append(found, n.Text)
				}
			}
		}
		for _, name := range found {
			v.learn(name, Likely)
		}
	}
}

// spans marks the known names in a cell: at the index of each name's first
// word, the index after its last; zero elsewhere.
func (v *vocabulary) spans(c cellWords) []int {
	ends := make([]int, len(c.words))
	for i := 0; i < len(c.words); {
		end := 0
		if i == 0 || c.words[i].before != space || isCapital(c.word(i)) && (!holds(c.word(i-1)) || conjunctions[lower(c.word(i-1))]) {
			end = v.longest(c, i)
		}
		ends[i] = end
		i = max(i+1, end)
	}
	return ends
}

// longest is the end of the longest known name that begins at word i and can
// end where it ends: before a mark, a capital or the end of the cell.
func (v *vocabulary) longest(c cellWords, i int) int {
	limit := i + 1
	for limit < len(c.words) && limit < i+longestName && c.words[limit].before == space {
		limit++
	}
	for end := limit; end > i; end-- {
		if !v.canEnd(c, end) {
			continue
		}
		if _, ok := v.names[c.key(i, end)]; ok {
			return end
		}
	}
	return 0
}

func (v *vocabulary) canEnd(c cellWords, end int) bool {
	if end == len(c.words) || c.words[end].before != space {
		return true
	}
	next := c.word(end)
	return isCapital(next) && !isForm(next) || conjunctions[lower(next)]
}

// holds reports whether a word holds on to the next: i, av, og, Fosna-.
func holds(word string) bool {
	return connecting[lower(word)] || strings.HasSuffix(word, "-")
}

var forms = words("as asa a/s kf fkf iks sa ba al hf rhf nuf da ans sf ab ltd inc gmbh oy")

// isForm reports whether a word is a company form: all capitals, or all small as in «Fosenbrua as».
func isForm(word string) bool {
	w := bare(word)
	if len(w) > len("gmbh") {
		return false
	}
	l := strings.ToLower(w)
	return forms[l] && (w == l || w == strings.ToUpper(w))
}

func municipal(w string) bool {
	return w == "kommune" || w == "fylkeskommune" || w == "herad" || w == "kommunar" || w == "kommuner"
}

// collective is the definite plural: Kommunene, Pendlerforeningene, nynorsk
// Kommunane, Grunneigarlaga, Ungdomsutvala.
func collective(w string) bool {
	return len(w) >= 7 && hasAnySuffix(w, "ene", "ane", "laga", "utvala", "selskapa")
}

// definite is a long definite noun: Frivilligheten, Politiet. Short ones may be names (Bergen).
func definite(w string) bool {
	return len(w) >= 7 && hasAnySuffix(w, "en", "et", "heita", "skapet")
}

// body is the last part of what bodies, roles and institutions are called.
func body(w string) bool {
	return hasAnySuffix(w, "forum", "råd", "utvalg", "utval", "styre", "styret", "nemnd", "leder", "leiar", "sjef", "direktør",
		"koordinator", "rådgiver", "rådgjevar", "veileder", "rettleiar", "ordfører", "ordførar", "universitet", "høgskole",
		"høyskole", "høgskule", "fagskole", "fagskule", "gruppe", "gruppa", "utvalget", "tjeneste", "teneste")
}
