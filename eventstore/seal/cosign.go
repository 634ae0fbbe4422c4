package seal

import (
	"crypto/ed25519"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// cosigned is what a witness signs (c2sp.org/tlog-cosignature):
//
//	cosignature/v1
//	time 1679315147
//	<the text of the checkpoint>
func cosigned(unix uint64, text []byte) []byte {
	return append(fmt.Appendf(nil, "cosignature/v1\ntime %d\n", unix), text...)
}

// A Cosigner is the secret key of a witness.
type Cosigner struct {
	name string
	id   uint32
	key  ed25519.PrivateKey
}

// NewCosigner reads the secret key of a witness: ErrKey if it is not one.
func NewCosigner(skey string) (*Cosigner, error) {
	text, secret := strings.CutPrefix(skey, secretPrefix)
	name, use, seed, err := cutKey(text)
	if err != nil || !secret || use != ForWitness {
		return nil, fmt.Errorf("%w: the secret key of a witness", ErrKey)
	}
	key := ed25519.NewKeyFromSeed(seed)
	id := keyID(name, use, key.Public().(ed25519.PublicKey))
	if text != encodeKey(name, id, use, seed) {
		return nil, fmt.Errorf("%w: the secret key of the witness %s", ErrKey, name)
	}
	return &Cosigner{name: name, id: id, key: key}, nil
}

// Name is the name of the witness.
func (c *Cosigner) Name() string { return c.name }

// At signs with a time, whole seconds since 1970.
func (c *Cosigner) At(when time.Time) note.Signer { return timed{Cosigner: c, unix: when.Unix()} }

type timed struct {
	*Cosigner
	unix int64
}

func (t timed) KeyHash() uint32 { return t.id }

// Sign gives the time, 8 bytes with the highest first, and 64 bytes of Ed25519.
func (t timed) Sign(text []byte) ([]byte, error) {
	if t.unix < 0 {
		return nil, fmt.Errorf("seal: a cosignature from before 1970 (%d)", t.unix)
	}
	unix := uint64(t.unix)
	return append(binary.BigEndian.AppendUint64(nil, unix), ed25519.Sign(t.key, cosigned(unix, text))...), nil
}

// A coverifier is the public key of a witness.
type coverifier struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func (v *coverifier) Name() string    { return v.name }
func (v *coverifier) KeyHash() uint32 { return v.id }

func (v *coverifier) Verify(text, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	unix := binary.BigEndian.Uint64(sig)
	return unix <= math.MaxInt64 && ed25519.Verify(v.key, cosigned(unix, text), sig[8:])
}

// A Cosignature is a witness's word that, at a time, this was the longest
// tree it had seen of the log, and that it extended the one before.
type Cosignature struct {
	Witness string
	At      time.Time
}

// cosignatureOf reads the time of a signature that was verified.
func cosignatureOf(sig note.Signature) (Cosignature, error) {
	b, err := strict.DecodeString(sig.Base64)
	if err != nil || len(b) < 4+8 {
		return Cosignature{}, fmt.Errorf("%w: the cosignature by %s", ErrMalformed, sig.Name)
	}
	return Cosignature{Witness: sig.Name, At: time.Unix(int64(binary.BigEndian.Uint64(b[4:])), 0).UTC()}, nil
}
