package vault

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"slices"
	"sync"
)

// A table is one file of slots in use: a head, filled up with zeros to the
// length of a slot, and slots one after the other. In memory it has where each
// slot lies, and not what it holds.
type table struct {
	sealer
	path  string
	flush sync.Mutex // held by whoever writes to the file

	mu      sync.RWMutex // guards all below
	file    *os.File     // nil when closed
	whole   int          // slots in the file
	index   map[name]uint32
	live    int    // of them that are not destroyed
	pending []byte // slots that are not in the file yet
	err     error  // why the file can no longer be trusted to take slots
}

// createTable puts an empty file of slots in place: whole, or not at all.
func createTable(k kind, path string, m Master) error {
	head, _ := k.newHead(m)
	if err := writeSynced(path+newSuffix, k.padded(head)); err != nil {
		return err
	}
	return os.Rename(path+newSuffix, path)
}

// openTable reads every slot of a file that is opened as os.OpenFile is told
// how. It also tells whether the file is written under the first of the master
// keys. Errors: ErrDamaged, ErrWrongMaster.
func openTable(k kind, path string, m Master, how int) (t *table, first bool, err error) {
	if err := private(path, 0o600); err != nil {
		return nil, false, err
	}
	file, err := os.OpenFile(path, how, 0)
	if err != nil {
		return nil, false, fmt.Errorf("vault: opening %s: %w", path, err)
	}
	t = &table{path: path, file: file, index: map[name]uint32{}}
	head := make([]byte, k.size())
	if _, err = io.ReadFull(file, head); err != nil {
		err = fmt.Errorf("%w: it is shorter than its head", ErrDamaged)
	} else if t.sealer, first, err = k.openHead(m, head[:headSize]); err == nil {
		err = t.load(how == os.O_RDONLY)
	}
	if err != nil {
		return nil, false, errors.Join(fmt.Errorf("%s: %w", path, err), file.Close())
	}
	return t, first, nil
}

// load opens every whole slot once, to know that it is what was written, and
// finishes what a crash cut off, unless somebody only looks: an overwriting, or
// the change of a person.
func (t *table) load(looking bool) error {
	var cut []int // slots to overwrite
	scratch := make([]byte, 0, t.plain)
	defer clear(scratch[:t.plain])
	for number, slot := range t.slots(t.file, math.MaxInt32) {
		t.whole = number + 1
		n := name(slot[:piece])
		if n == (name{}) {
			continue
		}
		_, err := t.open(scratch, slot)
		earlier, twice := t.index[n]
		switch {
		case errors.Is(err, ErrDamaged):
			return fmt.Errorf("slot %d: %w", number, err)
		case twice && errors.Is(err, ErrNoKey): // the change that was cut off
			cut = append(cut, number)
			continue
		case twice && t.kind == keyKind:
			return fmt.Errorf("slot %d: %w: a second one of the same event", number, ErrDamaged)
		case twice:
			cut = append(cut, int(earlier))
		case err == nil:
			t.live++
		case errors.Is(err, ErrDestroyed) && !t.isDestroyed(slot):
			cut = append(cut, number)
		}
		t.index[n] = uint32(number)
	}
	if looking {
		return nil
	}
	return t.overwrite(cut)
}

// slots gives every slot up to a number of them; the bytes are good for the
// one round. What stops it early is seen by its number.
func (t *table) slots(file io.ReaderAt, most int) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		r := bufio.NewReaderSize(io.NewSectionReader(file, t.offset(0), int64(most)*int64(t.size())), 1<<20)
		slot := make([]byte, t.size())
		for number := 0; ; number++ {
			if _, err := io.ReadFull(r, slot); err != nil || !yield(number, slot) {
				return
			}
		}
	}
}

func (k kind) offset(number int) int64 { return int64(number+1) * int64(k.size()) }

// find opens the slot of a name. Errors: ErrNoKey, ErrDestroyed, ErrDamaged.
func (t *table) find(n name) ([]byte, error) {
	size := t.size()
	buffer := make([]byte, size+t.plain) // the slot, and what it holds
	t.mu.RLock()
	defer t.mu.RUnlock()
	if t.file == nil {
		return nil, ErrClosed
	}
	number, ok := t.index[n]
	if !ok {
		return nil, ErrNoKey
	}
	slot, err := t.slot(int(number), buffer[:size])
	if err != nil {
		return nil, err
	}
	return t.open(buffer[size:size], slot)
}

// slot reads one slot, from the file or from what waits for it. mu is held.
func (t *table) slot(number int, buffer []byte) ([]byte, error) {
	if waiting := number - t.whole; waiting >= 0 {
		return t.pending[waiting*t.size() : (waiting+1)*t.size()], nil
	}
	if _, err := t.file.ReadAt(buffer, t.offset(number)); err != nil {
		return nil, fmt.Errorf("vault: reading slot %d of %s: %w", number, t.path, err)
	}
	return buffer, nil
}

