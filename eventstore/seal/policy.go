package seal

import (
	"errors"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/note"
)

// A Policy is what somebody must know beforehand to believe a checkpoint: the
// log's public keys, and those of the witnesses who must have seen it.
type Policy struct {
	origin string
	uses   map[keyName]Use
	known  note.Verifiers
	quorum int
}

// A keyName is what a signature says of the key that made it.
type keyName struct {
	name string
	id   uint32
}

// NewPolicy believes checkpoints that one of the keys of a log has signed and
// at least quorum of the witnesses have cosigned. The keys, more than one
// while they are rotated, have one name, the log's origin. A witness may have
// more than one key too, and counts once. Errors: ErrKey.
func NewPolicy(keys, witnesses []string, quorum int) (*Policy, error) {
	p := &Policy{uses: map[keyName]Use{}, quorum: quorum}
	var all []note.Verifier
	add := func(vkey string, want Use) (string, error) {
		v, use, err := NewVerifier(vkey)
		if err == nil && use != want {
			err = fmt.Errorf("%w: %q is for use 0x%02x, and must be for 0x%02x", ErrKey, vkey, byte(use), byte(want))
		}
		if err != nil {
			return "", err
		}
		if name := (keyName{v.Name(), v.KeyHash()}); p.uses[name] == 0 {
			p.uses[name] = use
			all = append(all, v)
		}
		return v.Name(), nil
	}
	for i, vkey := range keys {
		name, err := add(vkey, ForLog)
		if err != nil {
			return nil, err
		}
		if i > 0 && name != p.origin {
			return nil, fmt.Errorf("%w: %s and %s are two logs", ErrKey, p.origin, name)
		}
		p.origin = name
	}
	names := map[string]bool{}
	for _, vkey := range witnesses {
		name, err := add(vkey, ForWitness)
		if err != nil {
			return nil, err
		}
		names[name] = true
	}
	if len(keys) == 0 || quorum < 0 || quorum > len(names) || names[p.origin] {
		return nil, fmt.Errorf("%w: a policy has a key of the log, and names as many witnesses as it asks for, the log not among them", ErrKey)
	}
	p.known = note.VerifierList(all...)
	return p, nil
}

// Origin is the name of the log.
func (p *Policy) Origin() string { return p.origin }

// Open reads a signed checkpoint and the cosignatures of known witnesses.
// Signatures by unknown keys are passed over. Errors: ErrMalformed, ErrOrigin,
// ErrSignature and ErrQuorum.
func (p *Policy) Open(signed []byte) (Checkpoint, []Cosignature, error) {
	c, err := Unverified(signed)
	if err != nil {
		return Checkpoint{}, nil, err
	}
	if c.Origin != p.origin {
		return Checkpoint{}, nil, fmt.Errorf("%w: %s, not %s", ErrOrigin, c.Origin, p.origin)
	}
	n, err := p.openNote(signed)
	if err != nil {
		return Checkpoint{}, nil, err
	}
	byLog, names, seen := false, map[string]bool{}, []Cosignature(nil)
	for _, sig := range n.Sigs {
		if p.uses[keyName{sig.Name, sig.Hash}] == ForLog {
			byLog = true
			continue
		}
		cosignature, err := cosignatureOf(sig)
		if err != nil {
			return Checkpoint{}, nil, err
		}
		names[sig.Name], seen = true, append(seen, cosignature)
	}
	if !byLog {
		return Checkpoint{}, nil, fmt.Errorf("%w: %s", ErrSignature, p.origin)
	}
	if len(names) < p.quorum {
		return Checkpoint{}, nil, fmt.Errorf("%w: %d, and %d are asked for", ErrQuorum, len(names), p.quorum)
	}
	return c, seen, nil
}

// openNote verifies signatures. Package note takes base64 with stray bits in
// its last character; here each signature has one spelling.
func (p *Policy) openNote(signed []byte) (*note.Note, error) {
	n, err := note.Open(signed, p.known)
	if wrong := (*note.InvalidSignatureError)(nil); errors.As(err, &wrong) {
		return nil, fmt.Errorf("%w: the signature by %s is wrong", ErrSignature, wrong.Name)
	}
	if none := (*note.UnverifiedNoteError)(nil); errors.As(err, &none) {
		return nil, fmt.Errorf("%w: %s", ErrSignature, p.origin)
	}
	if err != nil {
		return nil, fmt.Errorf("%w checkpoint: %w", ErrMalformed, err)
	}
	for _, sig := range n.Sigs {
		if _, err := strict.DecodeString(sig.Base64); err != nil {
			return nil, fmt.Errorf("%w checkpoint: the signature by %s is not written as base64 is", ErrMalformed, sig.Name)
		}
	}
	return n, nil
}

// AddCosignatures puts the signature lines that known witnesses gave after
// those a checkpoint has. Lines by others, and a second one by the same key,
// are left out; a wrong one by a witness is ErrSignature. Other errors:
// ErrMalformed.
func (p *Policy) AddCosignatures(signed, lines []byte) ([]byte, error) {
	before, err := p.openNote(signed)
	if err != nil {
		return nil, err
	}
	all := slices.Concat(signed, lines)
	if _, err := Unverified(all); err != nil {
		return nil, err
	}
	n, err := p.openNote(all)
	if err != nil {
		return nil, err
	}
	n.UnverifiedSigs = before.UnverifiedSigs
	added, err := note.Sign(n)
	if err != nil {
		return nil, fmt.Errorf("seal: adding cosignatures: %w", err)
	}
	return added, nil
}
