package vault

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/gofrs/flock"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

const (
	keysFile  = "keys"
	namesFile = "names"
	lockFile  = "lock"
)

// A File is a vault in files of its own. In memory it has where each key lies,
// some 45 bytes a key; a key is read and opened when it is asked for.
type File struct {
	lock         *flock.Flock
	keys, people *table
	saying       sync.Mutex // held by Put and Forget: a user who is being forgotten is not put back
}

var _ Vault = (*File)(nil)

// Needs reports whether there is a vault in a directory that was written
// under a master key: then no other will do.
func Needs(dir string) bool {
	return exists(filepath.Join(dir, namesFile)) || exists(filepath.Join(dir, keysFile)) && !plain(filepath.Join(dir, keysFile))
}

// Open reads the vault in a directory, and makes both when they are not
// there. A vault of version 1, whose keys were not encrypted, and one under
// another than the first of the master keys, is written anew, and what it
// was is overwritten. Errors: ErrWrongMaster, ErrOpenToOthers, ErrDamaged,
// ErrInUse, and those of the file system.
func Open(dir string, m Master) (*File, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("vault: making its directory: %w", err)
	}
	if err := private(dir, 0o700); err != nil {
		return nil, err
	}
	v := &File{lock: flock.New(filepath.Join(dir, lockFile), flock.SetPermissions(0o600))}
	switch held, err := v.lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("vault: locking it: %w", err)
	case !held:
		return nil, fmt.Errorf("%w: %s", ErrInUse, dir)
	}
	if err := v.open(dir, m); err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return v, nil
}

func (v *File) open(dir string, m Master) (err error) {
	keys, names := filepath.Join(dir, keysFile), filepath.Join(dir, namesFile)
	if err := prepare(dir, keys, names, m); err != nil {
		return err
	}
	if v.people, err = openUnder(personKind, names, m); err != nil {
		return err
	}
	v.keys, err = openUnder(keyKind, keys, m)
	return err
}

// prepare sees to it that both files are there, and of this version. The keys
// come last: where they are, the people ought to be.
func prepare(dir, keys, names string, m Master) error {
	if err := errors.Join(finish(keys), finish(names)); err != nil {
		return fmt.Errorf("vault: finishing what was cut off: %w", err)
	}
	fresh, old := !exists(keys), plain(keys)
	if !exists(names) {
		if !fresh && !old {
			return fmt.Errorf("%w: %s is missing", ErrDamaged, names)
		}
		if err := createTable(personKind, names, m); err != nil {
			return fmt.Errorf("vault: making the file of names: %w", err)
		}
	}
	switch {
	case fresh:
		if info, err := os.Stat(names); err != nil || info.Size() > personKind.offset(0) {
			return errors.Join(fmt.Errorf("%w: %s is missing", ErrDamaged, keys), err)
		}
		if err := createTable(keyKind, keys, m); err != nil {
			return fmt.Errorf("vault: making the file of keys: %w", err)
		}
		return errors.Join(syncDir(dir), syncDir(filepath.Dir(dir)))
	case old:
		return migrate(keys, m)
	}
	return nil
}

// openUnder opens a file of slots, after it has been written anew if that was
// under an older master key.
func openUnder(k kind, path string, m Master) (*table, error) {
	t, first, err := openTable(k, path, m, os.O_RDWR)
	if err != nil || first {
		return t, err
	}
	err = errors.Join(t.rewrap(m), t.close())
	if err == nil {
		err = swap(path)
	}
	if err != nil {
		return nil, fmt.Errorf("vault: writing %s anew under another master key: %w", path, err)
	}
	t, _, err = openTable(k, path, m, os.O_RDWR)
	return t, err
}

// Look reads the vault in a directory and changes nothing, also while somebody
// else has it open. Keys that are made in it cannot be synced. For a vault of
// version 1 no master key is needed. Errors: as Open, and fs.ErrNotExist.
func Look(dir string, m Master) (*File, error) {
	if err := private(dir, 0o700); err != nil {
		return nil, err
	}
	keys, v := filepath.Join(dir, keysFile), &File{}
	var err error
	if plain(keys) {
		v.keys, v.people, err = lookPlain(keys)
		return v, err
	}
	if v.keys, _, err = openTable(keyKind, keys, m, os.O_RDONLY); err == nil {
		v.people, _, err = openTable(personKind, filepath.Join(dir, namesFile), m, os.O_RDONLY)
	}
	if err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return v, nil
}

// rewrap writes path.new with the same slots under the first of the master
// keys. Slots that hold nothing are left out.
func (t *table) rewrap(m Master) error {
	head, under := t.newHead(m)
	var slots []byte
	err := t.each(func(n name, secret []byte) error {
		slots = under.copy(slots, n, secret)
		return nil
	})
	return errors.Join(err, writeSynced(t.path+newSuffix, io.MultiReader(t.padded(head), bytes.NewReader(slots))))
}

