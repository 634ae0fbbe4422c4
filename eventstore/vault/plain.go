package vault

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/google/uuid"

	"github.com/fosenregionen/framdrift/eventstore/codec"
)

// A vault of version 1 was one file, whose keys were not encrypted:
//
//	offset 0    16 bytes  framdrift keys\x00\x01
//	offset 16   16 bytes  UUID of the first event
//	offset 32   32 bytes  its AES-256 key; and so on, 48 bytes an event
//
// A part of a slot at the end, and a slot in which the UUID or the key is
// zeros, were being written when the power went.
const (
	plainHead = "framdrift keys\x00\x01"
	plainSize = len(name{}) + len(codec.Key{})
)

// plain reports whether a file is of version 1.
func plain(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close() //nolint:errcheck // it was only read
	head := make([]byte, len(plainHead))
	_, err = file.ReadAt(head, 0)
	return err == nil && string(head) == plainHead
}

// migrate writes a file of version 1 anew, encrypted, and overwrites what it was.
func migrate(path string, m Master) error {
	head, under := keyKind.newHead(m)
	slots, _, err := encrypt(path, under)
	if err != nil {
		return err
	}
	err = writeSynced(path+newSuffix, io.MultiReader(keyKind.padded(head), bytes.NewReader(slots)))
	if err == nil {
		err = swap(path)
	}
	if err != nil {
		return fmt.Errorf("vault: encrypting the keys: %w", err)
	}
	return nil
}

// encrypt gives the keys of a file of version 1 as slots, and where each is.
func encrypt(path string, under sealer) (slots []byte, index map[name]uint32, err error) {
	if err := private(path, 0o600); err != nil {
		return nil, nil, err
	}
	stored, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, fmt.Errorf("vault: reading the keys: %w", err)
	}
	defer clear(stored)
	index = map[name]uint32{}
	for at := len(plainHead); at+plainSize <= len(stored); at += plainSize {
		n, key := name(stored[at:]), codec.Key(stored[at+len(name{}):])
		_, twice := index[n]
		switch {
		case n == (name{}) || key == (codec.Key{}) && valid(uuid.UUID(n)):
			continue
		case !valid(uuid.UUID(n)):
			return nil, nil, fmt.Errorf("%w: %s at byte %d: what should be a UUID is not", ErrDamaged, path, at)
		case twice:
			return nil, nil, fmt.Errorf("%w: %s at byte %d: a second key of the same event", ErrDamaged, path, at)
		}
		index[n] = uint32(len(index))
		slots = under.add(slots, n, key[:])
	}
	return slots, index, nil
}

// lookPlain is a vault of version 1 to look at: its slots lie in memory, under
// a key that is nobody's.
func lookPlain(path string) (keys, people *table, err error) {
	_, under := keyKind.newHead(NewMaster())
	_, underNames := personKind.newHead(NewMaster())
	slots, index, err := encrypt(path, under)
	if err != nil {
		return nil, nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("vault: opening the keys: %w", err)
	}
	other, err := os.Open(path)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("vault: opening the keys: %w", err), file.Close())
	}
	return &table{sealer: under, path: path, file: file, index: index, live: len(index), pending: slots},
		&table{sealer: underNames, path: path, file: other, index: map[name]uint32{}}, nil
}
