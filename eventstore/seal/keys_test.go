package seal_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// A log's key is one of package note, text and all.
func TestAKeyOfALogIsAKeyOfPackageNote(t *testing.T) {
	skey, vkey := key(t, origin, seal.ForLog, 7)
	noteSkey, noteVkey, err := note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{7}, 32)), origin)
	if err != nil || noteSkey != skey || noteVkey != vkey {
		t.Errorf("%v\n%s\n%s", err, skey, vkey)
	}
}

func TestTheSameSecretForAnotherUseIsAnotherKey(t *testing.T) {
	_, forLog := key(t, origin, seal.ForLog, 7)
	_, forWitness := key(t, origin, seal.ForWitness, 7)
	a, b := strings.Split(forLog, "+"), strings.Split(forWitness, "+")
	if a[1] == b[1] || a[2][2:] == "" {
		t.Errorf("%s and %s", forLog, forWitness)
	}
}

func TestAKeyIsMadeOfGoodNamesAndWholeSecretsOnly(t *testing.T) {
	for _, name := range []string{"", "a b", "a+b", "a\u00a0b", "a\x00", "\xff"} {
		if _, _, err := seal.GenerateKey(bytes.NewReader(make([]byte, 32)), name, seal.ForLog); !errors.Is(err, seal.ErrKey) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, _, err := seal.GenerateKey(bytes.NewReader(make([]byte, 32)), origin, 0x06); !errors.Is(err, seal.ErrKey) {
		t.Errorf("a use that is not known: %v", err)
	}
	if _, _, err := seal.GenerateKey(bytes.NewReader(make([]byte, 31)), origin, seal.ForLog); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("31 random bytes: %v", err)
	}
}

// No error says what the secret is.
func TestATextThatIsNoKeyIsRefusedAndNotRepeated(t *testing.T) {
	skey, vkey := key(t, origin, seal.ForLog, 7)
	wskey, wvkey := key(t, origin, seal.ForWitness, 7)
	cut := func(s string) string { return s[:len(s)-1] }
	for _, s := range []string{"", vkey, wvkey, wskey, cut(skey), strings.Replace(skey, "PRIVATE", "PUBLIC", 1), strings.Replace(skey, "fosen", "namdal", 1)} {
		if _, err := seal.NewSigner(s); !errors.Is(err, seal.ErrKey) || s != "" && strings.Contains(err.Error(), s) {
			t.Errorf("as a log's secret key, %q: %v", s, err)
		}
	}
	for _, s := range []string{"", vkey, wvkey, skey, cut(wskey), strings.TrimPrefix(wskey, "PRIVATE+KEY+"), strings.Replace(wskey, "fosen", "namdal", 1), strings.Replace(wskey, "BAcH", "BgcH", 1)} {
		if _, err := seal.NewCosigner(s); !errors.Is(err, seal.ErrKey) || s != "" && strings.Contains(err.Error(), s) {
			t.Errorf("as a witness's secret key, %q: %v", s, err)
		}
	}
	for _, s := range []string{"", cut(vkey), vkey + "=", cut(wvkey), strings.Replace(vkey, "fosen", "namdal", 1), strings.ToUpper(wvkey), "PRIVATE+KEY", "a+00000000+"} {
		if _, _, err := seal.NewVerifier(s); !errors.Is(err, seal.ErrKey) {
			t.Errorf("as a public key, %q: %v", s, err)
		}
	}
}

func TestACosignatureHasATimeThatCanBeWritten(t *testing.T) {
	cosigner, _ := witnessKey(t, "orland.example", 2)
	if _, err := cosigner.At(time.Unix(-1, 0)).Sign([]byte(empty)); err == nil {
		t.Error("before 1970")
	}
	sig, err := cosigner.At(time.Unix(0x01020304, 0)).Sign([]byte(empty))
	if err != nil || !bytes.Equal(sig[:8], []byte{0, 0, 0, 0, 1, 2, 3, 4}) || len(sig) != 72 {
		t.Errorf("%x, %v", sig, err)
	}
}

func TestACosignatureIsOfItsTextTimeAndKeyOnly(t *testing.T) {
	cosigner, vkey := witnessKey(t, "orland.example", 2)
	_, other := witnessKey(t, "orland.example", 3)
	v, _, err := seal.NewVerifier(vkey)
	if err != nil {
		t.Fatal(err)
	}
	w, _, err := seal.NewVerifier(other)
	if err != nil {
		t.Fatal(err)
	}
	sig, err := cosigner.At(noon).Sign([]byte(empty))
	if err != nil {
		t.Fatal(err)
	}
	later := bytes.Clone(sig)
	later[7]++
	never := bytes.Clone(sig)
	never[0] = 0x80
	if !v.Verify([]byte(empty), sig) {
		t.Error("it does not verify")
	}
	if v.Verify([]byte(empty+"x\n"), sig) || v.Verify([]byte(empty), later) || v.Verify([]byte(empty), never) ||
		v.Verify([]byte(empty), sig[8:]) || v.Verify([]byte(empty), nil) || w.Verify([]byte(empty), sig) {
		t.Error("it verifies what was not signed")
	}
}

