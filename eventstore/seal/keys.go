package seal

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
)

// A Use is what a key may sign; both are Ed25519. It is the first byte of the
// key, so the same 32 bytes are another key with another use
// (c2sp.org/signed-note, signature types).
type Use byte

const (
	// ForLog is a log's key, which signs the text of its checkpoints.
	ForLog Use = 0x01
	// ForWitness is a witness's key, which signs that text and a time
	// (c2sp.org/tlog-cosignature, cosignature/v1).
	ForWitness Use = 0x04
)

const secretPrefix = "PRIVATE+KEY+"

// strict refuses base64 with other bits set than those of the bytes.
var strict = base64.StdEncoding.Strict()

// GenerateKey makes a key of 32 bytes read from random. The name of a log's
// key is the origin of the log. skey is the secret, and vkey what others need
// to check what it signs:
//
//	PRIVATE+KEY+<name>+<key id>+<base64 of use and secret>
//	<name>+<key id>+<base64 of use and public key>
//
// The key id is the first 4 bytes, in hex, of the SHA-256 of the name, a
// newline, the use and the public key. Errors: ErrKey for a name that cannot
// be one, and those of random.
func GenerateKey(random io.Reader, name string, use Use) (skey, vkey string, err error) {
	if !validName(name) || use != ForLog && use != ForWitness {
		return "", "", fmt.Errorf("%w: a name of %q, for use %d", ErrKey, name, use)
	}
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return "", "", fmt.Errorf("seal: making a key: %w", err)
	}
	public := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	id := keyID(name, use, public)
	return secretPrefix + encodeKey(name, id, use, seed), encodeKey(name, id, use, public), nil
}

// validName is the rule of c2sp.org/signed-note for names of keys, and no
// control characters.
func validName(name string) bool {
	return name != "" && utf8.ValidString(name) && !strings.Contains(name, "+") &&
		strings.IndexFunc(name, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) < 0
}

func keyID(name string, use Use, public ed25519.PublicKey) uint32 {
	sum := sha256.Sum256(slices.Concat([]byte(name), []byte{'\n', byte(use)}, public))
	return binary.BigEndian.Uint32(sum[:])
}

func encodeKey(name string, id uint32, use Use, key []byte) string {
	return fmt.Sprintf("%s+%08x+%s", name, id, strict.EncodeToString(append([]byte{byte(use)}, key...)))
}

// cutKey takes a key apart without looking at its id.
func cutKey(text string) (name string, use Use, key []byte, err error) {
	name, rest, _ := strings.Cut(text, "+")
	_, encoded, _ := strings.Cut(rest, "+")
	b, err := strict.DecodeString(encoded)
	if err != nil || len(b) != 1+32 || !validName(name) {
		return "", 0, nil, ErrKey
	}
	return name, Use(b[0]), b[1:], nil
}

// NewSigner reads the secret key of a log: ErrKey if it is not one.
func NewSigner(skey string) (note.Signer, error) {
	signer, err := note.NewSigner(skey)
	if err != nil {
		return nil, fmt.Errorf("%w: the secret key of a log: %w", ErrKey, err)
	}
	return signer, nil
}

// PublicKey is the public key of a secret one, of a log or a witness: ErrKey
// if it is not one.
func PublicKey(skey string) (vkey string, err error) {
	text, secret := strings.CutPrefix(skey, secretPrefix)
	name, use, seed, err := cutKey(text)
	if err != nil || !secret {
		return "", fmt.Errorf("%w: it is no secret key", ErrKey)
	}
	public := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	id := keyID(name, use, public)
	if text != encodeKey(name, id, use, seed) {
		return "", fmt.Errorf("%w: it is no secret key", ErrKey)
	}
	return encodeKey(name, id, use, public), nil
}

// NewVerifier reads the public key of a log or a witness: ErrKey if it is not
// one.
func NewVerifier(vkey string) (note.Verifier, Use, error) {
	name, use, key, err := cutKey(vkey)
	if err != nil || vkey != encodeKey(name, keyID(name, use, key), use, key) {
		return nil, 0, fmt.Errorf("%w: %q", ErrKey, vkey)
	}
	switch use {
	case ForLog:
		verifier, err := note.NewVerifier(vkey)
		if err != nil {
			return nil, 0, fmt.Errorf("%w: %w", ErrKey, err)
		}
		return verifier, use, nil
	case ForWitness:
		return &coverifier{name: name, id: keyID(name, use, key), key: key}, use, nil
	default:
		return nil, 0, fmt.Errorf("%w: %q has the unknown use 0x%02x", ErrKey, vkey, byte(use))
	}
}
