package seal_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// A checkpoint of a public test log, cosigned by four public witnesses, of
// programs that are not ours. Its first signature is of a type that we do not
// know.
const public = `arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
— witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
`

var (
	publicKey       = "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f"
	publicWitnesses = []string{
		"transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM",
		"witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO",
		"remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
		"witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
	}
)

func TestAPublicLogCosignedByPublicWitnessesIsBelieved(t *testing.T) {
	c, cosignatures, err := policy(t, []string{publicKey}, publicWitnesses, len(publicWitnesses)).Open([]byte(public))
	if err != nil || c.Size != 1432088532 || len(cosignatures) != len(publicWitnesses) {
		t.Fatalf("%+v, %v, %v", c, cosignatures, err)
	}
	if at := cosignatures[0].At; !at.Equal(time.Unix(0x6a122120, 0)) {
		t.Errorf("cosigned at %v", at)
	}
}

func TestACheckpointIsBelievedByWhoKnowsAKeyOfItsLog(t *testing.T) {
	signer, vkey := logKey(t, 1)
	head := headOf(t, lines(5))
	c, cosignatures, err := policy(t, []string{vkey}, nil, 0).Open(sign(t, head, signer))
	if err != nil || c.Origin != origin || c.TreeHead != head || cosignatures != nil {
		t.Errorf("got %+v, %v, %v", c, cosignatures, err)
	}
}

