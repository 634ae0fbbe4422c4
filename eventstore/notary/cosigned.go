package notary

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// The endings of what witnesses have said of a log, for who has any:
//
//	fosen.witnesses    their public keys, one a line
//	fosen.cosigned     the latest checkpoint that one of them cosigned
const (
	witnessesFile = ".witnesses"
	cosignedFile  = ".cosigned"
)

// AddCosigned keeps a checkpoint of this log that a witness has cosigned, and
// with it the cosignatures of the same checkpoint that were kept before. The
// public keys of new witnesses are kept too. Errors: those of seal.Policy,
// ErrAltered for a checkpoint of another tree, and seal.ErrRollback when a later
// one is kept.
func (n *Notary) AddCosigned(cosigned []byte, witnesses []string) ([]seal.Cosignature, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	known, err := n.orNone(witnessesFile)
	if err != nil {
		return nil, err
	}
	all := strings.Fields(string(known))
	for _, vkey := range witnesses {
		if !slices.Contains(all, vkey) {
			all = append(all, vkey)
		}
	}
	policy, err := seal.NewPolicy(n.keys, all, min(1, len(all)))
	if err != nil {
		return nil, fmt.Errorf("notary: %w", err)
	}
	c, by, err := policy.Open(cosigned)
	if err == nil && len(by) == 0 {
		err = seal.ErrQuorum
	}
	if err != nil {
		return nil, fmt.Errorf("notary: %w", err)
	}
	if head, err := n.HeadAt(c.Size); err != nil || head != c.TreeHead {
		return nil, fmt.Errorf("%w: the checkpoint of %d events is not of this tree", ErrAltered, c.Size)
	}
	if cosigned, err = n.withKept(policy, c, cosigned); err != nil {
		return nil, err
	}
	if err := n.writeKeys(witnessesFile, all); err != nil {
		return nil, err
	}
	return by, writeSynced(n.path+cosignedFile, cosigned)
}

// withKept adds the cosignatures on the copy that is kept, if it is the same
// checkpoint.
func (n *Notary) withKept(policy *seal.Policy, c seal.Checkpoint, cosigned []byte) ([]byte, error) {
	kept, err := n.orNone(cosignedFile)
	if kept == nil || err != nil {
		return cosigned, err
	}
	before, err := seal.Unverified(kept)
	switch {
	case err != nil:
		return nil, fmt.Errorf("notary: %s%s: %w", n.path, cosignedFile, err)
	case before.Size > c.Size:
		return nil, fmt.Errorf("%w: one of %d events is kept, and this is of %d", seal.ErrRollback, before.Size, c.Size)
	case before.Size < c.Size:
		return cosigned, nil
	}
	_, lines, _ := bytes.Cut(kept, []byte("\n\n"))
	both, err := policy.AddCosignatures(cosigned, lines)
	if err != nil {
		return nil, fmt.Errorf("notary: %w", err)
	}
	return both, nil
}

// Cosigned is the latest checkpoint that a witness cosigned; nil when there is none.
func (n *Notary) Cosigned() ([]byte, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.orNone(cosignedFile)
}
