package segment

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// An Archive is a directory of segments as it was when it was opened. A Writer
// may be at work in it, and any number of archives read it. All methods may be
// used at the same time.
type Archive struct {
	dir   string
	parts []part
	bad   *DamageError // what keeps the archive from going on after its parts
	rest  int64
}

// A part is one segment.
type part struct {
	path          string
	size          int64 // of its files
	before, after eventstore.Head
	sealed        *trailer   // nil of a plain one
	edge          *seal.Edge // of the tree before a sealed one
	index         []byte     // of a plain one
	plain         contents
	bad           *fault // of a plain one
}

// Open looks at a directory. Damage is no error here: whoever reads comes to
// it, after everything that is right before it. Errors: ErrForeign, and those of
// the file system.
func Open(dir string) (*Archive, error) {
	for tries := 1; ; tries++ {
		a, err := scan(dir)
		if tries < 10 && errors.Is(err, errVanished) { // it was sealed just now
			continue
		}
		return a, err
	}
}

var errVanished = errors.New("segment: a plain segment went away")

func scan(dir string) (*Archive, error) {
	segments, _, err := list(dir)
	if err != nil {
		return nil, err
	}
	a := &Archive{dir: dir}
	firsts := slices.Sorted(maps.Keys(segments))
	for i, first := range firsts {
		kinds, last := segments[first], i == len(firsts)-1
		var p *part
		switch {
		case kinds[sealedFile]:
			p = a.sealed(first)
		case kinds[messagesFile]:
			p, err = a.plain(first, last)
		default:
			p, err = a.bare(first, last)
		}
		if err != nil {
			return nil, err
		}
		if p != nil && a.follows(p, first) {
			a.parts = append(a.parts, *p)
			a.bad = p.damage(p.bad)
		}
		if a.bad != nil {
			break
		}
	}
	return a, nil
}

// Head is where the segments end, as far as their names and trailers tell.
func (a *Archive) Head() eventstore.Head {
	if len(a.parts) == 0 {
		return eventstore.Head{}
	}
	return a.parts[len(a.parts)-1].after
}

// damaged notes what keeps the archive from going on.
func (a *Archive) damaged(path string, at int64, err error) {
	head := a.Head()
	a.bad = &DamageError{
		Position: head.Position + 1, Sequence: head.Sequence + 1, File: path, Byte: at, Reason: err.Error(), Cause: err,
	}
}

func (a *Archive) sealed(first uint64) *part {
	path := place(a.dir, first, sealedFile)
	t, size, err := readTrailer(path)
	if err != nil {
		a.damaged(path, max(0, size-textBytes), err)
		return nil
	}
	p := &part{path: path, size: size, before: t.before, after: t.after, sealed: t, edge: &seal.Edge{}}
	if n := len(a.parts); n > 0 && a.parts[n-1].sealed != nil {
		p.edge = &a.parts[n-1].sealed.edge
	}
	return p
}

// plain reads a plain segment. Only the last may have something after its
// messages: what is being written, or was when the machine stopped.
func (a *Archive) plain(first uint64, last bool) (*part, error) {
	index, lines, err := readPlain(a.dir, first)
	path := place(a.dir, first, linesFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w: %w", errVanished, err)
	case err != nil:
		a.damaged(path, 0, err)
		return nil, nil
	}
	before, err := parseHeader(index)
	if err != nil {
		a.damaged(place(a.dir, first, messagesFile), 0, err)
		return nil, nil
	}
	c, bad := walk(index, lines, before, func([]byte) {})
	p := &part{path: path, before: before, after: c.after(), plain: c}
	named := len(index)
	if bad != nil {
		named = bad.index
	}
	p.index, p.plain.lines = index[:named:named], lines[:c.size():c.size()]
	p.size = int64(named + c.size())
	rest := len(index) - named + len(lines) - c.size()
	switch {
	case bad != nil && (!last || !torn(index[named:], named)):
		p.bad = bad
	case rest > 0 && !last:
		p.bad = &fault{p.after.Position + 1, p.after.Sequence + 1, c.size(), named, false, "more lines follow than there are messages"}
	default:
		a.rest = int64(rest)
	}
	return p, nil
}

// bare is for lines without messages. There are none, but for a file that had
// just been made.
func (a *Archive) bare(first uint64, last bool) (*part, error) {
	path := place(a.dir, first, linesFile)
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w: %w", errVanished, err)
	case err != nil:
		a.damaged(path, 0, err)
	case info.Size() > 0 || !last:
		a.damaged(path, 0, errors.New("its messages are missing"))
	}
	return nil, nil
}

// follows reports whether a segment goes on where the parts end, and notes why
// not.
func (a *Archive) follows(p *part, first uint64) bool {
	head, plain := a.Head(), false
	if n := len(a.parts); n > 0 {
		plain = a.parts[n-1].sealed == nil
	}
	switch {
	case first != head.Position+1:
		a.damaged(place(a.dir, head.Position+1, sealedFile), 0, fmt.Errorf("position %d comes after %d", first, head.Position))
	case p.before != head:
		a.damaged(p.path, 0, fmt.Errorf("it goes on after message %d and position %d, and the one before ends at %d and %d",
			p.before.Sequence, p.before.Position, head.Sequence, head.Position))
	case p.sealed != nil && plain:
		a.damaged(p.path, 0, errors.New("it is sealed, and the one before it is not"))
	case p.sealed != nil && p.edge.Head().Root != p.sealed.rootBefore:
		if a.bad = p.load(hashing{wanted: true}).err; a.bad == nil { // it does not even agree with itself
			a.damaged(p.path, p.size-textBytes, fmt.Errorf("it begins at %w", ErrRoot))
		}
	}
	return a.bad == nil
}
