package planfile

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/fosenregionen/framdrift/domain"
)

// kinds are files told by their first bytes, with what people call them and
// why they are not read.
var kinds = []struct {
	magic, name string
	why         domain.Rule
}{
	{"%PDF-", "PDF", PDF},
	{`{\rtf`, "RTF", OtherKind},
	{"\x89PNG", "PNG", Picture},
	{"\xff\xd8\xff", "JPEG", Picture},
	{"GIF8", "GIF", Picture},
	{"II*\x00", "TIFF", Picture},
	{"MM\x00*", "TIFF", Picture},
	{"\x1f\x8b", "gzip", OtherKind},
	{"7z\xbc\xaf\x27\x1c", "7-Zip", OtherKind},
	{"Rar!", "RAR", OtherKind},
	{"SQLite format 3\x00", "SQLite", OtherKind},
}

// compound is how files of Word and Excel 97–2003 begin, and newer ones that
// are locked with a password (MS-CFB, MS-OFFCRYPTO).
const compound = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// refuseKind refuses a file that its first bytes say is not text.
func refuseKind(name string, content []byte) error {
	for _, k := range kinds {
		if bytes.HasPrefix(content, []byte(k.magic)) {
			return k.why.With(name, k.name)
		}
	}
	if bytes.HasPrefix(content, []byte(compound)) {
		if bytes.Contains(content, wide("EncryptedPackage")) {
			return Password.With(name)
		}
		return OtherKind.With(name, "Word/Excel 97–2003")
	}
	start := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(content[:min(len(content), 256)], []byte(mark))))
	if bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html")) {
		return OtherKind.With(name, "HTML")
	}
	if bytes.HasPrefix(start, []byte("<?xml")) {
		return OtherKind.With(name, "XML")
	}
	return nil
}

// wide is ASCII text in UTF-16, as the directory of a compound file has it.
func wide(text string) []byte {
	b := make([]byte, 0, 2*len(text))
	for i := range len(text) {
		b = append(b, text[i], 0)
	}
	return b
}

// mark is the byte order mark of UTF-8.
const mark = "\xef\xbb\xbf"

// Windows1252 is the encoding of older files from Windows.
const Windows1252 = "windows-1252"

// textOf is the content as text without its byte order mark and, where it is
// not UTF-8, the encoding it was in; or why it is no text.
func textOf(name string, content []byte) (text, encoding string, err error) {
	if isUTF16(content) {
		return "", "", UTF16.With(name)
	}
	content = bytes.TrimPrefix(content, []byte(mark))
	if len(bytes.TrimSpace(content)) == 0 {
		return "", "", Empty.With(name)
	}
	if i := bytes.IndexByte(content, 0); i >= 0 {
		return "", "", NUL.With(name, lineAt(content, i))
	}
	i := invalidAt(content)
	if i < 0 {
		return string(content), "", nil
	}
	if text, ok := fromWindows(content); ok && !bytes.ContainsRune(content, '\t') {
		return text, Windows1252, nil
	}
	return "", "", NotUTF8.With(name, lineAt(content, i))
}

// fromWindows reads a text in Windows-1252, where it is likely to be one: its
// high bytes are letters and marks that Norwegian has, and none of them stand
// together as in UTF-8, which would be a damaged text.
func fromWindows(content []byte) (string, bool) {
	var b strings.Builder
	for i := range content {
		c := content[i]
		if c < utf8.RuneSelf {
			b.WriteByte(c)
			continue
		}
		if r, n := utf8.DecodeRune(content[i:]); r != utf8.RuneError || n > 1 {
			return "", false
		}
		r, ok := windowsLetters[c]
		if c >= 0xc0 {
			r, ok = rune(c), true
		}
		if !ok {
			return "", false
		}
		b.WriteRune(r)
	}
	return b.String(), true
}

// ToWindows writes a text in Windows-1252, where every letter of it is one that
// fromWindows reads.
func ToWindows(text string) ([]byte, bool) {
	b := make([]byte, 0, len(text))
	for _, r := range text {
		switch c, ok := windowsBytes[r]; {
		case r < utf8.RuneSelf, r >= 0xc0 && r <= 0xff:
			b = append(b, byte(r))
		case ok:
			b = append(b, c)
		default:
			return nil, false
		}
	}
	return b, true
}

var windowsBytes = func() map[rune]byte {
	m := map[rune]byte{}
	for c, r := range windowsLetters {
		m[r] = c
	}
	return m
}()

// windowsLetters are the bytes of Windows-1252 from 0x80 to 0xbf that text in
// Norwegian has.
var windowsLetters = map[byte]rune{
	0x80: '€', 0x85: '…', 0x8a: 'Š', 0x8e: 'Ž', 0x91: '‘', 0x92: '’', 0x93: '“', 0x94: '”', 0x95: '•', 0x96: '–', 0x97: '—', 0x9a: 'š', 0x9e: 'ž',
	0xa0: '\u00a0', 0xa7: '§', 0xab: '«', 0xb0: '°', 0xb2: '²', 0xb3: '³', 0xb4: '´', 0xb7: '·', 0xbb: '»', 0xbd: '½',
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

// lineAt is the number of the line that the byte at i stands in, counted as tabbed does.
func lineAt(content []byte, i int) int {
	before := content[:i]
	return 1 + bytes.Count(before, []byte("\n")) + bytes.Count(before, []byte("\r")) - bytes.Count(before, []byte("\r\n"))
}
