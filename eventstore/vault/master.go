package vault

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// masterPrefix begins every master key, with the version of what follows: the
// key's 32 bytes in base64url without padding.
const masterPrefix = "framdrift-master-1:"

var (
	// ErrNoMaster is a vault whose master key is not where it should be.
	ErrNoMaster = errors.New("vault: the master key is missing")
	// ErrWrongMaster is a master key that the vault was not written under.
	ErrWrongMaster = errors.New("vault: written under another master key")
	// ErrNotMaster is a file or a variable that holds something else.
	ErrNotMaster = errors.New("vault: not a master key")
)

// A Master is what a vault is encrypted under: the key for all that is written
// from now on, and then older ones, under which it may still have been
// written. It shows itself to nobody: printed or logged it is a word.
type Master struct{ keys []masterKey }

type masterKey [32]byte

// NewMaster is a new master key.
func NewMaster() Master {
	var key masterKey
	rand.Read(key[:]) // never errs: it ends the program instead
	return Master{[]masterKey{key}}
}

// ParseMaster reads master keys with white space between them, the one to
// write under first:
//
//	framdrift-master-1:qOUHJKJOSTKtVLX6cYKNPfHNO2SRPoPSUl44OBJdGYs
//
// A line that begins with # is a remark. Errors: ErrNotMaster.
func ParseMaster(text string) (Master, error) {
	var m Master
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for word := range strings.FieldsSeq(line) {
			encoded, ok := strings.CutPrefix(word, masterPrefix)
			key, err := base64.RawURLEncoding.Strict().DecodeString(encoded)
			if !ok || err != nil || len(key) != len(masterKey{}) {
				return Master{}, fmt.Errorf("%w: key number %d is not %s and 43 characters", ErrNotMaster, len(m.keys)+1, masterPrefix)
			}
			m.keys = append(m.keys, masterKey(key))
		}
	}
	if len(m.keys) == 0 {
		return Master{}, fmt.Errorf("%w: there is none", ErrNotMaster)
	}
	return m, nil
}

// ReadMaster reads the master keys in a file that nobody else may read.
// Errors: ErrNoMaster when there is no such file, ErrNotMaster, ErrOpenToOthers.
func ReadMaster(path string) (Master, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Master{}, fmt.Errorf("%w: there is no file %s", ErrNoMaster, path)
	}
	if err != nil {
		return Master{}, fmt.Errorf("vault: reading the master key: %w", err)
	}
	if err := private(path, 0o600); err != nil {
		return Master{}, err
	}
	m, err := ParseMaster(string(text))
	if err != nil {
		return Master{}, fmt.Errorf("%w (in %s)", err, path)
	}
	return m, nil
}

// Write puts the keys in a new file that nobody else may read; it is there
// whole or not at all. It refuses to write over one that is there.
func (m Master) Write(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("vault: writing the master key: %s is there already", path)
	}
	var text strings.Builder
	for _, key := range m.keys {
		fmt.Fprintln(&text, masterPrefix+base64.RawURLEncoding.EncodeToString(key[:]))
	}
	err := writeSynced(path+newSuffix, strings.NewReader(text.String()))
	if err == nil {
		err = os.Rename(path+newSuffix, path)
	}
	if err = errors.Join(err, syncDir(filepath.Dir(path))); err != nil {
		return fmt.Errorf("vault: writing the master key: %w", err)
	}
	return nil
}

// Then is m with the keys of older after its own: what was written under them
// is still read, and a vault in files is written anew under the first.
func (m Master) Then(older Master) Master {
	return Master{append(append([]masterKey(nil), m.keys...), older.keys...)}
}

const masterShown = "master key (not shown)"

// Format writes masterShown for every verb.
func (Master) Format(s fmt.State, _ rune) { fmt.Fprint(s, masterShown) }

// MarshalText writes masterShown, so that JSON and slog do.
func (Master) MarshalText() ([]byte, error) { return []byte(masterShown), nil }
