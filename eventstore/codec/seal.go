package codec

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
)

// A Key seals the texts of one event.
type Key [32]byte

// Keys holds one key for each event that has a text. Whoever appends must see
// to it that a made key is on disk before the event is.
type Keys interface {
	// Make returns a new key for the event.
	Make(domain.EventID) (Key, error)
	// Find returns the event's key. Errors: ErrDestroyed, ErrNoKey.
	Find(domain.EventID) (Key, error)
}

var (
	// ErrDestroyed is a key that was destroyed: the text reads as domain.Erased.
	ErrDestroyed = errors.New("codec: the key of the event was destroyed")
	// ErrNoKey is a key that is not here, and was not destroyed here: the text
	// reads as domain.Elsewhere.
	ErrNoKey = errors.New("codec: there is no key of the event")
)

// A sealed text is stored as
//
//	s1:<base64url of AES-256-GCM(key of the event, nonce, text, event id "/" member)>
//
// The key is used for one event only, and the nonce is the first 12 bytes of
// the SHA-256 of the member's name: different for each text of the event.
const sealedPrefix = "s1:"

var (
	errNoKeys = errors.New("no keys to seal with")
	textType  = reflect.TypeFor[domain.Text]()
)

// seal returns the event with its texts sealed; the event itself when it has none.
func (c *Codec) seal(id domain.EventID, k *kind, e domain.Event) (domain.Event, error) {
	if len(k.texts) == 0 {
		return e, nil
	}
	var aead cipher.AEAD
	sealed := reflect.New(k.event).Elem()
	sealed.Set(reflect.ValueOf(e))
	err := k.eachText(sealed, func(f *textField, t domain.Text) (domain.Text, error) {
		if aead == nil {
			if c.keys == nil {
				return "", errNoKeys
			}
			key, err := c.keys.Make(id)
			if err != nil {
				return "", err
			}
			aead = newAEAD(key)
		}
		box := aead.Seal(nil, f.nonce, []byte(t), f.about(id))
		return domain.Text(sealedPrefix + base64.RawURLEncoding.EncodeToString(box)), nil
	})
	return sealed.Interface().(domain.Event), err
}

// open is the way back. A text whose key is destroyed is domain.Erased, and one
// whose key is missing domain.Elsewhere.
func (c *Codec) open(id domain.EventID, k *kind, sealed reflect.Value) error {
	var aead cipher.AEAD
	return k.eachText(sealed, func(f *textField, t domain.Text) (domain.Text, error) {
		encoded, ok := strings.CutPrefix(string(t), sealedPrefix)
		if !ok {
			return "", fmt.Errorf("%s is not sealed", f.member)
		}
		box, err := base64.RawURLEncoding.DecodeString(encoded)
		if err != nil {
			return "", fmt.Errorf("%s: %w", f.member, err)
		}
		if c.keys == nil {
			return domain.Erased, nil
		}
		if aead == nil {
			key, err := c.keys.Find(id)
			switch {
			case errors.Is(err, ErrDestroyed):
				return domain.Erased, nil
			case errors.Is(err, ErrNoKey):
				return domain.Elsewhere, nil
			case err != nil:
				return "", fmt.Errorf("%s: %w", f.member, err)
			}
			aead = newAEAD(key)
		}
		plain, err := aead.Open(box[:0], f.nonce, box, f.about(id))
		if err != nil {
			return "", fmt.Errorf("%s: %w", f.member, err)
		}
		return domain.Text(plain), nil
	})
}

// about is what a text is sealed to.
func (f *textField) about(id domain.EventID) []byte { return []byte(string(id) + "/" + f.member) }

func newAEAD(key Key) cipher.AEAD {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // only a wrong key length errs, and the type fixes that
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return aead
}

func nonce(member string) []byte {
	sum := sha256.Sum256([]byte(member))
	return sum[:12]
}