// add makes a slot for a name, which is in the file after the next sync. When
// the name has one it says so, and adds another only if it is told to.
func (t *table) add(n name, secret []byte, another bool) (earlier int, had bool, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.file == nil {
		return 0, false, ErrClosed
	}
	number, had := t.index[n]
	if had && !another {
		return int(number), true, nil
	}
	t.index[n] = uint32(t.whole + len(t.pending)/t.size())
	if t.pending = t.sealer.add(t.pending, n, secret); !had {
		t.live++
	}
	return int(number), had, nil
}

// sync puts every slot that waits into the file, in one write and one fsync.
// Those who come meanwhile find it done.
func (t *table) sync() error {
	t.flush.Lock()
	defer t.flush.Unlock()
	return t.write()
}

// write is sync for who holds flush.
func (t *table) write() error {
	t.mu.RLock()
	file, waiting, at, err := t.file, t.pending, t.offset(t.whole), t.err
	t.mu.RUnlock()
	switch {
	case file == nil:
		return ErrClosed
	case len(waiting) == 0:
		return nil
	case err != nil:
		return err
	}
	if _, err = file.WriteAt(waiting, at); err == nil {
		err = file.Sync()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil {
		t.err = fmt.Errorf("vault: writing %d slots of %s: %w", len(waiting)/t.size(), t.path, err)
		return t.err
	}
	t.whole += len(waiting) / t.size()
	t.pending = slices.Clone(t.pending[len(waiting):])
	return nil
}

// destroy overwrites the slots of names, for good. ErrNoKey, and nothing is
// done, if one of them has none; one that is destroyed already is passed over.
func (t *table) destroy(names ...name) error {
	t.flush.Lock()
	defer t.flush.Unlock()
	numbers, err := t.numbers(names)
	if err == nil {
		err = t.write()
	}
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.overwrite(numbers)
}

func (t *table) numbers(names []name) ([]int, error) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if t.file == nil {
		return nil, ErrClosed
	}
	numbers := make([]int, len(names))
	for i, n := range names {
		number, ok := t.index[n]
		if !ok {
			return nil, ErrNoKey
		}
		numbers[i] = int(number)
	}
	return numbers, nil
}

// overwrite destroys slots in the file, and syncs once. A slot that is not the
// last one of its name becomes nothing but zeros. Who calls it holds mu.
func (t *table) overwrite(numbers []int) error {
	switch {
	case t.file == nil:
		return ErrClosed
	case t.err != nil:
		return t.err
	}
	changed := false
	buffer := make([]byte, t.size())
	for _, number := range numbers {
		slot, err := t.slot(number, buffer)
		if err != nil {
			return err
		}
		n := name(slot[:piece])
		over := t.destroyed(n)
		if last, ok := t.index[n]; !ok || int(last) != number {
			clear(over)
		} else if t.isDestroyed(slot) {
			continue
		} else if _, err := t.open(nil, slot); err == nil {
			t.live--
		}
		changed = true
		if _, err := t.file.WriteAt(over, t.offset(number)); err != nil {
			t.err = fmt.Errorf("vault: overwriting slot %d of %s: %w", number, t.path, err)
			return t.err
		}
	}
	if !changed {
		return nil
	}
	if err := t.file.Sync(); err != nil {
		t.err = fmt.Errorf("vault: overwriting %d slots of %s: %w", len(numbers), t.path, err)
	}
	return t.err
}

// change adds a slot for a name in the place of the one it has, and overwrites
// that when the new one is on disk.
func (t *table) change(n name, secret []byte) error {
	earlier, had, err := t.add(n, secret, true)
	if err == nil {
		err = t.sync()
	}
	if err != nil || !had {
		return err
	}
	t.flush.Lock()
	defer t.flush.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.overwrite([]int{earlier})
}

// each opens every slot in the file, one after the other; a destroyed one has
// no secret. The secret is good for the one call.
func (t *table) each(f func(n name, secret []byte) error) error {
	t.flush.Lock()
	defer t.flush.Unlock()
	t.mu.RLock()
	file, whole := t.file, t.whole
	t.mu.RUnlock()
	if file == nil {
		return ErrClosed
	}
	scratch := make([]byte, 0, t.plain)
	defer clear(scratch[:t.plain])
	for _, slot := range t.slots(file, whole) {
		n := name(slot[:piece])
		secret, err := t.open(scratch, slot)
		switch {
		case n == (name{}) || errors.Is(err, ErrNoKey):
			continue
		case err == nil || errors.Is(err, ErrDestroyed):
			err = f(n, secret)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// copyTo writes the file as it stands on disk to another place.
func (t *table) copyTo(ctx context.Context, path string) error {
	t.flush.Lock()
	defer t.flush.Unlock()
	t.mu.RLock()
	file, size := t.file, t.offset(t.whole)
	t.mu.RUnlock()
	if file == nil {
		return ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return writeSynced(path, io.NewSectionReader(file, 0, size))
}

func (t *table) close() error {
	t.flush.Lock()
	defer t.flush.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.file == nil {
		return nil
	}
	err := t.file.Close()
	t.file, t.index, t.pending = nil, nil, nil
	return err
}