// rotated is a log that changes its key: signed by the old, by both, by the new.
func rotated(t *testing.T) (oldKey, newKey string, before, between, after []byte, hashes seal.Hashes) {
	t.Helper()
	oldSigner, oldKey := logKey(t, 1)
	newSigner, newKey := logKey(t, 2)
	all := lines(30)
	_, hashes = grow(t, all)
	return oldKey, newKey, sign(t, headOf(t, all[:10]), oldSigner),
		sign(t, headOf(t, all[:20]), oldSigner, newSigner), sign(t, headOf(t, all), newSigner), hashes
}

func TestWhileAKeyIsChangedWhoKnowsEitherBelieves(t *testing.T) {
	oldKey, newKey, before, between, after, _ := rotated(t)
	for name, c := range map[string]struct {
		key    string
		signed []byte
		want   error
	}{
		"the old key, before":  {oldKey, before, nil},
		"the old key, between": {oldKey, between, nil},
		"the old key, after":   {oldKey, after, seal.ErrSignature},
		"the new key, before":  {newKey, before, seal.ErrSignature},
		"the new key, between": {newKey, between, nil},
		"the new key, after":   {newKey, after, nil},
	} {
		if _, _, err := policy(t, []string{c.key}, nil, 0).Open(c.signed); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, signed := range [][]byte{before, between, after} {
		if _, _, err := policy(t, []string{oldKey, newKey}, nil, 0).Open(signed); err != nil {
			t.Errorf("both keys: %v", err)
		}
	}
}

// The key was lost, so nothing is signed by both. The proof of extension says
// that it is the same log.
func TestAfterALossAWitnessFollowsTheLogUnderItsNewKey(t *testing.T) {
	_, newKey, before, _, after, hashes := rotated(t)
	last, err := seal.Unverified(before)
	if err != nil {
		t.Fatal(err)
	}
	now, err := seal.Unverified(after)
	if err != nil {
		t.Fatal(err)
	}
	proof := mustExtend(t, hashes, now.TreeHead, last.Size)
	cosigner, _ := witnessKey(t, "orland.example", 3)
	witness := seal.Witness{Log: policy(t, []string{newKey}, nil, 0), Key: cosigner}
	if _, seen, err := witness.Cosign(last.TreeHead, after, proof, noon); err != nil || seen != now.TreeHead {
		t.Errorf("%+v, %v", seen, err)
	}
}

func TestWhoHasStolenAKeyGetsNoCosignatureForAnotherPast(t *testing.T) {
	stolen, vkey := logKey(t, 1)
	all := lines(30)
	_, seenBy := grow(t, all[:20])
	last, err := seal.HeadAt(seenBy, 20)
	if err != nil {
		t.Fatal(err)
	}
	all[4] = []byte("{\"position\":5,\"forged\":true}\n")
	tree, hashes := grow(t, all)
	cosigner, _ := witnessKey(t, "orland.example", 3)
	witness := seal.Witness{Log: policy(t, []string{vkey}, nil, 0), Key: cosigner}
	signed := sign(t, tree.Head(), stolen)
	if _, _, err := witness.Cosign(last, signed, mustExtend(t, hashes, tree.Head(), 20), noon); !errors.Is(err, seal.ErrUnproven) {
		t.Errorf("got %v", err)
	}
}

func TestAPublicKeyIsThatOfItsSecret(t *testing.T) {
	for _, use := range []seal.Use{seal.ForLog, seal.ForWitness} {
		skey, vkey, err := seal.GenerateKey(rand.Reader, "framdrift/fosen", use)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := seal.PublicKey(skey); err != nil || got != vkey {
			t.Errorf("of %02x: %q, want %q (%v)", use, got, vkey, err)
		}
		for _, wrong := range []string{"", vkey, skey[:len(skey)-4], strings.Replace(skey, "fosen", "roros", 1)} {
			if _, err := seal.PublicKey(wrong); !errors.Is(err, seal.ErrKey) {
				t.Errorf("%q gives %v", wrong, err)
			}
		}
	}
}
