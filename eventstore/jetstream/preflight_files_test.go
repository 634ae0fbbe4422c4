package jetstream

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore"
)

func TestALogCutInTheMiddleOfItsLastRecordLosesOnlyThat(t *testing.T) {
	for _, s := range specimens(t) {
		sequence, last := s.last()
		whole := readBlock(t, s.dir, last.block)
		for keep := range last.size {
			p, err := s.checkLast(whole[last.offset:][:keep])
			if err != nil || p.report.Torn != (keep > 0) || p.report.Head.Sequence != sequence-1 {
				t.Fatalf("with %d bytes of it: %+v, %v", keep, p.report, err)
			}
			if keep%(last.size/20) != 0 && keep != 4 && keep != recordHead {
				continue
			}
			dir := copied(t, s.dir)
			writeFile(t, inStream(dir, blockName(last.block)), whole[:last.offset+keep])
			if s.clean { // its index knows of one more
				isDamaged(t, s.name(), dir, sequence)
			} else {
				s.sound(t, s.name(), dir, len(s.payloads)-1, keep > 0)
			}
		}
	}
}

// A power cut leaves any of the sectors of the record that was being written.
func TestARecordOfWhichADiskHasSomeSectorsIsTorn(t *testing.T) {
	s := specimens(t)[1]
	_, last := s.last()
	whole := readBlock(t, s.dir, last.block)
	begin := last.offset / sector
	sectors := (len(whole)-1)/sector - begin + 1
	for written := range 1<<sectors - 1 {
		data := append([]byte(nil), whole...)
		for i := range sectors {
			if written>>i&1 == 0 {
				clear(data[max(last.offset, (begin+i)*sector):min(len(data), (begin+i+1)*sector)])
			}
		}
		dir := copied(t, s.dir)
		writeFile(t, inStream(dir, blockName(last.block)), data)
		s.sound(t, "some sectors", dir, len(s.payloads)-1, true)
	}
}

func TestABlockCutElsewhereIsDamageOrEndsTheLog(t *testing.T) {
	for _, s := range specimens(t) {
		_, last := s.last()
		for range 60 {
			r := s.records[rand.IntN(len(s.records))]
			keep := r.offset + rand.IntN(r.size)
			dir := copied(t, s.dir)
			writeFile(t, inStream(dir, blockName(r.block)), readBlock(t, dir, r.block)[:keep])
			want := s.at(r.block, keep)
			if s.clean || r.block != last.block {
				isDamaged(t, s.name(), dir, want)
			} else { // only who remembers how long it was can tell
				s.sound(t, s.name(), dir, int(want-1), keep > r.offset)
			}
		}
	}
}

func TestAFileThatIsNotAsTheServerLeftItIsDamage(t *testing.T) {
	for _, s := range specimens(t) {
		end, last := s.last()
		for _, tt := range []struct {
			what     string
			do       func(dir string) error
			sequence uint64
		}{
			{"meta.inf is gone", func(dir string) error { return os.Remove(inStream(dir, metaFile)) }, 1},
			{"meta.sum is gone", func(dir string) error { return os.Remove(inStream(dir, sumFile)) }, 1},
			{"meta.inf is empty", func(dir string) error { return os.Truncate(inStream(dir, metaFile), 0) }, 1},
			{"msgs is gone", func(dir string) error { return os.RemoveAll(inStream(dir, "msgs")) }, 1},
			{"obs is a file", func(dir string) error {
				return errors.Join(os.Remove(inStream(dir, "obs")), os.WriteFile(inStream(dir, "obs"), nil, 0o600))
			}, 1},
			{"the first block is gone", func(dir string) error { return os.Remove(inStream(dir, blockName(1))) }, 1},
			{"a block is gone", func(dir string) error { return os.Remove(inStream(dir, blockName(2))) }, s.first(2)},
			{"a block is empty", func(dir string) error { return os.Truncate(inStream(dir, blockName(2)), 0) }, s.first(2)},
			{"a block is a directory", func(dir string) error { return inPlace(inStream(dir, blockName(2)), os.Mkdir) }, s.first(2)},
			{"the last block is a directory", func(dir string) error { return inPlace(inStream(dir, blockName(last.block)), os.Mkdir) }, s.first(last.block)},
			{"meta.inf is a directory", func(dir string) error { return inPlace(inStream(dir, metaFile), os.Mkdir) }, 1},
			{"the index is a directory", func(dir string) error { return inPlace(inStream(dir, indexFile), os.Mkdir) }, 1},
			{"a block is a link", func(dir string) error {
				path := inStream(dir, blockName(2))
				return errors.Join(os.Rename(path, filepath.Join(dir, "moved")), os.Symlink(filepath.Join(dir, "moved"), path))
			}, s.first(2)},
			{"two blocks are swapped", func(dir string) error {
				a, b, aside := inStream(dir, blockName(2)), inStream(dir, blockName(3)), filepath.Join(dir, "aside")
				return errors.Join(os.Rename(a, aside), os.Rename(b, a), os.Rename(aside, b))
			}, s.first(2)},
			{"a copy of the last block comes after it", func(dir string) error {
				return os.WriteFile(inStream(dir, blockName(last.block+1)), readBlock(t, dir, last.block), 0o600)
			}, end + 1},
			{"a block too far", func(dir string) error { return os.WriteFile(inStream(dir, blockName(last.block+2)), nil, 0o600) }, end + 1},
			{"another name of a block", func(dir string) error { return os.WriteFile(inStream(dir, "msgs/01.blk"), nil, 0o600) }, 1},
			{"a consumer", func(dir string) error { return os.Mkdir(inStream(dir, "obs/c"), 0o700) }, 1},
			{"a purge", func(dir string) error { return os.Mkdir(inStream(dir, "__new_msgs__"), 0o700) }, 1},
			{"a key", func(dir string) error { return os.WriteFile(inStream(dir, "meta.key"), nil, 0o600) }, 1},
		} {
			dir := copied(t, s.dir)
			if err := tt.do(dir); err != nil {
				t.Fatalf("%s: %v", tt.what, err)
			}
			isDamaged(t, s.name()+": "+tt.what, dir, tt.sequence)
		}
	}
}

