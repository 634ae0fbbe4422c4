package jetstream

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/eventstore"
)

// A specimen is the directory of a real server that has been stopped, or
// that was copied while the server ran, as a kill would leave it.
type specimen struct {
	dir      string
	clean    bool
	payloads [][]byte // of the messages 1…N
	records  []place  // of the same
}

// A place is where a record lies.
type place struct{ block, offset, size int }

// lastRecord is the payload of the last message in bytes: several sectors.
const lastRecord = 2500

// specimens are a log of a few hundred messages in several blocks, one after
// a clean stop and one after an unclean. Blocks of 8 MB would take long to
// fill; the server makes small ones for a stream of few bytes.
func specimens(t testing.TB) []specimen {
	t.Helper()
	f := openWithRoot(t)
	dir := filepath.Dir(f.srv.JetStreamConfig().StoreDir)
	log := f.unchecked(t, func(c *natsjs.StreamConfig) { c.MaxBytes = 127_000 })
	head := eventstore.Head{}
	var payloads [][]byte
	put := func(commits ...eventstore.Commit) {
		var err error
		if head, err = log.Append(t.Context(), head, commits...); err != nil {
			t.Fatal(err)
		}
		payload, err := join(commits)
		if err != nil {
			t.Fatal(err)
		}
		payloads = append(payloads, payload)
	}
	for n := uint64(1); n <= 400; n++ {
		if put(event(n)); n%50 == 0 {
			put(event(n), event(n+1))
		}
	}
	put(eventstore.Commit{Events: [][]byte{append(bytes.Repeat([]byte("y"), lastRecord), '\n')}})
	if _, err := f.root.UpdateStream(t.Context(), streamConfig(region, 1)); err != nil {
		t.Fatal(err)
	}
	unclean, clean := copied(t, dir), t.TempDir()
	closeStore(t, f.Store)
	copyTo(t, dir, clean)
	return []specimen{
		{clean, true, payloads, placesOf(t, clean, len(payloads))},
		{unclean, false, payloads, placesOf(t, unclean, len(payloads))},
	}
}

func copied(t testing.TB, dir string) string {
	t.Helper()
	to := t.TempDir()
	copyTo(t, dir, to)
	return to
}

func copyTo(t testing.TB, dir, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
}

func placesOf(t testing.TB, dir string, n int) []place {
	t.Helper()
	var places []place
	for block := 1; len(places) < n; block++ {
		data := readBlock(t, dir, block)
		for offset := 0; offset < len(data); {
			r, err := parse(data[offset:], blockHash(streamName(region), block))
			if err != nil {
				t.Fatalf("block %d at %d: %v", block, offset, err)
			}
			places = append(places, place{block, offset, r.size})
			offset += r.size
		}
	}
	if last := places[len(places)-1].block; len(places) != n || last < 3 {
		t.Fatalf("the specimen has %d messages of %d, in %d blocks", len(places), n, last)
	}
	return places
}

func inStream(dir, name string) string { return filepath.Join(streamPath(dir, region), name) }

