package notary

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// ErrNotLost is a key that is there.
var ErrNotLost = errors.New("notary: the key is not lost")

// Create makes the key of a region and a checkpoint of an empty log, and opens
// them. What is there already is left, and opened.
func Create(dir, region string) (*Notary, error) {
	n := begin(dir, region)
	if _, err := os.Stat(n.path + keyFile); !errors.Is(err, fs.ErrNotExist) {
		return Open(dir, region)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("notary: %w", err)
	}
	if _, err := n.newKey(); err != nil {
		return nil, err
	}
	if err := syncDir(filepath.Dir(dir)); err != nil {
		return nil, err
	}
	return Open(dir, region)
}

// Open reads the keys and the last checkpoint of a region. Errors: ErrMissing,
// and those of package seal for what is not a key, or not signed by one.
func Open(dir, region string) (*Notary, error) {
	n := begin(dir, region)
	secret, err := n.read(keyFile)
	if err != nil {
		return nil, err
	}
	if err := n.use(strings.Fields(string(secret))); err != nil {
		return nil, fmt.Errorf("notary: %s%s: %w", n.path, keyFile, err)
	}
	return n, n.believe()
}

// Look is Open for whoever only verifies: the secret key is left alone, and
// Sign answers ErrMissing.
func Look(dir, region string) (*Notary, error) {
	n := begin(dir, region)
	return n, n.believe()
}

// Renew opens a region whose secret key is lost: it makes another, which signs
// what the last checkpoint said and whatever comes after. That checkpoint is
// believed by a public key that is there, and else because it is there. Errors:
// ErrNotLost.
func Renew(dir, region string) (*Notary, error) {
	n := begin(dir, region)
	if _, err := os.Stat(n.path + keyFile); !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s%s", ErrNotLost, n.path, keyFile)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("notary: %w", err)
	}
	public, err := n.orNone(publicFile)
	if err != nil {
		return nil, err
	}
	if signed, err := n.orNone(checkpointFile); err != nil {
		return nil, err
	} else if signed != nil && public == nil {
		if n.known, err = seal.Unverified(signed); err != nil {
			return nil, fmt.Errorf("notary: %s%s: %w", n.path, checkpointFile, err)
		}
	} else if signed != nil {
		if err := n.believe(); err != nil {
			return nil, err
		}
	}
	if _, err := n.newKey(); err != nil {
		return nil, err
	}
	return Open(dir, region)
}

func begin(dir, region string) *Notary {
	n := &Notary{path: filepath.Join(dir, region), origin: Origin(region), hashes: &seal.Memory{}}
	n.known = seal.Checkpoint{Origin: n.origin, TreeHead: (&seal.Edge{}).Head()}
	n.tree, _ = seal.OpenTree(n.hashes, seal.Edge{}) // an empty tree has nothing that could be wrong
	return n
}

// use takes secret keys into use.
func (n *Notary) use(skeys []string) error {
	if len(skeys) == 0 {
		return fmt.Errorf("%w: there is none", seal.ErrKey)
	}
	for _, skey := range skeys {
		signer, err := seal.NewSigner(skey)
		if err != nil {
			return err
		}
		vkey, err := seal.PublicKey(skey)
		if err != nil {
			return err
		}
		n.secrets, n.signers, n.keys = append(n.secrets, skey), append(n.signers, signer), append(n.keys, vkey)
	}
	return nil
}

// believe reads the last checkpoint, which a key of the log has signed.
func (n *Notary) believe() error {
	public, err := n.orNone(publicFile)
	if err != nil {
		return err
	}
	for vkey := range strings.FieldsSeq(string(public)) {
		if !slices.Contains(n.keys, vkey) {
			n.keys = append(n.keys, vkey)
		}
	}
	if len(n.keys) == 0 && public == nil {
		return fmt.Errorf("%w: %s%s", ErrMissing, n.path, publicFile)
	}
	policy, err := seal.NewPolicy(n.keys, nil, 0)
	if err != nil {
		return fmt.Errorf("notary: %s%s: %w", n.path, publicFile, err)
	}
	if n.signed, err = n.read(checkpointFile); err != nil {
		return err
	}
	if n.known, _, err = policy.Open(n.signed); err != nil {
		return fmt.Errorf("notary: %s%s: %w", n.path, checkpointFile, err)
	}
	if n.known.Origin != n.origin {
		return fmt.Errorf("notary: %s%s is of %s: %w", n.path, checkpointFile, n.known.Origin, seal.ErrOrigin)
	}
	return nil
}

// Keys are the public keys of the log, the newest first: those that sign, and
// those that did.
func (n *Notary) Keys() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.keys)
}

// Signing are the public keys of those that sign now, the newest first.
func (n *Notary) Signing() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.keys[:len(n.signers)])
}

// AddKey makes a key that signs beside those there are, which is how a key is
// changed: when everybody has its public key, Retire the others.
func (n *Notary) AddKey() (vkey string, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.newKey()
}

// newKey makes a key, and has it sign what the last checkpoint says. Its secret
// is written last: until then the key was never made.
func (n *Notary) newKey() (vkey string, err error) {
	skey, vkey, err := seal.GenerateKey(rand.Reader, n.origin, seal.ForLog)
	if err != nil {
		return "", fmt.Errorf("notary: %w", err)
	}
	signer, err := seal.NewSigner(skey)
	if err != nil {
		return "", fmt.Errorf("notary: %w", err)
	}
	secrets, signers := slices.Insert(slices.Clone(n.secrets), 0, skey), slices.Insert(slices.Clone(n.signers), 0, signer)
	keys := slices.Insert(slices.Clone(n.keys), 0, vkey)
	if err := n.writeKeys(publicFile, keys); err != nil {
		return "", err
	}
	before := n.signers
	n.signers = signers
	if err = n.sign(n.known.TreeHead); err == nil {
		err = n.writeKeys(keyFile, secrets)
	}
	if err != nil {
		n.signers = before
		return "", err
	}
	n.secrets, n.keys = secrets, keys
	return vkey, nil
}

// Retire throws every secret key away but the newest. What the others signed is
// believed as before.
func (n *Notary) Retire() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.signers) < 2 {
		return nil
	}
	before := n.signers
	n.signers = n.signers[:1:1]
	err := n.sign(n.known.TreeHead)
	if err == nil {
		err = n.writeKeys(keyFile, n.secrets[:1])
	}
	if err != nil {
		n.signers = before
		return err
	}
	n.secrets = n.secrets[:1:1]
	return nil
}