// padded is a head with zeros to the length of a slot.
func (k kind) padded(head []byte) io.Reader {
	return io.LimitReader(io.MultiReader(bytes.NewReader(head), zeros{}), int64(k.size()))
}

// Make returns a new key for the event, or the key it has: an event that is
// encoded again is sealed with the same key. The key is on disk after the next
// Sync. The id must be a UUID. ErrDestroyed when the event had one.
func (v *File) Make(event domain.EventID) (codec.Key, error) {
	n, err := keyName(event)
	if err != nil {
		return codec.Key{}, err
	}
	var key codec.Key
	rand.Read(key[:]) // never errs: it ends the program instead
	switch _, had, err := v.keys.add(n, key[:], false); {
	case err != nil:
		return codec.Key{}, err
	case had:
		return v.Find(event)
	}
	return key, nil
}

// Find returns the event's key. Errors: ErrNoKey, ErrDestroyed.
func (v *File) Find(event domain.EventID) (codec.Key, error) {
	n, err := keyName(event)
	if err != nil {
		return codec.Key{}, ErrNoKey
	}
	var key codec.Key
	opened, err := v.keys.find(n)
	copy(key[:], opened)
	return key, err
}

// Sync is as in Vault. Those who come while one syncs find it done.
func (v *File) Sync(context.Context) error { return v.keys.sync() }

// Destroy is as in Vault.
func (v *File) Destroy(_ context.Context, events ...domain.EventID) error {
	names := make([]name, len(events))
	for i, event := range events {
		n, err := keyName(event)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrNoKey, err)
		}
		names[i] = n
	}
	return v.keys.destroy(names...)
}

// Put is as in Directory. The new slot is on disk before the old is overwritten.
func (v *File) Put(_ context.Context, user domain.UserID, p Person) error {
	if err := domain.CheckID(user); err != nil {
		return err
	}
	secret, err := encodePerson(Entry{user, p})
	if err != nil {
		return err
	}
	n := personName(user)
	v.saying.Lock()
	defer v.saying.Unlock()
	if _, err := v.people.find(n); err != nil && !errors.Is(err, ErrNoKey) {
		return ofPerson(err)
	}
	return v.people.change(n, secret)
}

// Person is as in Directory.
func (v *File) Person(user domain.UserID) (Person, error) {
	e, err := decodePerson(v.people.find(personName(user)))
	return e.Person, err
}

// Forget is as in Directory.
func (v *File) Forget(_ context.Context, user domain.UserID) error {
	v.saying.Lock()
	defer v.saying.Unlock()
	return ofPerson(v.people.destroy(personName(user)))
}

// People is as in Directory.
func (v *File) People() ([]Entry, error) {
	all := []Entry{}
	err := v.people.each(func(_ name, secret []byte) error {
		if secret == nil {
			return nil
		}
		e, err := decodePerson(secret, nil)
		all = append(all, e)
		return err
	})
	return sorted(all), err
}

// Len is as in Vault.
func (v *File) Len() int {
	v.keys.mu.RLock()
	defer v.keys.mu.RUnlock()
	return v.keys.live
}

// Backup is as in Vault. Keys that are not synced are not in it.
func (v *File) Backup(ctx context.Context, dir string) error {
	err := newDir(dir)
	if err == nil {
		err = errors.Join(v.people.copyTo(ctx, filepath.Join(dir, namesFile)), v.keys.copyTo(ctx, filepath.Join(dir, keysFile)))
	}
	if err = errors.Join(err, syncDir(dir), syncDir(filepath.Dir(dir))); err != nil {
		return fmt.Errorf("vault: writing a copy to %s: %w", dir, err)
	}
	return nil
}

// newDir makes a directory, or takes one that is empty.
func newDir(dir string) error {
	there, err := os.ReadDir(dir)
	switch {
	case err == nil && len(there) > 0:
		return errors.New("there is something in it")
	case err == nil:
		return private(dir, 0o700)
	}
	return os.MkdirAll(dir, 0o700)
}

// Wipe closes the vault and overwrites its files, when all that is in it has
// found another place.
func (v *File) Wipe() error {
	paths := []string{v.keys.path, v.people.path, v.lock.Path()}
	if err := v.Close(); err != nil {
		return err
	}
	for _, path := range paths {
		if err := wipe(path); err != nil {
			return fmt.Errorf("vault: overwriting %s: %w", path, err)
		}
	}
	return nil
}

// Close lets go of the files. Keys that were not synced are lost, as nothing
// was stored that needs them. A second Close does nothing.
func (v *File) Close() error {
	var errs []error
	for _, t := range []*table{v.keys, v.people} {
		if t != nil {
			errs = append(errs, t.close())
		}
	}
	if v.lock != nil {
		errs = append(errs, v.lock.Unlock())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("vault: closing: %w", err)
	}
	return nil
}
