package segment

import (
	"context"
	"errors"
	"fmt"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// Exported is what an export did, and what the copy then holds.
type Exported struct {
	Copied, Kept int   // segments
	Bytes        int64 // of those that were copied
	Head         eventstore.Head
	Tree         seal.TreeHead
}

var errCut = errors.New("segment: the copy is cut into other segments; use an empty directory")

// Export copies to another directory what that lacks, and verifies what it
// copies. The copy has sealed segments only: what is still plain here is sealed
// there, and replaced by a longer one next time. The directory is made if it is
// not there. Nothing is ever taken from it, and nothing is written when it holds
// more (ErrAhead) or other events (ErrFork): then it is the better one, or
// another log's. What lies there already is known by its trailers and not read;
// Verify does that. Progress is told how many bytes were copied; it may be nil.
// Errors: also a DamageError, after what comes before it has been copied.
func (a *Archive) Export(ctx context.Context, to string, progress func(done, of int64)) (Exported, error) {
	if err := makeDirectory(to); err != nil {
		return Exported{}, err
	}
	copied, err := Open(to)
	if err != nil {
		return Exported{}, err
	}
	e := export{from: a, to: copied, progress: progress}
	if err := e.compare(); err != nil {
		return Exported{}, err
	}
	err = e.run(ctx)
	e.done.Tree = e.edge.Head()
	return e.done, err
}

type export struct {
	from, to *Archive
	progress func(done, of int64)
	edge     seal.Edge // after what is in the copy
	done     Exported
}

// compare finds out how many segments the copy has already. Its last one may
// be shorter than ours; then that is held against ours when ours is loaded.
func (e *export) compare() error {
	if e.to.bad != nil {
		return e.to.bad
	}
	if have, want := e.to.Head(), e.from.Head(); have.Position > want.Position {
		return fmt.Errorf("%w: %s ends at position %d, and this at %d", ErrAhead, e.to.dir, have.Position, want.Position)
	}
	for i, there := range e.to.parts {
		if i == len(e.from.parts) {
			return fmt.Errorf("%w: %s", errCut, there.path)
		}
		here := e.from.parts[i]
		switch {
		case there.sealed == nil:
			return fmt.Errorf("%w: %s; a copy has no plain segments", ErrForeign, there.path)
		case here.before != there.before, here.after.Position < there.after.Position,
			here.after.Position > there.after.Position && i < len(e.to.parts)-1:
			return fmt.Errorf("%w: %s", errCut, there.path)
		case here.sealed == nil || here.after != there.after:
			return nil
		case here.sealed.root() != there.sealed.root():
			return forked(there)
		}
		e.keep(there)
	}
	return nil
}

func forked(there part) error {
	return fmt.Errorf("%w from position %d on: %s", ErrFork, there.before.Position+1, there.path)
}

func (e *export) keep(there part) {
	e.done.Kept++
	e.done.Head, e.edge = there.after, there.sealed.edge
}

func (e *export) run(ctx context.Context) error {
	var of int64
	parts := e.from.parts[e.done.Kept:]
	for _, p := range parts {
		of += p.size
	}
	have := e.to.parts[e.done.Kept:] // none, or the one that ours must begin with
	var sizes []uint64
	if len(have) > 0 {
		sizes = []uint64{have[0].after.Position}
	}
	done := int64(0)
	for l, err := range load(ctx, parts, hashing{true, sizes}) {
		if err == nil && l.err != nil {
			err = l.err
		}
		if err == nil {
			err = e.add(l, have, sizes)
		}
		if err != nil {
			return err
		}
		have, sizes = nil, nil
		if done += l.part.size; e.progress != nil {
			e.progress(done, of)
		}
	}
	if e.from.bad != nil {
		return e.from.bad
	}
	return nil
}

// add puts a segment in the copy. Have is the one that is there of the same
// name, if any.
func (e *export) add(l loaded, have []part, sizes []uint64) error {
	file, roots, before := l.file, l.roots, e.edge
	if l.part.sealed == nil {
		roots = grow(&e.edge, l.lines, sizes)
		if len(l.messages) > 0 {
			file, _ = l.seal(l.part.index, before)
		}
	} else {
		e.edge = l.part.sealed.edge
	}
	for _, there := range have {
		if len(roots) == 0 || roots[0].Root != there.sealed.root() {
			e.edge = before
			return forked(there)
		}
		if there.after == l.after() {
			e.keep(there)
			return nil
		}
	}
	e.done.Head = l.after()
	if file == nil {
		return nil
	}
	if err := replace(place(e.to.dir, l.before.Position+1, sealedFile), file); err != nil {
		return fmt.Errorf("segment: writing the copy: %w", err)
	}
	e.done.Copied++
	e.done.Bytes += int64(len(file))
	return nil
}
