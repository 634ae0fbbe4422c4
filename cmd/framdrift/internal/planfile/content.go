package planfile

import (
	"bytes"
	"unicode/utf8"
)

// kinds are files told by their first bytes, with what people call them.
var kinds = []struct{ magic, name string }{
	{"%PDF-", "PDF"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word/Excel 97–2003"},
	{`{\rtf`, "RTF"},
	{"\x89PNG", "PNG"},
	{"\xff\xd8\xff", "JPEG"},
	{"GIF8", "GIF"},
	{"II*\x00", "TIFF"},
	{"MM\x00*", "TIFF"},
	{"\x1f\x8b", "gzip"},
	{"7z\xbc\xaf\x27\x1c", "7-Zip"},
	{"Rar!", "RAR"},
	{"SQLite format 3\x00", "SQLite"},
}

// kindOf names a file that is not text; empty when its first bytes say nothing.
func kindOf(content []byte) string {
	for _, k := range kinds {
		if bytes.HasPrefix(content, []byte(k.magic)) {
			return k.name
		}
	}
	if !bytes.HasPrefix(content, []byte("PK\x03\x04")) && !bytes.HasPrefix(content, []byte("PK\x05\x06")) {
		return ""
	}
	switch {
	case bytes.Contains(content, []byte("word/")):
		return "Word (.docx)"
	case bytes.Contains(content, []byte("xl/")):
		return "Excel (.xlsx)"
	}
	return "zip"
}

// textOf is the content as text without its byte order mark, or why it is none.
func textOf(name string, content []byte) (string, error) {
	if kind := kindOf(content); kind != "" {
		return "", NotText.With(name, kind)
	}
	if isUTF16(content) {
		return "", UTF16.With(name)
	}
	content = bytes.TrimPrefix(content, []byte("\xef\xbb\xbf"))
	if len(bytes.TrimSpace(content)) == 0 {
		return "", Empty.With(name)
	}
	if i := bytes.IndexByte(content, 0); i >= 0 {
		return "", NUL.With(name, lineAt(content, i))
	}
	if i := invalidAt(content); i >= 0 {
		return "", NotUTF8.With(name, lineAt(content, i))
	}
	return string(content), nil
}

// isUTF16 tells UTF-16 by its byte order mark, or by every other byte being
// zero, which is how Norwegian looks in it.
func isUTF16(content []byte) bool {
	if bytes.HasPrefix(content, []byte("\xff\xfe")) || bytes.HasPrefix(content, []byte("\xfe\xff")) {
		return true
	}
	const sample = 64
	if len(content) < 4 {
		return false
	}
	start := content[:min(len(content), sample)&^1]
	zero := [2]int{}
	for i, b := range start {
		if b == 0 {
			zero[i%2]++
		}
	}
	most := len(start) / 2 * 9 / 10
	return zero[0] == 0 && zero[1] >= most || zero[1] == 0 && zero[0] >= most
}

// invalidAt is where the first byte stands that is no UTF-8; -1 when all is.
func invalidAt(content []byte) int {
	if utf8.Valid(content) {
		return -1
	}
	for i := 0; i < len(content); {
		r, n := utf8.DecodeRune(content[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// lineAt is the number of the line that the byte at i stands in, counted as linesOf does.
func lineAt(content []byte, i int) int {
	before := content[:i]
	return 1 + bytes.Count(before, []byte("\n")) + bytes.Count(before, []byte("\r")) - bytes.Count(before, []byte("\r\n"))
}
