package notary

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The endings of a region's files.
const (
	keyFile        = ".key"
	publicFile     = ".pub"
	checkpointFile = ".checkpoint"
)

func (n *Notary) read(ending string) ([]byte, error) {
	b, err := os.ReadFile(n.path + ending)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s%s", ErrMissing, n.path, ending)
	}
	if err != nil {
		return nil, fmt.Errorf("notary: %w", err)
	}
	return b, nil
}

// orNone reads a file that need not be there.
func (n *Notary) orNone(ending string) ([]byte, error) {
	b, err := n.read(ending)
	if errors.Is(err, ErrMissing) {
		return nil, nil
	}
	return b, err
}

// writeKeys writes one a line.
func (n *Notary) writeKeys(ending string, keys []string) error {
	return writeSynced(n.path+ending, []byte(strings.Join(keys, "\n")+"\n"))
}

// writeSynced makes a file that is there whole or not at all, and on disk,
// name and all, when it returns.
func writeSynced(path string, content []byte) error {
	f, err := os.OpenFile(path+".tmp", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("notary: %w", err)
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(path+".tmp", path)
	}
	if err != nil {
		return fmt.Errorf("notary: writing %s: %w", path, err)
	}
	return syncDir(filepath.Dir(path))
}

func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("notary: %w", err)
	}
	return errors.Join(dir.Sync(), dir.Close())
}