// inPlace puts something else in the place of a file.
func inPlace(path string, put func(string, fs.FileMode) error) error {
	return errors.Join(os.RemoveAll(path), put(path, 0o700))
}

// Root may do what the mode forbids, so for root the directories above stand
// for this. That a file belongs to another user is not tried: it takes two.
func TestAFileThatWeMayNotUseIsDamage(t *testing.T) {
	if os.Geteuid() == 0 {
		return
	}
	s := specimens(t)[0]
	for name, sequence := range map[string]uint64{metaFile: 1, sumFile: 1, indexFile: 1, "msgs": 1, blockName(2): s.first(2)} {
		for _, mode := range []fs.FileMode{0, 0o400} {
			if name == "msgs" {
				mode |= 0o100
			}
			dir := copied(t, s.dir)
			path := inStream(dir, name)
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
			_, err := Preflight(t.Context(), dir, region, nil)
			damage, ok := errors.AsType[*eventstore.DamageError](err)
			if !ok || damage.Sequence != sequence || !errors.Is(err, fs.ErrPermission) {
				t.Errorf("%s with mode %o: %v", name, mode, err)
			}
			if err := os.Chmod(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// What a crash or an earlier version may leave does not matter.
func TestAFileThatTheServerThrowsAwayIsNoMatter(t *testing.T) {
	for _, s := range specimens(t) {
		_, last := s.last()
		for name, data := range map[string][]byte{
			metaFile + ".tmp":              []byte("{"),
			"_test_123":                    nil,
			blockName(1) + ".tmp":          []byte("x"),
			indexFile:                      []byte("short"),
			blockName(last.block + 1):      nil,                     // made, and nothing written yet
			blockName(last.block) + ".tmp": make([]byte, recordSum), // being rewritten
		} {
			dir := copied(t, s.dir)
			writeFile(t, inStream(dir, name), data)
			s.sound(t, s.name()+": "+name, dir, len(s.payloads), false)
		}
		dir := copied(t, s.dir)
		writeFile(t, inStream(dir, blockName(last.block+1)), []byte{9, 1, 0, 0x80, byte(len(s.payloads) + 1)})
		s.sound(t, s.name()+": a torn record begins a block", dir, len(s.payloads), true)
	}
}

// A server that starts on a log without a message, after a kill, throws its
// empty block away and goes on with the next number.
func TestALogMayBeginInALaterBlock(t *testing.T) {
	dir := t.TempDir()
	createLog(t, openAt(t, Embedded{Dir: dir}))
	killed := copied(t, dir)
	store := openAt(t, Embedded{Dir: killed})
	log, err := store.Open(t.Context(), region)
	must(t, err)
	head := fill(t, log, eventstore.Head{}, 3)
	must(t, store.Checked())
	closeStore(t, store)
	if report, err := Preflight(t.Context(), killed, region, nil); err != nil || report.Head != head {
		t.Errorf("%+v, %v", report, err)
	}
	must(t, os.Rename(inStream(killed, blockName(2)), inStream(killed, blockName(1))))
	isDamaged(t, "a block under the number of another", killed, 1)
}

// Whoever knows the key of the checksum, which is public, can write a record
// that is right in itself. It must still fit where it stands.
func TestAForgedRecordMustFit(t *testing.T) {
	for _, s := range specimens(t) {
		end, last := s.last()
		const subject = "framdrift.fosen.plan.measure.t01"
		payload := "{\"event\":\"forged\"}\n"
		for what, forged := range map[string][]byte{
			"a number too many":         encode(last.block, end+2, subject, true, payload),
			"a number again":            encode(last.block, end, subject, true, payload),
			"number nought":             encode(last.block, 0, subject, true, payload),
			"another region's":          encode(last.block, end+1, "framdrift.namdal.plan", true, payload),
			"no subject":                encode(last.block, end+1, "", true, payload),
			"no subject in the region":  encode(last.block, end+1, "framdrift.fosen.", true, payload),
			"no newline":                encode(last.block, end+1, subject, true, "x"),
			"no payload":                encode(last.block, end+1, subject, true, ""),
			"no headers":                encode(last.block, end+1, subject, false, payload),
			"an erased message":         encode(last.block, (end+1)|isErased, subject, true, payload),
			"a deletion":                encode(last.block, end|isDeletion, "", false, ""),
			"another block's":           encode(last.block-1, end+1, subject, true, payload),
			"the last record once more": readBlock(t, s.dir, last.block)[last.offset:],
			"zeros, and then a record":  append(make([]byte, sector), encode(last.block, end+1, subject, true, payload)...),
			"too long a length":         {0xff, 0xff, 0xff, 0xff},
			"something else":            []byte("something else entirely, in the place of a record"),
		} {
			dir := copied(t, s.dir)
			writeFile(t, inStream(dir, blockName(last.block)), append(readBlock(t, dir, last.block), forged...))
			isDamaged(t, s.name()+": "+what, dir, end+1)
		}
		dir := copied(t, s.dir)
		writeFile(t, inStream(dir, blockName(last.block)), append(readBlock(t, dir, last.block), encode(last.block, end+1, subject, true, payload)...))
		s.payloads = append(s.payloads, []byte(payload))
		s.sound(t, s.name()+": one that fits", dir, len(s.payloads), false)
	}
}

// encode writes a record as the server does.
func encode(block int, sequence uint64, subject string, headers bool, payload string) []byte {
	data := make([]byte, 4, 200)
	data = binary.LittleEndian.AppendUint64(data, sequence)
	data = binary.LittleEndian.AppendUint64(data, 1_700_000_000_000_000_000)
	data = binary.LittleEndian.AppendUint16(data, uint16(len(subject)))
	data = append(data, subject...)
	h := blockHash(streamName(region), block)
	h.Write(data[4:20])
	h.Write([]byte(subject))
	length := uint32(0)
	if headers {
		const header = "NATS/1.0\r\nNats-Expected-Stream: FRAMDRIFT_fosen\r\n\r\n"
		data = binary.LittleEndian.AppendUint32(data, uint32(len(header)))
		data = append(data, header...)
		h.Write([]byte(header))
		length = hasHeaders
	}
	data = append(data, payload...)
	h.Write([]byte(payload))
	data = h.Sum(data)
	binary.LittleEndian.PutUint32(data, length|uint32(len(data)))
	return data
}

// An index that knows of more than there is would make the server leave a hole.
func TestAnIndexThatIsOlderIsNoMatterAndANewerOneIsDamage(t *testing.T) {
	s := specimens(t)[0]
	index, err := os.ReadFile(inStream(s.dir, indexFile))
	if err != nil {
		t.Fatal(err)
	}
	store, err := OpenEmbedded(Embedded{Dir: s.dir})
	if err != nil {
		t.Fatal(err)
	}
	log, err := store.Open(t.Context(), region)
	if err != nil {
		t.Fatal(err)
	}
	at := eventstore.Head{Sequence: uint64(len(s.payloads))}
	fill(t, log, at, 1)
	closeStore(t, store)
	s.payloads = append(s.payloads, event(at.Sequence + 1).Events[0])
	older := copied(t, s.dir)
	writeFile(t, inStream(older, indexFile), index)
	s.sound(t, "an older index", older, len(s.payloads), false)

	_, last := s.last()
	path := inStream(s.dir, blockName(last.block))
	if err := os.Truncate(path, int64(last.offset+last.size)); err != nil {
		t.Fatal(err)
	}
	isDamaged(t, "a newer index", s.dir, at.Sequence+1)
}

func FuzzBlock(f *testing.F) {
	one := encode(1, 1, "framdrift.fosen.a.b", true, "{}\n")
	two := append(slices.Clip(one), encode(1, 2, "framdrift.fosen.pack", true, "{}\n{}\n")...)
	for _, seed := range [][]byte{nil, one, two, two[:len(two)-3], append(slices.Clip(two), make([]byte, 600)...), encode(1, 1, "framdrift.fosen.a", false, "{}\n")} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p := &preflight{region: region, stream: streamName(region), first: 1, blocks: 1}
		err := p.check(block{index: 1, data: data})
		n, h := p.report.Head.Sequence, blockHash(p.stream, 1)
		if damage, ok := errors.AsType[*eventstore.DamageError](err); err != nil && (!ok || damage.Sequence != n+1) {
			t.Fatalf("after %d messages: %v", n, err)
		}
		end := 0
		for range n {
			r, err := parse(data[end:], h)
			if err != nil {
				t.Fatalf("message %d: %v", r.sequence, err)
			}
			end += r.size
		}
		switch {
		case err == nil && !p.report.Torn && end != len(data):
			t.Fatalf("%d bytes of %d are records, and nothing is said of the rest", end, len(data))
		case p.report.Torn && (err != nil || len(data)-end > maxRecord || holdsRecord(data[end:], n+1, h)):
			t.Fatalf("what follows message %d is not a torn record", n)
		}
	})
}