func readBlock(t testing.TB, dir string, index int) []byte {
	t.Helper()
	data, err := os.ReadFile(inStream(dir, blockName(index)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func writeFile(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func (s specimen) name() string {
	if s.clean {
		return "clean"
	}
	return "unclean"
}

func (s specimen) last() (sequence uint64, lies place) {
	return uint64(len(s.records)), s.records[len(s.records)-1]
}

// first is the first message of a block.
func (s specimen) first(block int) uint64 {
	for i, r := range s.records {
		if r.block == block {
			return uint64(i + 1)
		}
	}
	return uint64(len(s.records) + 1)
}

// at is the message whose record holds a byte.
func (s specimen) at(block, offset int) uint64 {
	for i, r := range s.records {
		if r.block == block && offset < r.offset+r.size {
			return uint64(i + 1)
		}
	}
	return uint64(len(s.records) + 1)
}

// isDamaged demands a DamageError at a sequence, and that nothing was touched.
func isDamaged(t *testing.T, what, dir string, sequence uint64) {
	t.Helper()
	before := digest(t, dir)
	damagedAt(t, what, dir, sequence)
	if after := digest(t, dir); after != before {
		t.Errorf("%s: the files were touched", what)
	}
}

func damagedAt(t *testing.T, what, dir string, sequence uint64) {
	t.Helper()
	report, err := Preflight(t.Context(), dir, region, nil)
	var damage *eventstore.DamageError
	if !errors.As(err, &damage) || damage.Sequence != sequence || damage.Region != region {
		t.Errorf("%s: want damage at %d, got %+v, %v", what, sequence, report, err)
	}
}

// digest is every name, mode and byte below a directory.
func digest(t testing.TB, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		fmt.Fprintln(&b, path, e.Type())
		if !e.Type().IsRegular() {
			return nil
		}
		data, err := os.ReadFile(path)
		b.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sound demands that Preflight finds the first n messages, and that the real
// server then serves just these, byte for byte. It changes dir.
func (s specimen) sound(t *testing.T, what, dir string, n int, isTorn bool) {
	t.Helper()
	report, err := Preflight(t.Context(), dir, region, nil)
	if err != nil || report.Head.Sequence != uint64(n) || report.Torn != isTorn {
		t.Errorf("%s: want %d messages, torn %v, got %+v, %v", what, n, isTorn, report, err)
		return
	}
	store, err := OpenEmbedded(Embedded{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(t, store)
	log, err := store.Open(t.Context(), region)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	served, at := 0, eventstore.Head{}
	for m, err := range log.Read(t.Context(), eventstore.Head{}) {
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if served >= n || !bytes.Equal(m.Payload, s.payloads[served]) {
			t.Fatalf("%s: the server serves message %d otherwise", what, m.Head.Sequence)
		}
		served, at = served+1, m.Head
	}
	if served != n || at != report.Head {
		t.Errorf("%s: Preflight says %+v, and the server serves %d messages", what, report, served)
	}
	if _, err := log.Append(t.Context(), at, event(1)); err != nil {
		t.Errorf("%s: appending after it: %v", what, err)
	}
}

func TestALogThatIsWholePasses(t *testing.T) {
	for _, s := range specimens(t) {
		s.sound(t, s.name(), copied(t, s.dir), len(s.payloads), false)
	}
	dir := t.TempDir()
	if _, err := Preflight(t.Context(), dir, region, nil); !errors.Is(err, eventstore.ErrMissing) {
		t.Errorf("of a log that is not there: %v", err)
	}
	store := openAt(t, Embedded{Dir: dir})
	createLog(t, store)
	if report, err := Preflight(t.Context(), dir, region, nil); err != nil || report != (Report{}) {
		t.Errorf("of a log that was just made: %+v, %v", report, err)
	}
}

func TestPreflightTellsHowFarItIs(t *testing.T) {
	s := specimens(t)[0]
	var calls []int64
	report, err := Preflight(t.Context(), s.dir, region, func(done, of int64) { calls = append(calls, done, of) })
	if n := len(calls); err != nil || n < 6 || calls[n-2] != report.Bytes || calls[n-1] != report.Bytes {
		t.Errorf("the calls are %v: %v", calls, err)
	}
	events := 0
	for _, p := range s.payloads {
		events += eventstore.CountLines(p)
	}
	if report.Head.Position != uint64(events) {
		t.Errorf("it counts %d events of %d", report.Head.Position, events)
	}
}

// flips is how long bits are flipped in each specimen.
const flips = 1500 * time.Millisecond

func TestABitFlippedAnywhereIsDamageOrNoMatter(t *testing.T) {
	for _, s := range specimens(t) {
		dir := copied(t, s.dir)
		files := map[string]int{metaFile: 0, sumFile: 0}
		for block := range s.records[len(s.records)-1].block {
			files[blockName(block+1)] = block + 1
		}
		if s.clean {
			files[indexFile] = 0
		}
		n := 0
		for end := time.Now().Add(flips); time.Now().Before(end); {
			for name, block := range files {
				n++
				path := inStream(dir, name)
				data, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				at, bit := rand.IntN(len(data)), byte(1)<<rand.IntN(8)
				what := fmt.Sprintf("%s: %s with byte %d ^ %#x", s.name(), name, at, bit)
				data[at] ^= bit
				writeFile(t, path, data)
				switch {
				case block > 0:
					damagedAt(t, what, dir, s.at(block, at))
				case name == indexFile:
					s.sound(t, what, copied(t, dir), len(s.payloads), false)
				default:
					damagedAt(t, what, dir, 1)
				}
				data[at] ^= bit
				writeFile(t, path, data)
			}
		}
		t.Logf("%s: %d flips", s.name(), n)
	}
}

// checkLast checks what may stand in the place of the last record.
func (s specimen) checkLast(data []byte) (*preflight, error) {
	sequence, last := s.last()
	p := &preflight{region: region, stream: streamName(region), first: 1, blocks: last.block}
	p.report.Head.Sequence = sequence - 1
	return p, p.check(block{index: last.block, data: data})
}

// The last record is where damage could pass as a torn write.
func TestEveryBitOfTheLastRecordIsGuarded(t *testing.T) {
	s := specimens(t)[1]
	sequence, last := s.last()
	data := readBlock(t, s.dir, last.block)[last.offset:]
	for bit := range last.size * 8 {
		at, mask := bit/8, byte(1)<<(bit%8)
		data[at] ^= mask
		p, err := s.checkLast(data)
		if damage, ok := errors.AsType[*eventstore.DamageError](err); !ok || damage.Sequence != sequence {
			t.Errorf("byte %d ^ %#x: %v, torn %v", at, mask, err, p.report.Torn)
		}
		data[at] ^= mask
	}
}
