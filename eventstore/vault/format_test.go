package vault

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
)

// writeGolden writes the golden vault when it is missing. It never changes it:
// what has been stored once must be readable for ever.
var writeGolden = flag.Bool("golden", false, "write the golden vault if it is missing")

const golden = "testdata/golden"

// What the golden vault holds.
const (
	goldenEvent     = domain.EventID("0193471e-7a5c-7d3e-8f10-2b4c6d8e0f12")
	goldenDestroyed = domain.EventID("0193471e-7a5c-7d3e-8f10-2b4c6d8e0f13")
	goldenUser      = domain.UserID("u3")
	goldenForgotten = domain.UserID("u4")
)

var goldenPerson = Person{Name: "Kari Nordmann", Email: "kari@osen.example"}

func TestTheGoldenVaultIsReadAsItWasWritten(t *testing.T) {
	if *writeGolden {
		newGolden(t)
	}
	dir := read(t, golden).lay(t)
	m, err := ParseMaster(goldenText(t, "master"))
	if err != nil {
		t.Fatal(err)
	}
	v, err := try(t, dir, m)
	if err != nil {
		t.Fatal(err)
	}
	if key, err := v.Find(goldenEvent); err != nil || hex.EncodeToString(key[:]) != goldenText(t, "key") {
		t.Errorf("the key reads %x, %v", key, err)
	}
	if _, err := v.Find(goldenDestroyed); !errors.Is(err, ErrDestroyed) {
		t.Errorf("the destroyed key reads %v", err)
	}
	if p, err := v.Person(goldenUser); err != nil || p != goldenPerson {
		t.Errorf("the user is %+v, %v", p, err)
	}
	if _, err := v.Person(goldenForgotten); !errors.Is(err, ErrForgotten) {
		t.Errorf("the forgotten user is %v", err)
	}
	closeVault(t, v)
	if !bytes.Equal(read(t, dir)[keysFile], read(t, golden)[keysFile]) {
		t.Error("opening it changed it")
	}
}

// The bytes are read here without the code of the package, as docs/format.md
// says that they lie.
func TestTheGoldenBytes(t *testing.T) {
	encoded, _ := strings.CutPrefix(goldenText(t, "master"), "framdrift-master-1:")
	master, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil {
		t.Fatal(err)
	}
	files := read(t, golden)
	for _, tt := range []struct {
		file, magic string
		size        int
		name        string // of the slot, in hexadecimal
		secret      string
	}{
		{keysFile, "framdrift keys\x00\x02", 80, strings.ReplaceAll(string(goldenEvent), "-", ""), goldenText(t, "key")},
		{
			namesFile, "framdrift names\x02", 512, hex.EncodeToString(sum256("u3")[:16]),
			hex.EncodeToString([]byte("\x02u3\x0dKari Nordmann\x11kari@osen.example")) + strings.Repeat("00", 464-35),
		},
	} {
		content := files[tt.file]
		head, slot := content[:80], content[tt.size:2*tt.size]
		extracted := mac(head[16:48], master)
		first := mac(extracted, []byte(tt.magic+"\x01"))
		second := mac(extracted, append(append([]byte(nil), first...), tt.magic+"\x02"...))
		if string(head[:16]) != tt.magic || !bytes.Equal(head[48:64], second[:16]) || !bytes.Equal(head[64:], sum256(string(head[:64]))[:16]) {
			t.Errorf("%s begins with %x", tt.file, head)
		}
		if hex.EncodeToString(slot[:16]) != tt.name || string(slot[16:20]) != "live" {
			t.Errorf("the first slot of %s begins with %x", tt.file, slot[:20])
		}
		block, err := aes.NewCipher(first)
		if err != nil {
			t.Fatal(err)
		}
		gcm, err := cipher.NewGCM(block)
		if err != nil {
			t.Fatal(err)
		}
		secret, err := gcm.Open(nil, slot[20:32], slot[32:], slot[:16])
		if err != nil || hex.EncodeToString(secret) != tt.secret {
			t.Errorf("the first slot of %s holds %x, %v", tt.file, secret, err)
		}
		if gone := content[2*tt.size : 3*tt.size]; string(gone[16:20]) != "gone" || !zero(gone[20:]) || zero(gone[:16]) {
			t.Errorf("the destroyed slot of %s holds %x", tt.file, gone)
		}
	}
}

func sum256(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}

func mac(key, message []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(message)
	return h.Sum(nil)
}

func goldenText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(golden, name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(text))
}

func newGolden(t *testing.T) {
	t.Helper()
	if exists(golden) {
		t.Fatal("there is a golden vault already")
	}
	dir, m := t.TempDir(), NewMaster()
	v, err := try(t, dir, m)
	if err != nil {
		t.Fatal(err)
	}
	key, err := v.Make(goldenEvent)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Make(goldenDestroyed); err != nil {
		t.Fatal(err)
	}
	err = errors.Join(
		v.Destroy(t.Context(), goldenDestroyed), v.Put(t.Context(), goldenUser, goldenPerson),
		v.Put(t.Context(), goldenForgotten, Person{Name: "Ola Hansen"}), v.Forget(t.Context(), goldenForgotten), os.MkdirAll(golden, 0o755),
		m.Write(filepath.Join(golden, "master.txt")), os.WriteFile(filepath.Join(golden, "key.txt"), hex.AppendEncode(nil, key[:]), 0o644),
	)
	for name, content := range read(t, dir) {
		err = errors.Join(err, os.WriteFile(filepath.Join(golden, name), content, 0o644))
	}
	if err != nil {
		t.Fatal(err)
	}
	closeVault(t, v)
}
