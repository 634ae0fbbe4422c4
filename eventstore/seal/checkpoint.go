package seal

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
)

// MaxCheckpoint is how many bytes a signed checkpoint may have: room for 16
// signatures of the longest kind there is today, and more.
const MaxCheckpoint = 256 << 10

// A Checkpoint is what a log says of itself (c2sp.org/tlog-checkpoint). Its
// text is three lines: origin, size, root in base64. Extension lines are read
// and never written: they are not in the tree, so nobody can audit them.
type Checkpoint struct {
	Origin string // the log's name, for ever; the name of its keys too
	TreeHead
	Extensions []string
}

// Text is what is signed.
func (c Checkpoint) Text() string {
	lines := append([]string{c.Origin, strconv.FormatUint(c.Size, 10), c.Root.String()}, c.Extensions...)
	return strings.Join(lines, "\n") + "\n"
}

// ParseCheckpoint reads the text of a checkpoint: ErrMalformed if it is not
// exactly one. It looks at no signature.
func ParseCheckpoint(text string) (Checkpoint, error) {
	malformed := func(what string) (Checkpoint, error) {
		return Checkpoint{}, fmt.Errorf("%w checkpoint: %s", ErrMalformed, what)
	}
	body, ended := strings.CutSuffix(text, "\n")
	lines := strings.Split(body, "\n")
	if !ended || len(lines) < 3 || slices.Contains(lines, "") || !plain(text) {
		return malformed("it is not three or more lines of text, each ended by a newline")
	}
	c := Checkpoint{Origin: lines[0]}
	if !validName(c.Origin) {
		return malformed("an origin has no spaces and no plus")
	}
	size, err := parseNumber(lines[1])
	if err != nil || size > MaxSize {
		return malformed("the size is not a number that a log can have")
	}
	c.Size = size
	if c.Root, err = parseHash(lines[2]); err != nil {
		return malformed("the root is not 32 bytes in base64")
	}
	if c.Size == 0 && c.Root != emptyRoot {
		return malformed("an empty log has another root")
	}
	if len(lines) > 3 {
		c.Extensions = lines[3:]
	}
	return c, nil
}

// plain tells whether a text has no control characters but newlines.
func plain(text string) bool {
	return utf8.ValidString(text) &&
		strings.IndexFunc(text, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }) < 0
}

// parseNumber reads a decimal number without leading zeros.
func parseNumber(s string) (uint64, error) {
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil || s != strconv.FormatUint(n, 10) {
		return 0, ErrMalformed
	}
	return n, nil
}

// parseHash reads a hash in base64, and no other spelling of it.
func parseHash(s string) (h Hash, err error) {
	b, err := strict.DecodeString(s)
	if err != nil || len(b) != len(h) || strings.ContainsAny(s, "\r\n") {
		return Hash{}, ErrMalformed
	}
	return Hash(b), nil
}

// Sign gives the checkpoint as a note signed by each of the keys. The log
// must never sign two that do not extend one another; who calls sees to that.
// Errors: ErrMalformed for what ParseCheckpoint would refuse, ErrKey when the
// name of a key is not the origin, or there is none.
func (c Checkpoint) Sign(keys ...note.Signer) ([]byte, error) {
	if _, err := ParseCheckpoint(c.Text()); err != nil {
		return nil, err
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("%w: none to sign the checkpoint of %s with", ErrKey, c.Origin)
	}
	for _, key := range keys {
		if key.Name() != c.Origin {
			return nil, fmt.Errorf("%w: that of %s to sign a checkpoint of %s", ErrKey, key.Name(), c.Origin)
		}
	}
	signed, err := note.Sign(&note.Note{Text: c.Text()}, keys...)
	if err != nil {
		return nil, fmt.Errorf("seal: signing a checkpoint of %s: %w", c.Origin, err)
	}
	return signed, nil
}

// Unverified reads a signed checkpoint without believing it: to see what log
// it says it is of. Errors: ErrMalformed.
func Unverified(signed []byte) (Checkpoint, error) {
	if len(signed) > MaxCheckpoint {
		return Checkpoint{}, fmt.Errorf("%w checkpoint: it has %d bytes, and may have %d", ErrMalformed, len(signed), MaxCheckpoint)
	}
	end := bytes.LastIndex(signed, []byte("\n\n"))
	if end < 0 {
		return Checkpoint{}, fmt.Errorf("%w checkpoint: no empty line before its signatures", ErrMalformed)
	}
	return ParseCheckpoint(string(signed[:end+1]))
}
