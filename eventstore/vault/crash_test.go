package vault

import (
	"bytes"
	"errors"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
)

func TestATornTailIsLeftOutAndWrittenOver(t *testing.T) {
	files, ids, keys := some(t)
	whole := files[keysFile]
	for cut := keyKind.size(); cut < len(whole); cut++ {
		dir := files.with(keysFile, whole[:cut]).lay(t)
		v := open(t, dir)
		there := cut/keyKind.size() - 1
		for i, id := range ids {
			if key, err := v.Find(id); i < there && (err != nil || key != keys[i]) || i >= there && !errors.Is(err, ErrNoKey) {
				t.Fatalf("cut at byte %d: key %d reads %x, %v", cut, i, key, err)
			}
		}
		later, laterKeys := makeKeys(t, v, 1)
		v = reopen(t, v, dir)
		if key, err := v.Find(later[0]); err != nil || key != laterKeys[0] || v.keys.whole != there+1 {
			t.Fatalf("cut at byte %d: the key made afterwards reads %v, of %d slots", cut, err, v.keys.whole)
		}
		closeVault(t, v)
	}
}

func TestATornPersonIsLeftOut(t *testing.T) {
	files, _, _ := some(t)
	whole := files[namesFile]
	for cut := 2 * personKind.size(); cut < len(whole); cut += 7 {
		v := open(t, files.with(namesFile, whole[:cut]).lay(t))
		if people, err := v.People(); err != nil || len(people) != 1 {
			t.Fatalf("cut at byte %d: the people are %v, %v", cut, people, err)
		}
		closeVault(t, v)
	}
}

func TestSectorsThatNeverReachedTheDiskHoldNoKeys(t *testing.T) {
	files, ids, keys := some(t)
	size := len(files[keysFile])
	for from := keyKind.size(); from < size; from += piece {
		for to := from + piece; to <= size; to += piece {
			torn := bytes.Clone(files[keysFile])
			clear(torn[from:to])
			v := open(t, files.with(keysFile, torn).lay(t))
			for i, id := range ids {
				begin, end := int(keyKind.offset(i)), int(keyKind.offset(i+1))
				key, err := v.Find(id)
				if outside := to <= begin || end <= from; outside && (err != nil || key != keys[i]) || !outside && !errors.Is(err, ErrNoKey) {
					t.Fatalf("zeros in bytes %d to %d: key %d reads %x, %v", from, to, i, key, err)
				}
			}
			closeVault(t, v)
		}
	}
}

// A power cut leaves some pieces of a slot that was being overwritten as they
// were. Whichever: the vault opens, no other slot has suffered, the key is
// whole, missing or destroyed, and to destroy it again destroys it.
func TestADestructionThatWasCutOffCanBeDoneAgain(t *testing.T) {
	files, ids, keys := some(t)
	before := slotOf(keyKind, files[keysFile], 1)
	after := keyKind.destroyed(name(before))
	for mask := range 1 << (len(before) / piece) {
		cut := bytes.Clone(files[keysFile])
		for p := range len(before) / piece {
			if mask&(1<<p) != 0 {
				copy(slotOf(keyKind, cut, 1)[p*piece:], after[p*piece:(p+1)*piece])
			}
		}
		dir := files.with(keysFile, cut).lay(t)
		v := open(t, dir)
		if key, err := v.Find(ids[1]); key != keys[1] && !errors.Is(err, ErrNoKey) && !errors.Is(err, ErrDestroyed) {
			t.Fatalf("pieces %05b: the key reads %x, %v", mask, key, err)
		}
		if mask&2 != 0 && len(holding(t, dir, before[32:])) != 0 {
			t.Fatalf("pieces %05b: it is marked, and not overwritten", mask)
		}
		if err := v.Destroy(t.Context(), ids[1]); err != nil {
			t.Fatalf("pieces %05b: Destroy: %v", mask, err)
		}
		v = reopen(t, v, dir)
		if _, err := v.Find(ids[1]); !errors.Is(err, ErrDestroyed) {
			t.Fatalf("pieces %05b: destroyed, it reads %v", mask, err)
		}
		for p := 2; p < len(before)/piece; p++ {
			if found := holding(t, dir, before[p*piece:(p+1)*piece]); len(found) != 0 {
				t.Fatalf("pieces %05b: piece %d of the key is still in %v", mask, p, found)
			}
		}
		for _, i := range []int{0, 2} {
			if key, err := v.Find(ids[i]); err != nil || key != keys[i] {
				t.Fatalf("pieces %05b: key %d reads %v", mask, i, err)
			}
		}
		closeVault(t, v)
	}
}

