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

// lines is the text line by line, however its lines end.
func lines(text string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(text, "\r\n", "\n"), func(r rune) bool {
		return r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029'
	})
}

// onOneLine is the text with a space for each line break.
func onOneLine(text string) string { return escaped(strings.Join(lines(text), " ")) }
