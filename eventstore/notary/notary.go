// Package notary keeps the tree of one region's log while the log is in use,
// and signs its heads: what package seal makes possible, done.
//
//	n, err := notary.Open("framdrift-data/seal", "fosen")
//	n.Keep(message)              // every message, as stored, in order
//	err = n.Settle()             // the log is as long and as it was when it was last signed
//	signed, err := n.Sign()      // a checkpoint of what has been kept, on disk
//	proof, err := n.Prove(412, line)
//
// # The files
//
// Each region has three, in a directory that is not the log's own:
//
//	fosen.key          the secret keys, one a line, the newest first (mode 0600)
//	fosen.pub          every public key there has been, likewise
//	fosen.checkpoint   the latest signed checkpoint
//
// All are made with the log, and a checkpoint is written, whole, with every
// Sign. Whoever has the key can sign another past; the public keys and
// checkpoints are for everybody. With the public keys a checkpoint is believed
// after its key has been retired, or lost.
//
// # What it costs
//
// The hash of every line, some 2 ns a byte, and of memory 32 bytes an event and 8
// a message.
package notary

import (
	"errors"
	"fmt"
	"runtime"
	"sync"

	"golang.org/x/mod/sumdb/note"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/seal"
)

var (
	// ErrMissing is a region without a key or a checkpoint.
	ErrMissing = errors.New("notary: the key or the checkpoint is missing")
	// ErrShorter is a log that has fewer events than its last checkpoint.
	ErrShorter = errors.New("notary: the log is shorter than it was when it was signed")
	// ErrAltered is a log whose events are not those that were signed.
	ErrAltered = errors.New("notary: the log is not the one that was signed")
	// ErrGap is a message that does not come after the one before.
	ErrGap = errors.New("notary: a message does not follow on the one before")
	// ErrNotThere is a position that has no event, or not the line given.
	ErrNotThere = errors.New("notary: there is no such event")
)

// A Notary keeps the tree of one log. All methods may be used at the same
// time. It is a projections.Keeper.
type Notary struct {
	path   string // of the files, without their endings
	origin string
	hashes *seal.Memory

	mu      sync.Mutex // guards the rest
	tree    *seal.Tree
	ends    []uint64 // the last position of each message
	secrets []string // the newest first
	signers []note.Signer
	keys    []string        // public, of the secrets and of those before
	signed  []byte          // the latest checkpoint
	known   seal.Checkpoint // what it says
	err     error           // why the log is not what was signed
}

// Origin is the name of a region's log.
func Origin(region string) string { return "framdrift/" + region }

// Name is seal.
func (*Notary) Name() string { return "seal" }

// Keep adds the events of a message, unless they are in the tree. Errors:
// ErrGap, and ErrAltered when the tree comes to the size of the last
// checkpoint with another root; then nothing more is kept.
func (n *Notary) Keep(m eventstore.Message) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	count := uint64(eventstore.CountLines(m.Payload))
	switch size := n.tree.Head().Size; {
	case n.err != nil:
		return n.err
	case m.Head.Position <= size:
		return nil
	case m.Head.Position-count != size:
		n.err = fmt.Errorf("%w: position %d after %d", ErrGap, m.Head.Position-count+1, size)
		return n.err
	}
	for _, leaf := range leaves(m, int(count)) {
		if err := n.tree.AppendHash(leaf); err != nil {
			n.err = fmt.Errorf("notary: %w", err)
			return n.err
		}
		if n.tree.Size() == n.known.Size && n.tree.Head().Root != n.known.Root {
			n.err = fmt.Errorf("%w: of its first %d events, at least one", ErrAltered, n.known.Size)
			return n.err
		}
	}
	n.ends = append(n.ends, m.Head.Position)
	return nil
}

// Stood reports whether the log has stood at a head: whether that message ended
// with that event. It tells what the tree does not.
func (n *Notary) Stood(at eventstore.Head) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return at.Sequence > 0 && at.Sequence <= uint64(len(n.ends)) && n.ends[at.Sequence-1] == at.Position
}

