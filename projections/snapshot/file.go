package snapshot

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// A Header says what a snapshot was made of. It is the first line of the file, in
// JSON; the value follows.
type Header struct {
	Region     string    `json:"region"`
	Projection string    `json:"projection"`
	Version    int       `json:"version"`  // of the projection
	Shape      string    `json:"shape"`    // Format.Shape
	Types      string    `json:"types"`    // of events that its writer knew, with a space between
	Sequence   uint64    `json:"sequence"` // of the last message it has
	Position   uint64    `json:"position"` // of the last event it has
	Time       time.Time `json:"time"`     // when that was recorded
	Digest     uint64    `json:"digest"`   // of the events it was given, see projections.Digest
	Root       string    `json:"root"`     // of the tree over them
	SHA256     string    `json:"sha256"`   // of this line without it, and the value
}

// line is the header as it is written.
func (h Header) line() ([]byte, error) {
	b, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("snapshot: %w", err)
	}
	return append(b, '\n'), nil
}

// sum is the header's SHA256.
func (h Header) sum(value []byte) (string, error) {
	h.SHA256 = ""
	line, err := h.line()
	sum := sha256.New()
	sum.Write(line)
	sum.Write(value)
	return hex.EncodeToString(sum.Sum(nil)), err
}

// Write puts a snapshot in a file, whole or not at all: it is written beside, and
// on disk, before it takes the place of the one before. The directory is made.
func Write(path string, h Header, value []byte) error {
	var err error
	if h.SHA256, err = h.sum(value); err != nil {
		return err
	}
	line, err := h.line()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	beside := path + ".new"
	if err := write(beside, line, value); err != nil {
		return errors.Join(fmt.Errorf("snapshot: %w", err), os.Remove(beside))
	}
	if err := os.Rename(beside, path); err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	return nil
}

func write(path string, all ...[]byte) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	for _, b := range all {
		if _, err := f.Write(b); err != nil {
			return err
		}
	}
	return f.Sync()
}

// Look gives what a file says of itself. Errors are those of Read, but that it is
// not known whether the rest is as it was written.
func Look(path string) (h Header, err error) {
	f, err := os.Open(path) //nolint:gosec // the path is ours
	if errors.Is(err, fs.ErrNotExist) {
		return h, fs.ErrNotExist
	}
	if err != nil {
		return h, fmt.Errorf("snapshot: %w", err)
	}
	err = json.NewDecoder(f).Decode(&h)
	if err = errors.Join(err, f.Close()); err != nil {
		return h, fmt.Errorf("%w: its first line: %w", ErrMalformed, err)
	}
	return h, nil
}

// Read gives what a file says and holds. Errors: fs.ErrNotExist, and ErrMalformed
// when a byte is another than was written.
func Read(path string) (h Header, value []byte, err error) {
	b, err := os.ReadFile(path) //nolint:gosec // the path is ours
	if errors.Is(err, fs.ErrNotExist) {
		return h, nil, fs.ErrNotExist
	}
	if err != nil {
		return h, nil, fmt.Errorf("snapshot: %w", err)
	}
	first, value, _ := bytes.Cut(b, []byte("\n"))
	if err := json.Unmarshal(first, &h); err != nil {
		return h, nil, fmt.Errorf("%w: its first line: %w", ErrMalformed, err)
	}
	line, _ := h.line()
	if sum, err := h.sum(value); err != nil || sum != h.SHA256 || len(line) != len(first)+1 || !bytes.HasPrefix(line, first) {
		return h, nil, fmt.Errorf("%w: its SHA-256 is not what its first line says", ErrMalformed)
	}
	return h, value, nil
}