// The change of a person is a new slot, and then zeros where the old one was.
func TestAChangeOfAPersonThatWasCutOffIsTheOldOneOrTheNew(t *testing.T) {
	dir := t.TempDir()
	v := open(t, dir)
	put := func(p Person) {
		t.Helper()
		if err := v.Put(t.Context(), "u1", p); err != nil {
			t.Fatal(err)
		}
	}
	old, changed := Person{Name: "Kari Nordmann"}, Person{Name: "Kari Hansen"}
	put(old)
	before := read(t, dir)
	put(changed)
	closeVault(t, v)
	oldSlot, newSlot := slotOf(personKind, before[namesFile], 0), slotOf(personKind, read(t, dir)[namesFile], 1)
	for cut := piece; cut <= len(newSlot); cut += piece {
		torn := append(bytes.Clone(newSlot[:cut]), make([]byte, len(newSlot)-cut)...)
		at := before.with(namesFile, append(bytes.Clone(before[namesFile]), torn...)).lay(t)
		want, gone := old, torn[32:48]
		if cut == len(newSlot) {
			want, gone = changed, oldSlot[32:48]
		}
		v := open(t, at)
		if p, err := v.Person("u1"); err != nil || p != want {
			t.Fatalf("cut after %d bytes: it is %+v, %v", cut, p, err)
		}
		if cut > 48 && len(holding(t, at, gone)) != 0 {
			t.Fatalf("cut after %d bytes: the other is still on the disk", cut)
		}
		closeVault(t, v)
	}
}

// Whatever bit is wrong, no other key is given than the one that was made.
func TestAFlippedBitIsFound(t *testing.T) {
	files, ids, keys := some(t)
	for at := range files[keysFile] {
		flipped := bytes.Clone(files[keysFile])
		flipped[at] ^= 1 << (at % 8)
		dir := files.with(keysFile, flipped).lay(t)
		v, err := try(t, dir, master)
		if err == nil {
			t.Fatalf("byte %d: it is opened", at)
		}
		if !errors.Is(err, ErrDamaged) {
			t.Fatalf("byte %d: Open gives %v", at, err)
		}
		if left := read(t, dir); v != nil || !bytes.Equal(left[keysFile], flipped) {
			t.Fatalf("byte %d: Open touched it", at)
		}
	}
	for at := range files[namesFile] {
		flipped := bytes.Clone(files[namesFile])
		flipped[at] ^= 1 << (at % 8)
		if _, err := try(t, files.with(namesFile, flipped).lay(t), master); at < headSize || at >= personKind.size() {
			if !errors.Is(err, ErrDamaged) {
				t.Fatalf("byte %d of the names: Open gives %v", at, err)
			}
		}
	}
	v := open(t, files.lay(t))
	if key, err := v.Find(ids[0]); err != nil || key != keys[0] {
		t.Fatalf("as it was, it reads %v", err)
	}
}

func TestADamagedFileIsRefusedAndLeftAlone(t *testing.T) {
	files, _, _ := some(t)
	keys := files[keysFile]
	newer := bytes.Clone(keys)
	newer[piece-1]++
	for what, damaged := range map[string]stored{
		"an empty file":               files.with(keysFile, nil),
		"half a head":                 files.with(keysFile, keys[:47]),
		"another kind of file":        files.with(keysFile, []byte("MThd and so on, long enough to be one of ours, if only it had been; and some more")),
		"a newer version":             files.with(keysFile, newer),
		"names instead of keys":       files.with(keysFile, files[namesFile]),
		"two slots of the same event": files.with(keysFile, append(bytes.Clone(keys), slotOf(keyKind, keys, 1)...)),
		"a slot of another vault":     files.with(keysFile, append(bytes.Clone(keys), slotOf(keyKind, otherVault(t), 0)...)),
		"the names are gone":          {keysFile: keys},
		"the keys are gone":           {namesFile: files[namesFile]},
	} {
		t.Run(what, func(t *testing.T) {
			dir := damaged.lay(t)
			if _, err := try(t, dir, master); !errors.Is(err, ErrDamaged) {
				t.Errorf("Open gives %v", err)
			}
			for name, content := range damaged {
				if found := holding(t, dir, content); len(content) > 0 && len(found) == 0 {
					t.Errorf("Open touched %s", name)
				}
			}
		})
	}
}

func otherVault(t *testing.T) []byte {
	t.Helper()
	files, _, _ := some(t)
	return files[keysFile]
}

func TestSyncWithNothingToWriteDoesNotTouchTheFile(t *testing.T) {
	v := open(t, t.TempDir())
	makeKeys(t, v, 1)
	file := v.keys.file
	if err := file.Close(); err != nil { // so that touching it is an error
		t.Fatal(err)
	}
	if err := v.Sync(t.Context()); err != nil {
		t.Errorf("Sync with nothing to write gives %v", err)
	}
	if _, err := v.Make(newID(t)); err != nil {
		t.Fatal(err)
	}
	first := v.Sync(t.Context())
	if first == nil {
		t.Fatal("Sync into a closed file gives no error")
	}
	if again := v.Sync(t.Context()); !errors.Is(again, first) {
		t.Errorf("after an error Sync gives %v", again)
	}
	if err := v.Destroy(t.Context(), domain.EventID("01930000-0000-7000-8000-000000000000")); !errors.Is(err, ErrNoKey) {
		t.Errorf("Destroy of what never was gives %v", err)
	}
	v.keys.file = nil // it is closed
}
