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
// Each region has two, in a directory that is not the log's own:
//
//	fosen.key          the secret keys, one a line, the newest first (mode 0600)
//	fosen.checkpoint   the latest signed checkpoint
//
// Both are made with the log, and a checkpoint is written, whole, with every
// Sign. Whoever has the key can sign another past; the public key (Keys) and
// checkpoints are for everybody.
//
// # What it costs
//
// The hash of every line, some 2 ns a byte, and 32 bytes of memory an event.
package notary

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
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
	path    string // of the files, without their endings
	signers []note.Signer
	keys    []string // public, as the signers
	policy  *seal.Policy
	hashes  *seal.Memory

	mu     sync.Mutex // guards the rest
	tree   *seal.Tree
	signed []byte          // the latest checkpoint
	known  seal.Checkpoint // what it says
	err    error           // why the log is not what was signed
}

// Origin is the name of a region's log.
func Origin(region string) string { return "framdrift/" + region }

// Create makes the key of a region and a checkpoint of an empty log, and opens
// them. What is there already is left, and opened.
func Create(dir, region string) (*Notary, error) {
	path := filepath.Join(dir, region)
	if _, err := os.Stat(path + ".key"); err == nil {
		return Open(dir, region)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("notary: %w", err)
	}
	skey, _, err := seal.GenerateKey(rand.Reader, Origin(region), seal.ForLog)
	if err != nil {
		return nil, fmt.Errorf("notary: %w", err)
	}
	signer, err := seal.NewSigner(skey)
	if err != nil {
		return nil, fmt.Errorf("notary: %w", err)
	}
	signed, err := seal.Checkpoint{Origin: Origin(region), TreeHead: (&seal.Edge{}).Head()}.Sign(signer)
	if err != nil {
		return nil, fmt.Errorf("notary: %w", err)
	}
	if err := errors.Join(writeSynced(path+".checkpoint", signed), writeSynced(path+".key", []byte(skey+"\n")), syncDir(filepath.Dir(dir))); err != nil {
		return nil, err
	}
	return Open(dir, region)
}

// Open reads the key and the last checkpoint of a region. Errors: ErrMissing,
// and those of package seal for what is not a key, or not signed by it.
func Open(dir, region string) (*Notary, error) {
	n := &Notary{path: filepath.Join(dir, region), hashes: &seal.Memory{}}
	secret, err := n.read(".key")
	if err != nil {
		return nil, err
	}
	if n.signed, err = n.read(".checkpoint"); err != nil {
		return nil, err
	}
	if err := n.use(strings.Fields(string(secret))); err != nil {
		return nil, fmt.Errorf("notary: %s.key: %w", n.path, err)
	}
	if n.known, _, err = n.policy.Open(n.signed); err != nil {
		return nil, fmt.Errorf("notary: %s.checkpoint: %w", n.path, err)
	}
	if n.known.Origin != Origin(region) {
		return nil, fmt.Errorf("notary: %s.checkpoint is of %s: %w", n.path, n.known.Origin, seal.ErrOrigin)
	}
	n.tree, err = seal.OpenTree(n.hashes, seal.Edge{})
	return n, err
}

func (n *Notary) read(ending string) ([]byte, error) {
	b, err := os.ReadFile(n.path + ending)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s%s", ErrMissing, n.path, ending)
	}
	if err != nil {
		return nil, fmt.Errorf("notary: %w", err)
	}
	return b, nil
}

// use takes secret keys into use.
func (n *Notary) use(skeys []string) error {
	for _, skey := range skeys {
		signer, err := seal.NewSigner(skey)
		if err != nil {
			return err
		}
		vkey, err := seal.PublicKey(skey)
		if err != nil {
			return err
		}
		n.signers, n.keys = append(n.signers, signer), append(n.keys, vkey)
	}
	policy, err := seal.NewPolicy(n.keys, nil, 0)
	n.policy = policy
	return err
}

// Keys are the public keys of the log, the newest first.
func (n *Notary) Keys() []string { return n.keys }

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
	return nil
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
// what was signed last, else ErrShorter, ErrAltered or ErrGap.
func (n *Notary) Settle() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if size := n.tree.Size(); n.err == nil && size < n.known.Size {
		n.err = fmt.Errorf("%w: %d events, and it had %d", ErrShorter, size, n.known.Size)
	}
	return n.err
}

// Head is the size and the root of what has been kept.
func (n *Notary) Head() seal.TreeHead {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.tree.Head()
}

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
	c := seal.Checkpoint{Origin: n.known.Origin, TreeHead: head}
	signed, err := c.Sign(n.signers...)
	if err != nil {
		return nil, fmt.Errorf("notary: %w", err)
	}
	if err := writeSynced(n.path+".checkpoint", signed); err != nil {
		return nil, err
	}
	n.signed, n.known = signed, c
	return signed, nil
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

// writeSynced makes a file that is there whole or not at all, and on disk,
// name and all, when it returns.
func writeSynced(path string, content []byte) error {
	f, err := os.OpenFile(path+".tmp", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("notary: %w", err)
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(path+".tmp", path)
	}
	if err != nil {
		return fmt.Errorf("notary: writing %s: %w", path, err)
	}
	return syncDir(filepath.Dir(path))
}

func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("notary: %w", err)
	}
	return errors.Join(dir.Sync(), dir.Close())
}
