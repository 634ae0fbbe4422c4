package seal

import (
	"bytes"
	"fmt"
)

const (
	proofHeader = "c2sp.org/tlog-proof@v1\n"
	// MaxProof is how many bytes a proof file may have: a line as long as a
	// message of the log, in base64, and what is beside it.
	MaxProof  = 12 << 20
	maxHashes = 63
)

// A Proof shows that an event stands at a position of a log, without the log
// (c2sp.org/tlog-proof). As a file:
//
//	c2sp.org/tlog-proof@v1
//	extra <the event's line in base64>
//	index <position − 1>
//	<hash in base64>            from the leaf's neighbour up; 0 to 63 of them
//
//	<the signed checkpoint>
type Proof struct {
	Position   uint64
	Line       []byte // newline included; nil when the file was made without
	Hashes     []Hash
	Checkpoint []byte // signed, as it is
}

// Prove makes the proof that a line stands at a position of the tree that a
// signed checkpoint has the head of. It does not look at signatures. Errors:
// ErrMalformed, those of ProveEvent, and ErrProof when another line stands there.
func Prove(hashes Hashes, signed []byte, position uint64, line []byte) (Proof, error) {
	c, err := Unverified(signed)
	if err != nil {
		return Proof{}, err
	}
	path, err := ProveEvent(hashes, c.TreeHead, position)
	if err != nil {
		return Proof{}, err
	}
	if err := CheckEvent(path, c.TreeHead, position, line); err != nil {
		return Proof{}, err
	}
	return Proof{Position: position, Line: line, Hashes: path, Checkpoint: signed}, nil
}

// Verify believes the proof if the policy believes its checkpoint and the
// hashes lead from the line to its root. A proof without a line is given one
// first. Errors: those of Policy.Open and CheckEvent.
func (p Proof) Verify(policy *Policy) (Checkpoint, []Cosignature, error) {
	c, cosignatures, err := policy.Open(p.Checkpoint)
	if err != nil {
		return Checkpoint{}, nil, err
	}
	if err := CheckEvent(p.Hashes, c.TreeHead, p.Position, p.Line); err != nil {
		return Checkpoint{}, nil, err
	}
	return c, cosignatures, nil
}

// MarshalText gives the proof as a file.
func (p Proof) MarshalText() ([]byte, error) {
	b := []byte(proofHeader)
	if p.Line != nil {
		b = fmt.Appendf(b, "extra %s\n", strict.EncodeToString(p.Line))
	}
	b = fmt.Appendf(b, "index %d\n", p.Position-1)
	for _, h := range p.Hashes {
		b = fmt.Appendf(b, "%s\n", h)
	}
	b = append(append(b, '\n'), p.Checkpoint...)
	if _, err := ParseProof(b); err != nil {
		return nil, err
	}
	return b, nil
}

// ParseProof reads a proof file: ErrMalformed if it is not exactly one. It
// believes nothing of it.
func ParseProof(b []byte) (Proof, error) {
	malformed := func(what string) (Proof, error) {
		return Proof{}, fmt.Errorf("%w proof: %s", ErrMalformed, what)
	}
	rest, ok := bytes.CutPrefix(b, []byte(proofHeader))
	if !ok || len(b) > MaxProof {
		return malformed("it does not begin with c2sp.org/tlog-proof@v1, or is too large")
	}
	head, checkpoint, ok := bytes.Cut(rest, []byte("\n\n"))
	if !ok {
		return malformed("no empty line before its checkpoint")
	}
	p := Proof{Checkpoint: checkpoint}
	lines := bytes.Split(head, []byte("\n"))
	if extra, has := bytes.CutPrefix(lines[0], []byte("extra ")); has {
		line, err := strict.DecodeString(string(extra))
		if err != nil || bytes.ContainsRune(extra, '\r') || checkLine(line) != nil {
			return malformed("what is extra is not the line of an event")
		}
		p.Line, lines = line, lines[1:]
	}
	if len(lines) == 0 || len(lines) > 1+maxHashes {
		return malformed("no index, or too many hashes")
	}
	c, err := Unverified(checkpoint)
	if err != nil {
		return Proof{}, err
	}
	number, ok := bytes.CutPrefix(lines[0], []byte("index "))
	index, err := parseNumber(string(number))
	if !ok || err != nil || index >= c.Size {
		return malformed("the index is not that of an event in the checkpoint's tree")
	}
	p.Position = index + 1
	for _, line := range lines[1:] {
		h, err := parseHash(string(line))
		if err != nil {
			return malformed("a hash is not 32 bytes in base64")
		}
		p.Hashes = append(p.Hashes, h)
	}
	return p, nil
}
