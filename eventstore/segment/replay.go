package segment

import (
	"context"
	"iter"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// Replay is Read from the first message for somebody who trusts no file: agrees
// is asked for every segment before any of its messages is given, with the tree
// as it is after it, and an error ends the reading. So what is given is the log
// that the root tells of, event for event. What the tree says nothing of is which
// events were one message, and its subject. Segments are read, unpacked and hashed
// ahead on as many cores as there are. Errors: those of agrees and a DamageError.
func (a *Archive) Replay(ctx context.Context, agrees func(seal.TreeHead) error) iter.Seq2[eventstore.Message, error] {
	return func(yield func(eventstore.Message, error) bool) {
		var tree seal.Edge
		for l, err := range load(ctx, a.parts, hashing{wanted: true}) {
			if err == nil && l.err != nil {
				err = l.err
			}
			if err == nil {
				l.addTo(&tree)
				err = agrees(tree.Head())
			}
			if err != nil {
				yield(eventstore.Message{}, err)
				return
			}
			for m := range l.all() {
				if !yield(m, nil) {
					return
				}
			}
		}
		if a.bad != nil {
			yield(eventstore.Message{}, a.bad)
		}
	}
}

// addTo goes on with the tree. The events of a sealed part have been held
// against the edge that it ends with, as they followed on the one before.
func (l *loaded) addTo(tree *seal.Edge) {
	if l.part.sealed != nil {
		*tree = l.part.sealed.edge
		return
	}
	grow(tree, l.lines, nil)
}
