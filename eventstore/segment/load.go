package segment

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// A loaded part has been read, and looked at as far as it can be by itself.
type loaded struct {
	contents
	part  *part
	file  []byte          // of a sealed one
	roots []seal.TreeHead // at the sizes that were asked for; of a sealed one
	err   *DamageError    // after the contents
}

// A hashing says whether the events of sealed parts are held against the roots
// of their trailers, and at which sizes of the tree the root is wanted.
type hashing struct {
	wanted bool
	sizes  []uint64 // in order
}

// load reads a part.
func (p *part) load(tree hashing) loaded {
	l := loaded{part: p, contents: p.plain}
	if p.sealed == nil {
		return l
	}
	l.contents = contents{before: p.before}
	file, err := os.ReadFile(p.path)
	if err != nil {
		l.err = p.broken(0, err)
		return l
	}
	t, err := parseTrailer(file, int64(len(file)))
	if err == nil && t.text() != p.sealed.text() {
		err = fmt.Errorf("%s was changed since it was opened", p.path)
	}
	if err != nil {
		l.err = p.broken(max(0, int64(len(file)-textBytes)), err)
		return l
	}
	edge, visit := *p.edge, func([]byte) {}
	if tree.wanted {
		visit = growing(&edge, tree.sizes, &l.roots)
	}
	c, bad, err := unpack(file, t, visit)
	switch {
	case err != nil:
		l.err = p.broken(int64(t.packedLines), err)
	case bad != nil:
		l.contents, l.err = c, p.damage(bad)
	case tree.wanted && edge.Head() != t.edge.Head():
		l.err = p.broken(0, fmt.Errorf("its events have %w", ErrRoot))
		l.err.Unpacked = true
	default:
		l.contents, l.file = c, file
	}
	return l
}

// growing adds lines to a tree, and notes its head at each of the sizes, which
// are in order, that it comes by.
func growing(edge *seal.Edge, sizes []uint64, heads *[]seal.TreeHead) func(line []byte) {
	next, _ := slices.BinarySearch(sizes, edge.Size()+1)
	return func(line []byte) {
		edge.AppendHash(seal.LeafHash(line))
		for ; next < len(sizes) && sizes[next] == edge.Size(); next++ {
			*heads = append(*heads, edge.Head())
		}
	}
}

// grow is growing for many lines.
func grow(edge *seal.Edge, lines []byte, sizes []uint64) (heads []seal.TreeHead) {
	add := growing(edge, sizes, &heads)
	for line := range bytes.Lines(lines) {
		add(line)
	}
	return heads
}

// broken is the damage of a part of which nothing can be believed.
func (p *part) broken(at int64, err error) *DamageError {
	return &DamageError{
		Position: p.before.Position + 1, Sequence: p.before.Sequence + 1, File: p.path, Byte: at,
		Reason: err.Error(), Cause: err,
	}
}

func (p *part) damage(bad *fault) *DamageError {
	if bad == nil {
		return nil
	}
	e := &DamageError{
		Position: bad.position, Sequence: bad.sequence, File: p.path, Byte: int64(bad.line),
		Unpacked: p.sealed != nil, Reason: bad.reason,
	}
	if bad.indexed && p.sealed == nil {
		e.File, e.Byte = strings.TrimSuffix(p.path, linesFile)+messagesFile, int64(bad.index)
	}
	return e
}

// maxAhead is how many parts are loaded at the same time, at most: each takes
// some 20 MB.
const maxAhead = 8

// load gives the parts in order, and loads the next ones meanwhile on as many
// cores as there are.
func load(ctx context.Context, parts []part, tree hashing) iter.Seq2[loaded, error] {
	return func(yield func(loaded, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var wait sync.WaitGroup
		defer wait.Wait()
		defer cancel()
		queue := make(chan chan loaded, min(runtime.GOMAXPROCS(0), maxAhead)-1)
		wait.Go(func() {
			defer close(queue)
			for i := range parts {
				one := make(chan loaded, 1)
				select {
				case queue <- one:
					wait.Go(func() { one <- parts[i].load(tree) })
				case <-ctx.Done():
					return
				}
			}
		})
		for one := range queue {
			if !yield(<-one, nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(loaded{}, err)
		}
	}
}
