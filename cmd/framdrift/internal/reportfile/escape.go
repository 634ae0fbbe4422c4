package reportfile

import (
	"strings"
	"unicode"
)

// active is every character that CommonMark or GitHub's tables, links and
// strikethrough give a meaning anywhere in a line. A backslash takes it away.
const active = "\\`*_[]<>|~&#{$^@"

// opening is those that have a meaning only where a line begins.
const opening = "+-=:"

// escaped is one line of text in which nothing is markup. Spaces around it and
// control characters are not kept.
func escaped(line string) string {
	line = strings.TrimSpace(strings.Map(visible, line))
	var b strings.Builder
	digits := true // nothing but digits so far: 1. and 1) begin lists
	for i, r := range line {
		switch {
		case strings.ContainsRune(active, r),
			i == 0 && strings.ContainsRune(opening, r),
			i > 0 && digits && (r == '.' || r == ')') && (i == len(line)-1 || line[i+1] == ' '),
			r == ':' && strings.HasPrefix(line[i:], "://"),
			r == '.' && i >= 3 && strings.EqualFold(line[i-3:i], "www"):
			b.WriteByte('\\')
		}
		digits = digits && '0' <= r && r <= '9'
		b.WriteRune(r)
	}
	return b.String()
}

func visible(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}

var breaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

// lines is the text line by line, however its lines end, escaped. Empty lines
// part paragraphs; there are none before the first and after the last.
func lines(text string) []string {
	all := strings.Split(strings.TrimSpace(breaks.Replace(text)), "\n")
	for i, line := range all {
		all[i] = escaped(line)
	}
	return all
}

// onOneLine is the text, escaped, with a space for each line break.
func onOneLine(text string) string { return escaped(breaks.Replace(text)) }