// leaves gives the leaf of every line of a message, hashed on all cores when
// there are many.
func leaves(m eventstore.Message, count int) []seal.Hash {
	lines, all := make([][]byte, 0, count), make([]seal.Hash, count)
	for _, line := range m.Lines() {
		lines = append(lines, line)
	}
	const few = 32
	parts := min(runtime.GOMAXPROCS(0), count/few+1)
	var wait sync.WaitGroup
	for part := range parts {
		wait.Go(func() {
			for i := count * part / parts; i < count*(part+1)/parts; i++ {
				all[i] = seal.LeafHash(lines[i])
			}
		})
	}
	wait.Wait()
	return all
}

// Settle is called when the whole log has been kept: nil when it goes on from
// what was signed last, else ErrShorter or what Err says. A log that is shorter
// may still grow.
func (n *Notary) Settle() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if size := n.tree.Size(); n.err == nil && size < n.known.Size {
		return fmt.Errorf("%w: %d events, and it had %d", ErrShorter, size, n.known.Size)
	}
	return n.err
}

// Err is why nothing more is kept, ErrAltered or ErrGap; nil while it is.
func (n *Notary) Err() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.err
}

// Head is the size and the root of what has been kept.
func (n *Notary) Head() seal.TreeHead {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.tree.Head()
}

// HeadAt is the head when there were so many events: seal.ErrNoHash when there
// never were.
func (n *Notary) HeadAt(size uint64) (seal.TreeHead, error) { return seal.HeadAt(n.hashes, size) }

// Hashes are those of the tree, for proofs and tiles.
func (n *Notary) Hashes() seal.Hashes { return n.hashes }

// Checkpoint is the latest signed checkpoint, and what it says.
func (n *Notary) Checkpoint() ([]byte, seal.Checkpoint) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.signed, n.known
}

// Sign gives a signed checkpoint of what has been kept, and writes it to disk
// first. When nothing has come since the latest, that is the one.
func (n *Notary) Sign() ([]byte, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	head := n.tree.Head()
	switch {
	case n.err != nil:
		return nil, n.err
	case head == n.known.TreeHead:
		return n.signed, nil
	case head.Size < n.known.Size:
		return nil, fmt.Errorf("%w: %d events have been kept of %d", ErrShorter, head.Size, n.known.Size)
	}
	err := n.sign(head)
	return n.signed, err
}

// sign writes a checkpoint that every key has signed.
func (n *Notary) sign(head seal.TreeHead) error {
	if len(n.signers) == 0 {
		return fmt.Errorf("%w: %s%s", ErrMissing, n.path, keyFile)
	}
	c := seal.Checkpoint{Origin: n.origin, TreeHead: head}
	signed, err := c.Sign(n.signers...)
	if err != nil {
		return fmt.Errorf("notary: %w", err)
	}
	if err := writeSynced(n.path+checkpointFile, signed); err != nil {
		return err
	}
	n.signed, n.known = signed, c
	return nil
}

// Prove gives the proof that the line stands at a position, in the latest
// checkpoint, which is made anew when the event is younger. Errors:
// ErrNotThere, and those of Sign.
func (n *Notary) Prove(position uint64, line []byte) (seal.Proof, error) {
	signed, c := n.Checkpoint()
	if position > c.Size {
		var err error
		if signed, err = n.Sign(); err != nil {
			return seal.Proof{}, err
		}
	}
	proof, err := seal.Prove(n.hashes, signed, position, line)
	if errors.Is(err, seal.ErrPosition) || errors.Is(err, seal.ErrProof) {
		return seal.Proof{}, fmt.Errorf("%w: %w", ErrNotThere, err)
	}
	if err != nil {
		return seal.Proof{}, fmt.Errorf("notary: %w", err)
	}
	return proof, nil
}