func TestACheckpointIsNotBelieved(t *testing.T) {
	signer, vkey := logKey(t, 1)
	stranger, _ := logKey(t, 9)
	head := headOf(t, lines(5))
	known := policy(t, []string{vkey}, nil, 0)
	skey, _ := key(t, "framdrift/namdal", seal.ForLog, 1)
	other, err := seal.NewSigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	namdal, err := seal.Checkpoint{Origin: "framdrift/namdal", TreeHead: head}.Sign(other)
	if err != nil {
		t.Fatal(err)
	}
	moved := bytes.Replace(sign(t, head, signer), []byte("\n5\n"), []byte("\n6\n"), 1)
	for name, c := range map[string]struct {
		signed []byte
		want   error
	}{
		"signed by a stranger":             {sign(t, head, stranger), seal.ErrSignature},
		"of another log":                   {namdal, seal.ErrOrigin},
		"changed after it was signed":      {moved, seal.ErrSignature},
		"without signatures":               {[]byte(seal.Checkpoint{Origin: origin, TreeHead: head}.Text() + "\n"), seal.ErrMalformed},
		"with a signature that is no line": {append(sign(t, head, signer), "— x\n"...), seal.ErrMalformed},
		"larger than any":                  {append(sign(t, head, signer), make([]byte, seal.MaxCheckpoint)...), seal.ErrMalformed},
		"without an empty line":            {[]byte("framdrift/fosen\n0\n"), seal.ErrMalformed},
	} {
		if _, _, err := known.Open(c.signed); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Where every signer is known and asked for, no byte can be other than it is.
func TestNoByteOfACheckpointCanBeFlipped(t *testing.T) {
	signer, vkey := logKey(t, 1)
	cosigner, wkey := witnessKey(t, "indre-fosen.example", 2)
	p := policy(t, []string{vkey}, []string{wkey}, 1)
	signed := sign(t, headOf(t, lines(5)), signer)
	if _, _, err := (seal.Witness{Log: p, Key: cosigner}).Cosign(seal.TreeHead{}, signed, nil, noon); !errors.Is(err, seal.ErrQuorum) {
		t.Fatalf("a witness that waits for itself: %v", err)
	}
	line, _, err := seal.Witness{Log: policy(t, []string{vkey}, nil, 0), Key: cosigner}.Cosign(seal.TreeHead{}, signed, nil, noon)
	if err != nil {
		t.Fatal(err)
	}
	signed = append(signed, line...)
	if _, cosignatures, err := p.Open(signed); err != nil || len(cosignatures) != 1 || cosignatures[0] != (seal.Cosignature{Witness: "indre-fosen.example", At: noon}) {
		t.Fatalf("%v, %v", cosignatures, err)
	}
	rapid.Check(t, func(t *rapid.T) {
		flipped := bytes.Clone(signed)
		flipped[rapid.IntRange(0, len(signed)-1).Draw(t, "byte")] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		if _, _, err := p.Open(flipped); err == nil {
			t.Fatalf("believed:\n%s", flipped)
		}
	})
}

// Package note alone would take this.
func TestASignatureHasOneSpelling(t *testing.T) {
	signer, vkey := logKey(t, 1)
	signed := string(sign(t, headOf(t, lines(5)), signer))
	last := strings.LastIndex(signed, "=\n") - 1
	respelled := signed[:last] + string(signed[last]+1) + signed[last+1:] // its last bits are not used
	v, _, err := seal.NewVerifier(vkey)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := note.Open([]byte(respelled), note.VerifierList(v)); err != nil {
		t.Fatalf("the two spell different bytes: %v", err)
	}
	if _, _, err := policy(t, []string{vkey}, nil, 0).Open([]byte(respelled)); !errors.Is(err, seal.ErrMalformed) {
		t.Errorf("got %v", err)
	}
}

func TestAQuorumCountsWitnessesAndNotKeys(t *testing.T) {
	signer, vkey := logKey(t, 1)
	open := policy(t, []string{vkey}, nil, 0)
	signed := sign(t, headOf(t, lines(5)), signer)
	var wkeys []string
	for i, name := range []string{"afjord.example", "afjord.example", "orland.example"} {
		cosigner, wkey := witnessKey(t, name, byte(2+i))
		wkeys = append(wkeys, wkey)
		if i == 2 {
			continue
		}
		line, _, err := seal.Witness{Log: open, Key: cosigner}.Cosign(seal.TreeHead{}, signed, nil, noon)
		if err != nil {
			t.Fatal(err)
		}
		signed = append(signed, line...)
	}
	if _, cosignatures, err := policy(t, []string{vkey}, wkeys, 1).Open(signed); err != nil || len(cosignatures) != 2 {
		t.Errorf("%v, %v", cosignatures, err)
	}
	if _, _, err := policy(t, []string{vkey}, wkeys, 2).Open(signed); !errors.Is(err, seal.ErrQuorum) {
		t.Errorf("two keys of one witness made a quorum of two: %v", err)
	}
}

func TestAPolicyThatCannotBeMeantIsRefused(t *testing.T) {
	_, fosen := logKey(t, 1)
	_, namdal := key(t, "framdrift/namdal", seal.ForLog, 1)
	_, witness := key(t, "orland.example", seal.ForWitness, 2)
	_, itself := key(t, origin, seal.ForWitness, 2)
	for name, c := range map[string]struct {
		keys, witnesses []string
		quorum          int
	}{
		"no key":                        {nil, []string{witness}, 1},
		"two logs":                      {[]string{fosen, namdal}, nil, 0},
		"a witness as the log":          {[]string{witness}, nil, 0},
		"a log as a witness":            {[]string{fosen}, []string{namdal}, 1},
		"the log as its own witness":    {[]string{fosen}, []string{itself}, 1},
		"more witnesses than there are": {[]string{fosen}, []string{witness, witness}, 2},
		"fewer than none":               {[]string{fosen}, []string{witness}, -1},
		"not a key":                     {[]string{"framdrift/fosen"}, nil, 0},
	} {
		if _, err := seal.NewPolicy(c.keys, c.witnesses, c.quorum); !errors.Is(err, seal.ErrKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCosignaturesByStrangersAreLeftOut(t *testing.T) {
	signer, vkey := logKey(t, 1)
	known, wkey := witnessKey(t, "orland.example", 2)
	stranger, _ := witnessKey(t, "stranger.example", 3)
	p := policy(t, []string{vkey}, []string{wkey}, 0)
	signed := sign(t, headOf(t, lines(5)), signer)
	var both []byte
	for _, cosigner := range []*seal.Cosigner{known, stranger} {
		line, _, err := seal.Witness{Log: p, Key: cosigner}.Cosign(seal.TreeHead{}, signed, nil, noon)
		if err != nil {
			t.Fatal(err)
		}
		both = append(both, line...)
	}
	added, err := p.AddCosignatures(signed, both)
	if err != nil || !bytes.Contains(added, []byte("orland.example")) || bytes.Contains(added, []byte("stranger.example")) {
		t.Errorf("%v\n%s", err, added)
	}
	wrong := bytes.Replace(both, []byte("AAAAB"), []byte("AAAAC"), 1) // another time
	if bytes.Equal(wrong, both) {
		t.Fatalf("the time is not where it was thought to be:\n%s", both)
	}
	if _, err := p.AddCosignatures(signed, wrong); !errors.Is(err, seal.ErrSignature) {
		t.Errorf("a known witness's with another time: %v", err)
	}
	if _, err := p.AddCosignatures(signed, []byte("x\n\n"+string(both))); !errors.Is(err, seal.ErrMalformed) {
		t.Errorf("a text among the lines: %v", err)
	}
}
