// Package vault keeps the keys that seal free text, outside the log: the log
// is for ever, and what a person wrote must be possible to erase. Package
// codec seals the texts of an event with the event's own key.
//
// # The bytes
//
// A vault is a directory (mode 0700) with one file, keys (mode 0600), that
// only grows:
//
//	offset 0    16 bytes  framdrift keys\x00\x01        the header; its last byte is the version
//	offset 16   16 bytes  019a…                         UUID of the first event
//	offset 32   32 bytes  …                             its AES-256 key
//	offset 64   16 bytes  019a…                         UUID of the second event
//	offset 80   32 bytes  …                             and so on, one slot of 48 bytes an event
//
// A key lies in its slot as it is: whoever can read the file can read the
// texts. Each stands in a slot of its own so that one can be destroyed alone.
//
// # After a crash
//
// The file may end in a part of a slot, and the slots that were being written
// may be zeros where the disk got only some of its sectors. No event was ever
// stored with a key from there (Sync comes first, see below). So a part of a
// slot at the end is written over by the next Sync, and a slot in which the
// UUID or the key is zero holds no key. Sectors are whole multiples of 16
// bytes, so no UUID is ever torn: one that is not a UUID, and a second key of
// the same event, are damage.
//
// # Order
//
//	key, err := v.Make(event)   // any number of events
//	err = v.Sync()              // all their keys on disk, one write and one fsync
//	log.Append(…)               // only now
package vault

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/google/uuid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

const (
	fileName = "keys"
	header   = "framdrift keys\x00\x01"
	slotSize = len(uuid.UUID{}) + len(codec.Key{})
)

var (
	// ErrClosed is any use of a closed vault.
	ErrClosed = errors.New("vault: closed")
	// ErrDamaged is a file of keys that holds what was never written to it.
	ErrDamaged = errors.New("vault: damaged")
	// ErrOpenToOthers is a vault that other users of the machine may read.
	ErrOpenToOthers = errors.New("vault: others may read it")
)

// A Vault holds the keys of all events of one installation; it is codec.Keys.
// All methods may be used at the same time. Every key is in memory: 70 to 120
// bytes for each event that has a text, so about 100 MB a million.
type Vault struct {
	mu      sync.Mutex // guards everything below
	file    *os.File   // nil when closed
	size    int64      // of the header and whole slots in the file
	keys    map[uuid.UUID]codec.Key
	pending []byte // slots that are not in the file yet
	err     error  // why the file can no longer be trusted to take slots
}

var _ codec.Keys = (*Vault)(nil)

// Open reads the vault in a directory, and makes both when they are not
// there. Errors: ErrOpenToOthers, ErrDamaged, and those of the file system.
func Open(dir string) (*Vault, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("vault: making its directory: %w", err)
	}
	if err := private(dir, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, fileName)
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		if err := create(dir, path); err != nil {
			return nil, fmt.Errorf("vault: making the file of keys: %w", err)
		}
	}
	return openFile(path, os.O_RDWR)
}

// Look reads the vault in a directory and changes nothing, also while somebody
// else has it open. Keys that are made in it cannot be synced. Errors: as Open,
// and fs.ErrNotExist.
func Look(dir string) (*Vault, error) {
	if err := private(dir, 0o700); err != nil {
		return nil, err
	}
	return openFile(filepath.Join(dir, fileName), os.O_RDONLY)
}

func openFile(path string, how int) (*Vault, error) {
	if err := private(path, 0o600); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, how, 0)
	if err != nil {
		return nil, fmt.Errorf("vault: opening the keys: %w", err)
	}
	v := &Vault{file: file}
	if err := v.load(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return v, nil
}

// Len is how many keys there are.
func (v *Vault) Len() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.keys)
}

// private refuses a file or directory with more permissions than it may have.
func private(path string, most fs.FileMode) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("vault: looking at its permissions: %w", err)
	}
	if has := info.Mode().Perm(); has&^most != 0 {
		return fmt.Errorf("%w: %s has mode %04o and may have at most %04o", ErrOpenToOthers, path, has, most)
	}
	return nil
}

