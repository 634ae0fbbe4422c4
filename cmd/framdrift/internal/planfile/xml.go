package planfile

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
)

const (
	// mostToken is how many bytes a tag or a run of text may have.
	mostToken = 1 << 20
	// mostDepth is how deep elements may stand in each other.
	mostDepth = 200
)

// tokens reads a part of a pack as XML: no document types, nothing deeper or
// longer than it may be, and no more in all than the pack may unpack to.
type tokens struct {
	*xml.Decoder
	from  *counted
	depth int
	open  []xml.Name // of the elements that have begun
}

// counted is a part as it unpacks.
type counted struct {
	pack  *pack
	part  string
	r     io.ReadCloser
	token int // bytes that the token being read may still take
}

func (p *pack) open(part string) (*tokens, error) {
	f := p.parts[strings.ToLower(part)]
	if f == nil {
		return nil, Damaged.With(p.name, short(part))
	}
	r, err := f.Open()
	if err != nil {
		return nil, Damaged.With(p.name, short(part))
	}
	c := &counted{pack: p, part: short(part), r: r}
	return &tokens{Decoder: xml.NewDecoder(c), from: c}, nil
}

func (t *tokens) close() { _ = t.from.r.Close() } // only read

func (c *counted) Read(b []byte) (int, error) {
	if c.token <= 0 {
		return 0, LongRun.With(c.pack.name, c.part, size(mostToken))
	}
	n, err := c.r.Read(b)
	c.token -= n
	if c.pack.left -= int64(n); c.pack.left < 0 {
		return 0, Bomb.With(c.pack.name, size(c.pack.limit))
	}
	c.pack.watch(int64(c.pack.limit)-c.pack.left, c.pack.of)
	return n, err
}

// next is the next token, good until the one after; io.EOF after the last.
// Tokens come raw: prefixes are not looked up.
func (t *tokens) next() (xml.Token, error) {
	t.from.token = mostToken
	tok, err := t.RawToken()
	switch {
	case errors.Is(err, io.EOF) && t.depth == 0:
		return nil, io.EOF
	case err != nil && domain.KindOf(err) == domain.Invalid:
		return nil, err
	case err != nil:
		return nil, Damaged.With(t.from.pack.name, t.from.part)
	}
	switch e := tok.(type) {
	case xml.Directive:
		return nil, Entities.With(t.from.pack.name, t.from.part)
	case xml.StartElement:
		if t.depth++; t.depth > mostDepth {
			return nil, Damaged.With(t.from.pack.name, t.from.part)
		}
		t.open = append(t.open, e.Name)
	case xml.EndElement:
		if t.depth--; t.depth < 0 || t.open[t.depth] != e.Name {
			return nil, Damaged.With(t.from.pack.name, t.from.part)
		}
		t.open = t.open[:t.depth]
	}
	return tok, nil
}

// inside calls f with each token inside the element that has just begun, and
// ends with it. An element that f reads to its end itself is not seen here.
func (t *tokens) inside(f func(xml.Token) error) error {
	for end := t.depth - 1; ; {
		tok, err := t.next()
		switch {
		case errors.Is(err, io.EOF):
			return Damaged.With(t.from.pack.name, t.from.part)
		case err != nil:
			return err
		}
		if t.depth == end {
			return nil
		}
		if err := f(tok); err != nil {
			return err
		}
	}
}

// root goes to the first element of the part.
func (t *tokens) root() error {
	for t.depth == 0 {
		if _, err := t.next(); errors.Is(err, io.EOF) {
			return Damaged.With(t.from.pack.name, t.from.part)
		} else if err != nil {
			return err
		}
	}
	return nil
}

// skip goes past the element that has just begun.
func (t *tokens) skip() error { return t.inside(func(xml.Token) error { return nil }) }
