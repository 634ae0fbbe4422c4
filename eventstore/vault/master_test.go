package vault

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAMasterKeyIsWrittenForUsAloneAndReadAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "master.key")
	if _, err := ReadMaster(path); !errors.Is(err, ErrNoMaster) {
		t.Errorf("of no file ReadMaster gives %v", err)
	}
	both := NewMaster().Then(NewMaster())
	if err := both.Write(path); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("it has mode %v, %v", info.Mode(), err)
	}
	again, err := ReadMaster(path)
	if err != nil || len(again.keys) != 2 || again.keys[0] != both.keys[0] || again.keys[1] != both.keys[1] {
		t.Errorf("it reads as %d keys, %v", len(again.keys), err)
	}
	if err := NewMaster().Write(path); err == nil {
		t.Error("another is written over it")
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadMaster(path); !errors.Is(err, ErrOpenToOthers) {
		t.Errorf("when the group may read it ReadMaster gives %v", err)
	}
}

func TestWhatIsNoMasterKeyIsRefusedWithoutShowingIt(t *testing.T) {
	good := "framdrift-master-1:qOUHJKJOSTKtVLX6cYKNPfHNO2SRPoPSUl44OBJdGYs"
	for _, text := range []string{
		"", "\n# nothing\n", "qOUHJKJOSTKtVLX6cYKNPfHNO2SRPoPSUl44OBJdGYs", strings.Replace(good, "-1:", "-2:", 1),
		good[:len(good)-1], good + "A", good + " " + good[:30], strings.Replace(good, "q", "=", 1),
	} {
		_, err := ParseMaster(text)
		if !errors.Is(err, ErrNotMaster) {
			t.Errorf("%q gives %v", text, err)
		} else if strings.Contains(err.Error(), "qOUH") {
			t.Errorf("the error shows it: %v", err)
		}
	}
	for _, text := range []string{good, good + "\n", "# made 2026\n" + good + "\n\n" + good, "  " + good + "\t" + good} {
		if _, err := ParseMaster(text); err != nil {
			t.Errorf("%q gives %v", text, err)
		}
	}
}

func TestAMasterKeyIsNeverShown(t *testing.T) {
	m := NewMaster()
	var said strings.Builder
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%x", "%X", "%q", "%d"} {
		fmt.Fprintf(&said, format, m)
		fmt.Fprintf(&said, format, struct{ Key Master }{m})
	}
	slog.New(slog.NewTextHandler(&said, nil)).Info("opened", "master", m)
	slog.New(slog.NewJSONHandler(&said, nil)).Info("opened", "master", m)
	if err := json.NewEncoder(&said).Encode(map[string]any{"master": m}); err != nil {
		t.Fatal(err)
	}
	key := m.keys[0]
	for _, secret := range []string{
		string(key[:]), fmt.Sprintf("%x", key[:4]), fmt.Sprintf("%X", key[:4]), base64.RawURLEncoding.EncodeToString(key[:])[:8],
		fmt.Sprintf("%d %d %d", key[0], key[1], key[2]), fmt.Sprintf("0x%x, 0x%x", key[0], key[1]),
	} {
		if strings.Contains(said.String(), secret) {
			t.Errorf("it is shown: %q in %s", secret, said.String())
		}
	}
}
