package vault

import (
	"bytes"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/uuid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

// plainVault lays a vault of version 1 with n keys, byte by byte.
func plainVault(t testing.TB, n int) (dir string, ids []domain.EventID, keys []codec.Key) {
	t.Helper()
	content := []byte("framdrift keys\x00\x01")
	for range n {
		id, key := newID(t), codec.Key{}
		rand.Read(key[:])
		u := uuid.MustParse(string(id))
		content = append(append(content, u[:]...), key[:]...)
		ids, keys = append(ids, id), append(keys, key)
	}
	return stored{keysFile: content}.lay(t), ids, keys
}

// encrypted fails the test unless a vault that was of version 1 has all its
// keys, and no file below its directory holds one.
func encrypted(t *testing.T, what, dir string, ids []domain.EventID, keys []codec.Key) {
	t.Helper()
	v := open(t, dir)
	for i, id := range ids {
		if key, err := v.Find(id); err != nil || key != keys[i] {
			t.Fatalf("%s: key %d reads %x, %v", what, i, key, err)
		}
		if found := holding(t, dir, keys[i][:]); len(found) > 0 {
			t.Fatalf("%s: key %d lies as it is in %v", what, i, found)
		}
	}
	for _, suffix := range []string{newSuffix, oldSuffix} {
		if exists(filepath.Join(dir, keysFile) + suffix) {
			t.Errorf("%s: a file keys%s is left", what, suffix)
		}
	}
	closeVault(t, v)
}

func TestAVaultOfVersion1IsEncryptedAndOverwritten(t *testing.T) {
	dir, ids, keys := plainVault(t, 3)
	aside := filepath.Join(t.TempDir(), "the same file")
	if err := os.Link(filepath.Join(dir, keysFile), aside); err != nil {
		t.Fatal(err)
	}
	encrypted(t, "once", dir, ids, keys)
	if content, err := os.ReadFile(aside); err != nil || len(content) != 16+3*48 || !zero(content) {
		t.Errorf("what it was is not overwritten: %x, %v", content, err)
	}
	encrypted(t, "again", dir, ids, keys)
}

// An encryption that was cut off: each row is what the disk may hold then.
func TestAnEncryptionThatWasCutOffIsDoneAgain(t *testing.T) {
	dir, ids, keys := plainVault(t, 3)
	before := read2(t, filepath.Join(dir, keysFile))
	encrypted(t, "before", dir, ids, keys)
	after := read(t, dir)
	half := bytes.Clone(before)
	clear(half[:len(half)/2])
	for what, lay := range map[string]stored{
		"nothing was done":                           {keysFile: before},
		"the names were made":                        {keysFile: before, namesFile: after[namesFile]},
		"a part of the new file was written":         {keysFile: before, namesFile: after[namesFile], keysFile + newSuffix: after[keysFile][:100]},
		"the new file was written":                   {keysFile: before, namesFile: after[namesFile], keysFile + newSuffix: after[keysFile]},
		"the new file had taken the old one's place": {keysFile: after[keysFile], namesFile: after[namesFile], keysFile + oldSuffix: before},
		"half of the old one was overwritten":        {keysFile: after[keysFile], namesFile: after[namesFile], keysFile + oldSuffix: half},
	} {
		encrypted(t, what, lay.lay(t), ids, keys)
	}
	dir = stored{keysFile: before, namesFile: after[namesFile], keysFile + newSuffix: after[keysFile]}.lay(t)
	if err := os.Link(filepath.Join(dir, keysFile), filepath.Join(dir, keysFile+oldSuffix)); err != nil {
		t.Fatal(err)
	}
	encrypted(t, "the old file had got its second name", dir, ids, keys)
}

func read2(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// As version 1 was read: what a crash left holds no key, and the rest is damage.
func TestATornVaultOfVersion1(t *testing.T) {
	dir, ids, keys := plainVault(t, 3)
	whole := read2(t, filepath.Join(dir, keysFile))
	for cut := 16; cut < len(whole); cut += 5 {
		n := (cut - 16) / 48
		encrypted(t, "cut", stored{keysFile: whole[:cut]}.lay(t), ids[:n], keys[:n])
	}
	for at := 16; at < len(whole); at += 16 {
		torn := bytes.Clone(whole)
		clear(torn[at:min(at+32, len(torn))])
		v := open(t, stored{keysFile: torn}.lay(t))
		for i, id := range ids {
			begin := 16 + i*48
			if key, err := v.Find(id); (at+32 <= begin || begin+48 <= at) && (err != nil || key != keys[i]) {
				t.Fatalf("zeros at byte %d: key %d reads %v", at, i, err)
			}
		}
		closeVault(t, v)
	}
	for what, damaged := range map[string][]byte{
		"no UUID where one should be": append(bytes.Clone(whole), bytes.Repeat([]byte{0xff}, 48)...),
		"two keys of the same event":  append(bytes.Clone(whole), whole[16:64]...),
	} {
		dir := stored{keysFile: damaged}.lay(t)
		if _, err := try(t, dir, master); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: Open gives %v", what, err)
		}
		if !bytes.Equal(read2(t, filepath.Join(dir, keysFile)), damaged) {
			t.Errorf("%s: Open touched it", what)
		}
	}
}

func TestAVaultOfVersion1ThatOthersMayReadIsRefused(t *testing.T) {
	dir, _, _ := plainVault(t, 1)
	if err := os.Chmod(filepath.Join(dir, keysFile), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := try(t, dir, master); !errors.Is(err, ErrOpenToOthers) {
		t.Errorf("Open gives %v", err)
	}
}

// A vault under an older master key is written anew, as one of version 1 is.
func TestAnotherMasterKeyLeavesNothingUnderTheOldOne(t *testing.T) {
	dir := t.TempDir()
	v := open(t, dir)
	ids, keys := makeKeys(t, v, 3)
	if err := errors.Join(v.Destroy(t.Context(), ids[0]), v.Put(t.Context(), "u1", Person{Name: "Kari"})); err != nil {
		t.Fatal(err)
	}
	closeVault(t, v)
	before := read(t, dir)
	aside := filepath.Join(t.TempDir(), "the same file")
	if err := os.Link(filepath.Join(dir, keysFile), aside); err != nil {
		t.Fatal(err)
	}
	next := NewMaster()
	v, err := try(t, dir, next.Then(master))
	if err != nil {
		t.Fatal(err)
	}
	closeVault(t, v)
	if !zero(read2(t, aside)) {
		t.Error("what lay under the old one is not overwritten")
	}
	for n := 1; n < 3; n++ {
		if found := holding(t, dir, slotOf(keyKind, before[keysFile], n)[32:]); len(found) > 0 {
			t.Errorf("slot %d under the old one is still in %v", n, found)
		}
	}
	if _, err := try(t, dir, master); !errors.Is(err, ErrWrongMaster) {
		t.Errorf("under the old one Open gives %v", err)
	}
	if v, err = try(t, dir, next); err != nil {
		t.Fatalf("under the new one alone: %v", err)
	}
	if key, err := v.Find(ids[2]); err != nil || key != keys[2] {
		t.Errorf("under the new one alone a key reads %v", err)
	}
	if _, err := v.Find(ids[0]); !errors.Is(err, ErrDestroyed) {
		t.Errorf("a destroyed one reads %v", err)
	}
}

func TestAChangeOfMasterKeyThatWasCutOffIsDoneAgain(t *testing.T) {
	files, ids, keys := some(t)
	next := NewMaster()
	both := next.Then(master)
	dir := files.lay(t)
	v, err := try(t, dir, both)
	if err != nil {
		t.Fatal(err)
	}
	closeVault(t, v)
	after := read(t, dir)
	for what, lay := range map[string]stored{
		"only the names were written":      {keysFile: files[keysFile], namesFile: after[namesFile]},
		"the old names lie there":          {keysFile: files[keysFile], namesFile: after[namesFile], namesFile + oldSuffix: files[namesFile]},
		"the new keys lie there":           {keysFile: files[keysFile], namesFile: after[namesFile], keysFile + newSuffix: after[keysFile]},
		"the old keys lie there":           {keysFile: after[keysFile], namesFile: after[namesFile], keysFile + oldSuffix: files[keysFile]},
		"a part of the new keys lie there": {keysFile: files[keysFile], namesFile: after[namesFile], keysFile + newSuffix: after[keysFile][:90]},
	} {
		dir := lay.lay(t)
		v, err := try(t, dir, both)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		for i, id := range ids {
			if key, err := v.Find(id); err != nil || key != keys[i] {
				t.Errorf("%s: key %d reads %v", what, i, err)
			}
			if found := holding(t, dir, slotOf(keyKind, files[keysFile], i)[32:]); len(found) > 0 {
				t.Errorf("%s: key %d under the old one is still in %v", what, i, found)
			}
		}
		if p, err := v.Person("u1"); err != nil || p.Name != "Kari Nordmann" {
			t.Errorf("%s: u1 is %+v, %v", what, p, err)
		}
		closeVault(t, v)
	}
}