// create puts an empty file of keys in the directory: whole, or not at all.
func create(dir, path string) error {
	made, err := os.OpenFile(path+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = made.WriteString(header)
	if err = errors.Join(err, made.Sync(), made.Close()); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	return errors.Join(syncDir(dir), syncDir(filepath.Dir(dir)))
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// load reads every whole slot.
func (v *Vault) load() error {
	stored, err := os.ReadFile(v.file.Name())
	if err != nil {
		return fmt.Errorf("vault: reading the keys: %w", err)
	}
	slots, ok := bytes.CutPrefix(stored, []byte(header))
	if !ok {
		return fmt.Errorf("%w: %s does not begin as a file of keys of version %d does", ErrDamaged, v.file.Name(), header[len(header)-1])
	}
	v.keys = make(map[uuid.UUID]codec.Key, len(slots)/slotSize)
	v.size = int64(len(header))
	for ; len(slots) >= slotSize; slots = slots[slotSize:] {
		if err := v.take(slots[:slotSize]); err != nil {
			return fmt.Errorf("%w: %s at byte %d: %w", ErrDamaged, v.file.Name(), v.size, err)
		}
		v.size += int64(slotSize)
	}
	return nil
}

// take keeps the key of a slot, if it has one.
func (v *Vault) take(slot []byte) error {
	id, key := uuid.UUID(slot[:len(uuid.UUID{})]), codec.Key(slot[len(uuid.UUID{}):])
	if id == (uuid.UUID{}) {
		return nil
	}
	if !valid(id) {
		return errors.New("what should be a UUID is not")
	}
	if key == (codec.Key{}) {
		return nil
	}
	if _, twice := v.keys[id]; twice {
		return errors.New("a second key of the same event")
	}
	v.keys[id] = key
	return nil
}

// Make returns a new key for the event, or the key it has: an event that is
// encoded again is sealed with the same key. The key is on disk after the
// next Sync. The id must be a UUID.
func (v *Vault) Make(event domain.EventID) (codec.Key, error) {
	id, err := parse(event)
	if err != nil {
		return codec.Key{}, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.file == nil {
		return codec.Key{}, ErrClosed
	}
	if key, ok := v.keys[id]; ok {
		return key, nil
	}
	var key codec.Key
	rand.Read(key[:]) // never errs: it ends the program instead
	v.keys[id] = key
	v.pending = append(append(v.pending, id[:]...), key[:]...)
	return key, nil
}

// Find returns the event's key; false when there is none (any more).
func (v *Vault) Find(event domain.EventID) (codec.Key, bool) {
	id, err := parse(event)
	if err != nil {
		return codec.Key{}, false
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	key, ok := v.keys[id]
	return key, ok
}

// Sync puts every key made so far on disk, in one write and one fsync; it
// does nothing when they are there. Whoever appends calls it first. After an
// error every later Sync that has something to write gives the error too: what
// the file holds is then unknown until the vault is opened again.
func (v *Vault) Sync() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch {
	case v.file == nil:
		return ErrClosed
	case len(v.pending) == 0:
		return nil
	case v.err != nil:
		return v.err
	}
	_, err := v.file.WriteAt(v.pending, v.size)
	if err == nil {
		err = v.file.Sync()
	}
	if err != nil {
		v.err = fmt.Errorf("vault: writing %d keys: %w", len(v.pending)/slotSize, err)
		return v.err
	}
	v.size += int64(len(v.pending))
	clear(v.pending) // no copies of keys beyond the map
	v.pending = v.pending[:0]
	return nil
}

// Close forgets the keys. Those that were not synced are lost, as nothing was
// stored that needs them.
func (v *Vault) Close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.file == nil {
		return nil
	}
	err := v.file.Close()
	v.file, v.keys, v.pending = nil, nil, nil
	if err != nil {
		return fmt.Errorf("vault: closing: %w", err)
	}
	return nil
}

// parse reads a UUID in its usual form of 36 characters and no other.
func parse(event domain.EventID) (uuid.UUID, error) {
	id, err := uuid.Parse(string(event))
	if err != nil || len(event) != len(id.String()) || !valid(id) {
		return uuid.UUID{}, fmt.Errorf("vault: the event id %q is not a UUID", event)
	}
	return id, nil
}

// valid looks at the version and the variant (RFC 9562).
func valid(id uuid.UUID) bool {
	return id.Variant() == uuid.RFC4122 && 1 <= id.Version() && id.Version() <= 8
}
