package plantable

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A set of lower-case words.
type set map[string]bool

func words(s string) set {
	m := set{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// connecting words hold a phrase together: a capital after one of them does
// not begin anything new («aktører i Fosenregionen»).
var connecting = words(`i på av for til fra ved med om hos og eller samt & å som innen innan mellom under over mot
	langs gjennom etter ut opp der den det de dei et ei en ein the of in and or to with by at from`)

// prepositions are those that a place stands after.
var prepositions = words("i på ved in at")

// directions are words that stand before a place's name and belong to it.
var directions = words(`indre ytre øvre nedre nordre søndre sør nord vestre østre austre midtre store vest øst aust
	gamle nye lille vesle`)

// bare is a word without the quotation marks and punctuation around it.
func bare(word string) string {
	return strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func lower(word string) string { return strings.ToLower(bare(word)) }

// isCapital reports whether the first letter of a word is a capital.
func isCapital(word string) bool {
	r, _ := utf8.DecodeRuneInString(bare(word))
	return unicode.IsUpper(r)
}

// isLower reports whether a text begins with a small letter.
func isLower(text string) bool {
	r, _ := utf8.DecodeRuneInString(bare(text))
	return unicode.IsLower(r)
}

// isAcronym reports whether a word is letters that are all capitals: NVE.
func isAcronym(word string) bool {
	n := 0
	for _, r := range bare(word) {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 2
}

// isYear reports whether a word is a year of this century or the last.
func isYear(word string) bool {
	if len(word) != 4 || word[:2] != "19" && word[:2] != "20" {
		return false
	}
	return isNumber(word)
}

func isNumber(word string) bool {
	for i := range len(word) {
		if word[i] < '0' || word[i] > '9' {
			return false
		}
	}
	return word != ""
}

func hasAnySuffix(s string, suffixes ...string) bool {
	for _, suffix := range suffixes {
		if strings.HasSuffix(s, suffix) {
			return true
		}
	}
	return false
}
