package plantable

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A gap is what stands between two words of a cell; the strongest wins.
type gap uint8

const (
	space gap = iota
	line      // a line break that the format knew
	page      // a page ended within the row
	slash
	comma // or semicolon, or a bullet
)

// pageBreak stands in a cell where a row went on below a page break.
const pageBreak = '\f'

// cellWords is a cell of names: its folded text and where the words are.
type cellWords struct {
	text  string
	small string // the text in small letters, byte for byte as long
	words []cellWord
}

type cellWord struct {
	start, end int
	before     gap
}

func (c cellWords) word(i int) string { return c.text[c.words[i].start:c.words[i].end] }

// key is the span in small letters, as a vocabulary knows names.
func (c cellWords) key(i, j int) string { return c.small[c.words[i].start:c.words[j-1].end] }

// span is the text of the words from i to before j, as it stands.
func (c cellWords) span(i, j int) string { return c.text[c.words[i].start:c.words[j-1].end] }

// wordsOf finds the words of a cell. Commas, semicolons, bullets and slashes
// between names are gaps; inside parentheses, numbers and forms such as A/S
// they are part of the word.
func wordsOf(raw string) cellWords {
	s := cellScanner{raw: raw, lastClose: strings.LastIndexByte(raw, ')')}
	for i, r := range raw {
		s.read(i, r)
	}
	s.endWord()
	text := s.folded.String()
	small := strings.ToLower(text)
	if len(small) != len(text) { // a letter whose small form is longer; no name is known by it
		small = text
	}
	return cellWords{text, small, s.words}
}

type cellScanner struct {
	raw       string
	lastClose int // no parenthesis opens after it: one that never closes hides nothing
	folded    strings.Builder
	words     []cellWord
	before    gap // the gap gathered since the last word
	start     int // of the word being read, when inside
	inside    bool
	spaced    bool // white space since the last character
	depth     int
}

func (s *cellScanner) read(i int, r rune) {
	switch {
	case unicode.IsSpace(r):
		s.endWord()
		s.spaced = true
		switch r {
		case '\n', '\r':
			s.before = max(s.before, line)
		case pageBreak:
			s.before = max(s.before, page)
		}
		return
	case s.depth == 0 && s.separates(i, r):
		s.endWord()
		s.write(r)
		if r == '/' {
			s.before = max(s.before, slash)
		} else {
			s.before = comma
		}
		return
	case r == '(' && i < s.lastClose:
		s.depth++
	case r == ')' && s.depth > 0:
		s.depth--
	}
	s.write(r)
}

// write adds a character to the folded text; a word begins at the first that is no separator.
func (s *cellScanner) write(r rune) {
	if s.spaced && s.folded.Len() > 0 {
		s.folded.WriteByte(' ')
	}
	s.spaced = false
	if !s.inside && !s.isSeparator(r) {
		s.inside, s.start = true, s.folded.Len()
	}
	s.folded.WriteRune(r)
}

func (s *cellScanner) endWord() {
	if !s.inside {
		return
	}
	s.words = append(s.words, cellWord{s.start, s.folded.Len(), s.gapBefore()})
	s.inside, s.before = false, space
}

// gapBefore is the gap before the word; there is none before the first, and none inside parentheses.
func (s *cellScanner) gapBefore() gap {
	if len(s.words) == 0 {
		return space
	}
	return s.before
}

func (s *cellScanner) isSeparator(r rune) bool {
	return s.depth == 0 && strings.ContainsRune(",;/•·▪●", r)
}

// separates reports whether the character at i parts names.
func (s *cellScanner) separates(i int, r rune) bool {
	switch r {
	case ';', '•', '·', '▪', '●':
		return true
	case ',', '/':
	default:
		return false
	}
	prev, _ := utf8.DecodeLastRuneInString(s.raw[:i])
	rest := s.raw[i+1:]
	next, _ := utf8.DecodeRuneInString(rest)
	if unicode.IsDigit(prev) && unicode.IsDigit(next) {
		return false
	}
	oneLetter := s.inside && s.folded.Len()-s.start <= 2 && utf8.RuneCountInString(s.folded.String()[s.start:]) == 1
	return r == ',' || !oneLetter && !strings.HasPrefix(rest, "eller")
}
