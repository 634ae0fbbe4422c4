package vault

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
)

// A name is what a slot is found by: the UUID of an event, or the first half
// of the SHA-256 of a user's id.
type name [16]byte

// A kind is one of the two sorts of slots.
type kind struct {
	magic string // how a head begins; the last byte is the version
	plain int    // bytes that a slot keeps secret
}

var (
	keyKind    = kind{"framdrift keys\x00\x02", 32}
	personKind = kind{"framdrift names\x02", 464}
)

const (
	piece    = 16 // a sector is a whole number of pieces, so none is ever torn
	markSize = 4
	boxExtra = 12 + 16 // nonce and tag
	markLive = "live"
	markGone = "gone"
	saltSize = 32
	headSize = 5 * piece
)

// size is that of a slot, a whole number of pieces: 80 or 512.
func (k kind) size() int { return len(name{}) + markSize + boxExtra + k.plain }

// A head begins every file of slots:
//
//	16  the kind and its version
//	32  salt
//	16  check: the end of HKDF-SHA256(master, salt, kind), 48 bytes
//	16  sum: the beginning of the SHA-256 of all that
//
// The first 32 bytes of the HKDF are the key that the slots are sealed with.
// The sum tells a damaged head from another master key, which the check tells.
func (k kind) newHead(m Master) (head []byte, s sealer) {
	salt := make([]byte, saltSize)
	rand.Read(salt)
	aead, check := k.derive(m.keys[0], salt)
	head = append(append([]byte(k.magic), salt...), check...)
	sum := sha256.Sum256(head)
	return append(head, sum[:piece]...), sealer{k, aead}
}

// openHead gives the sealer that a head was made with, and whether it was
// made with the first of the keys.
func (k kind) openHead(m Master, head []byte) (s sealer, first bool, err error) {
	if len(head) != headSize || string(head[:piece]) != k.magic {
		return sealer{}, false, fmt.Errorf("%w: it does not begin as %s of version %d do", ErrDamaged, bytes.TrimRight([]byte(k.magic[:piece-1]), "\x00"), k.magic[piece-1])
	}
	if sum := sha256.Sum256(head[:headSize-piece]); !bytes.Equal(sum[:piece], head[headSize-piece:]) {
		return sealer{}, false, fmt.Errorf("%w: the sum of its first %d bytes is wrong", ErrDamaged, headSize)
	}
	salt, check := head[piece:piece+saltSize], head[piece+saltSize:headSize-piece]
	for i, key := range m.keys {
		aead, has := k.derive(key, salt)
		if subtle.ConstantTimeCompare(has, check) == 1 {
			return sealer{k, aead}, i == 0, nil
		}
	}
	return sealer{}, false, ErrWrongMaster
}

func (k kind) derive(key masterKey, salt []byte) (cipher.AEAD, []byte) {
	derived, err := hkdf.Key(sha256.New, key[:], salt, k.magic, 32+piece)
	if err != nil {
		panic(err) // only a length beyond 255 hashes errs
	}
	block, err := aes.NewCipher(derived[:32])
	if err != nil {
		panic(err) // only a wrong length of key errs
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err)
	}
	clear(derived[:32])
	return aead, derived[32:]
}

// A sealer writes and reads slots of one kind under one key:
//
//	16  name; zeros where nothing is kept
//	 4  "live" or "gone"
//	12  nonce, random             ⎫ AES-256-GCM of the secret, with
//	 n  the secret, encrypted     ⎬ the name as additional data;
//	16  tag                       ⎭ zeros when gone
//
// NIST SP 800-38D allows 2³² random nonces under one key; each file has a key
// of its own.
type sealer struct {
	kind
	aead cipher.AEAD
}

// add appends a slot to slots.
func (s sealer) add(slots []byte, n name, secret []byte) []byte {
	begin := len(slots)
	slots = append(append(slots, n[:]...), markLive...)
	return s.aead.Seal(slots, nil, secret, slots[begin:begin+piece]) //nolint:gosec // the nonce is random, and no argument
}

// copy appends a slot of a secret that another sealer has opened; without one
// it is destroyed.
func (s sealer) copy(slots []byte, n name, secret []byte) []byte {
	if secret == nil {
		return append(slots, s.destroyed(n)...)
	}
	return s.add(slots, n, secret)
}

// open appends a slot's secret to to. Errors: ErrDestroyed, ErrNoKey for a
// slot that never wholly reached the disk, ErrDamaged.
func (s sealer) open(to, slot []byte) ([]byte, error) {
	switch string(slot[piece : piece+markSize]) {
	case markGone:
		return nil, ErrDestroyed
	case markLive:
		if to, err := s.aead.Open(to, nil, slot[piece+markSize:], slot[:piece]); err == nil {
			return to, nil
		}
	}
	if torn(slot) {
		return nil, ErrNoKey
	}
	return nil, fmt.Errorf("%w: what a slot holds was not written there", ErrDamaged)
}

// torn reports whether a piece of the slot is zeros: it was being written when
// the power went.
func torn(slot []byte) bool {
	for ; len(slot) >= piece; slot = slot[piece:] {
		if name(slot[:piece]) == (name{}) {
			return true
		}
	}
	return false
}

// destroyed is a slot without its secret.
func (k kind) destroyed(n name) []byte {
	slot := make([]byte, k.size())
	copy(slot, n[:])
	copy(slot[piece:], markGone)
	return slot
}

// isDestroyed reports whether a slot is destroyed, to its last byte.
func (k kind) isDestroyed(slot []byte) bool {
	return bytes.Equal(slot, k.destroyed(name(slot[:piece])))
}

// A person is kept as three texts, each after its length in one byte: the
// user's id, the name, the e-mail address; then zeros.
func encodePerson(e Entry) ([]byte, error) {
	secret := make([]byte, 0, personKind.plain)
	for _, text := range []string{string(e.User), e.Name, e.Email} {
		if len(text) > 255 || len(secret)+1+len(text) > personKind.plain {
			return nil, fmt.Errorf("%w: id, name and e-mail address may have %d bytes together, and 255 each", ErrTooLong, personKind.plain-3)
		}
		secret = append(append(secret, byte(len(text))), text...)
	}
	return secret[:personKind.plain], nil
}

// decodePerson is the way back, of what open gave.
func decodePerson(secret []byte, err error) (Entry, error) {
	if err != nil {
		return Entry{}, ofPerson(err)
	}

	var texts [3]string
	for i := range texts {
		if len(secret) == 0 || len(secret) <= int(secret[0]) {
			return Entry{}, errors.Join(ErrDamaged, errors.New("a person is cut short"))
		}
		end := 1 + int(secret[0])
		texts[i], secret = string(secret[1:end]), secret[end:]
	}
	return Entry{domain.UserID(texts[0]), Person{texts[1], texts[2]}}, nil
}

func sorted(all []Entry) []Entry {
	slices.SortFunc(all, func(a, b Entry) int { return strings.Compare(string(a.User), string(b.User)) })
	return all
}
