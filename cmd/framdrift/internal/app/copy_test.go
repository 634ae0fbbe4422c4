package app_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
)

// wrong are ways in which a file is not the log that was taken out: what is
// done to its lines, the code it is refused with, and the line it names.
var wrong = []struct {
	name   string
	change func(all [][]byte) [][]byte
	code   string
	line   int // 0: none is named
}{
	{"nothing in it", func([][]byte) [][]byte { return nil }, "copy.empty", 0},
	{"a line is missing", func(all [][]byte) [][]byte { return slices.Delete(all, 40, 41) }, "copy.order", 41},
	{"the first line is missing", func(all [][]byte) [][]byte { return all[1:] }, "copy.order", 1},
	{"two lines have changed places", func(all [][]byte) [][]byte { all[40], all[41] = all[41], all[40]; return all }, "copy.order", 41},
	{"a line stands twice", func(all [][]byte) [][]byte { return slices.Insert(all, 40, all[40]) }, "copy.order", 42},
	{"the last newline is gone", func(all [][]byte) [][]byte { return edit(all, len(all)-1, "\n", "") }, "copy.torn", -1},
	{"the end of the last line is gone", func(all [][]byte) [][]byte { all[len(all)-1] = all[len(all)-1][:90]; return all }, "copy.torn", -1},
	{"a line ends with CR LF", func(all [][]byte) [][]byte { return edit(all, 40, "\n", "\r\n") }, "copy.converted", 41},
	{"a byte of a name is changed", func(all [][]byte) [][]byte { return edit(all, 40, `"effective"`, `"effectiue"`) }, "copy.foreign", 41},
	{"a byte of the envelope is changed", func(all [][]byte) [][]byte { return edit(all, 40, `"specversion":"1.0"`, `"specversion":"1.1"`) }, "copy.foreign", 41},
	{"a line is not JSON", func(all [][]byte) [][]byte { return edit(all, 40, `{"spec`, `x"spec`) }, "copy.foreign", 41},
	{"a line is empty", func(all [][]byte) [][]byte { return slices.Insert(all, 40, []byte("\n")) }, "copy.foreign", 41},
	{"a line of something else", func(all [][]byte) [][]byte { return slices.Insert(all, 40, []byte(`{"level":"info"}`+"\n")) }, "copy.foreign", 41},
	{"a byte order mark before it all", func(all [][]byte) [][]byte { return edit(all, 0, `{"spec`, "\ufeff"+`{"spec`) }, "copy.foreign", 1},
	{"a region whose name is a path", func(all [][]byte) [][]byte { return edit(all, 0, "/regions/fosen", "/regions/../../fosen") }, "copy.foreign", 1},
	{"a line of another region", func(all [][]byte) [][]byte { return edit(all, 40, "/regions/fosen", "/regions/osen") }, "copy.mixed", 41},
	{"a type of a newer version", func(all [][]byte) [][]byte { return edit(all, 40, ".v1\"", ".v2\"") }, "copy.newer", 41},
	{"a type that nobody knows", func(all [][]byte) [][]byte { return edit(all, 40, `"type":"no.framdrift.`, `"type":"no.framdrift.x`) }, "copy.newer", 41},
	{"a time that goes back", func(all [][]byte) [][]byte { return edit(all, 200, `"time":"20`, `"time":"19`) }, "copy.clock", 201},
}

func edit(all [][]byte, i int, old, with string) [][]byte {
	if !bytes.Contains(all[i], []byte(old)) {
		panic(fmt.Sprintf("line %d has no %s", i+1, old))
	}
	all[i] = bytes.Replace(all[i], []byte(old), []byte(with), 1)
	return all
}

// A file that is not whole is refused with the line where that shows, and
// nothing of it is stored: neither in a new directory nor in one that holds
// its beginning.
func TestAFileThatIsNoLogIsRefusedBeforeAnythingIsStored(t *testing.T) {
	log, _ := played(t)
	fresh, begun := open(t, t.TempDir()), open(t, t.TempDir())
	defer closeApp(t, fresh)
	defer closeApp(t, begun)
	mustRestore(t, begun, bytes.Join(linesOf(log)[:20], nil), app.Restoring{})
	for _, tt := range wrong {
		t.Run(tt.name, func(t *testing.T) {
			all := tt.change(linesOf(bytes.Clone(log)))
			for _, a := range []*app.App{fresh, begun} {
				_, err := restore(a, bytes.Join(all, nil), app.Restoring{})
				e := domain.Explain(err)
				if e.Code != tt.code || e.Kind != domain.Invalid {
					t.Fatalf("it is refused with %v, want %s", err, tt.code)
				}
				line := tt.line
				if line < 0 {
					line = len(all)
				}
				if named := fmt.Sprintf("Line %d ", line); line > 0 && !strings.HasPrefix(e.Message.EN, named) {
					t.Errorf("it says %q and names not %q", e.Message.EN, named)
				}
			}
		})
	}
	if n := len(fresh.Regions()); n != 0 {
		t.Errorf("%d regions were made", n)
	}
	if got := theRegion(t, begun).Head(); got != (eventstore.Head{Sequence: 1, Position: 20}) {
		t.Errorf("the log stands at %+v", got)
	}
}

// What stands on the log is held against the file byte for byte.
func TestALogThatDiffersFromTheFileIsLeftAsItIs(t *testing.T) {
	log, _ := played(t)
	other, _ := newRegion(t, 1)
	if _, err := restore(other, log, app.Restoring{}); domain.Explain(err).Code != "restore.differs" || !strings.Contains(err.Error(), "from event 1") {
		t.Errorf("another log of the region is answered %v", err)
	}
	a := open(t, t.TempDir())
	defer closeApp(t, a)
	mustRestore(t, a, bytes.Join(linesOf(log)[:100], nil), app.Restoring{})
	all := edit(linesOf(bytes.Clone(log)), 49, `"actor":"u1"`, `"actor":"u2"`) // as good an event as it was
	if _, err := restore(a, bytes.Join(all, nil), app.Restoring{}); domain.Explain(err).Code != "restore.differs" || !strings.Contains(err.Error(), "from event 50") {
		t.Errorf("a changed value is answered %v", err)
	}
	if got := theRegion(t, a).Head().Position; got != 100 {
		t.Errorf("the log stands at %d", got)
	}
}

func TestACommitLargerThanAMessageIsRefusedWithTheLimit(t *testing.T) {
	log := long(t, 24_000)
	before, _, _ := bytes.Cut(log, []byte(`measure.assigned`))
	begin := bytes.LastIndexByte(before, '\n') + 1
	n := bytes.Count(before, []byte("\n")) + 1
	var one bytes.Buffer
	for line := range bytes.Lines(log[begin:]) { // all of them one command's
		at := bytes.Index(line, []byte(`"commandid":"`)) + len(`"commandid":"`)
		one.Write(line[:at])
		one.WriteString(string(commandID(1)))
		one.Write(line[at+36:])
	}
	a := open(t, t.TempDir())
	defer closeApp(t, a)
	_, err := restore(a, append(log[:begin:begin], one.Bytes()...), app.Restoring{})
	want := fmt.Sprintf("The change that begins on line %d is larger than the log takes at a time, %d bytes.", n, jetstream.MaxPayload)
	if domain.Explain(err).Code != "copy.too-large" || !strings.Contains(err.Error(), want) {
		t.Errorf("it is refused with %v", err)
	}
	if len(a.Regions()) != 0 {
		t.Error("a region was made")
	}
}

// A log that a newer program wrote to can be taken out, also where it could
// not be opened.
func TestALogOfANewerVersionCanBeExported(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	fill(t, a, 1)
	log := linesOf(exported(t, a))
	head := theRegion(t, a).Head()
	closeApp(t, a)
	newer := edit([][]byte{bytes.Clone(log[len(log)-1])}, 0, ".v1\"", ".v9\"")
	newer = edit(newer, 0, fmt.Sprintf(`"position":%d`, head.Position), fmt.Sprintf(`"position":%d`, head.Position+1))
	store, err := jetstream.OpenEmbedded(jetstream.Embedded{Dir: filepath.Join(dir, "jetstream")})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := store.Open(t.Context(), "fosen")
	if err == nil {
		_, err = raw.Append(t.Context(), head, eventstore.Commit{Events: newer})
	}
	if closed := store.Close(); err != nil || closed != nil {
		t.Fatal(err, closed)
	}
	if err := os.RemoveAll(filepath.Join(dir, "vault")); err != nil { // nor are the keys needed
		t.Fatal(err)
	}
	logs, err := app.OpenLogs(t.Context(), app.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, logs)
	if got, want := exported(t, logs), bytes.Join(append(log, newer...), nil); !bytes.Equal(got, want) {
		t.Errorf("%d bytes came out, want %d", len(got), len(want))
	}
}

// Whatever bytes a file holds, it is refused with a sentence, or it is lines
// that each are an event.
func FuzzReadCopy(f *testing.F) {
	log := assigned(f, 0, 3)
	f.Add(log, 1<<20)
	f.Add(log, 400)
	f.Add(bytes.ReplaceAll(log, []byte("\n"), []byte("\r\n")), 1<<20)
	f.Add(bytes.TrimSuffix(log, []byte("\n")), 1<<20)
	f.Fuzz(func(t *testing.T, file []byte, limit int) {
		c, err := app.ReadCopy(t.Context(), bytes.NewReader(file), nil, limit, unwatched)
		if err != nil {
			if domain.KindOf(err) != domain.Invalid {
				t.Errorf("it is refused with %v", err)
			}
			return
		}
		if c.Bytes != int64(len(file)) || int(c.Events) != bytes.Count(file, []byte("\n")) || file[len(file)-1] != '\n' || bytes.Contains(file, []byte("\r\n")) {
			t.Errorf("%q is taken for %d events in %d bytes", file, c.Events, c.Bytes)
		}
	})
}

// shrinking is a file that loses its end when it is read for the second time.
type shrinking struct {
	*bytes.Reader
	left  []byte
	seeks int
}

func (s *shrinking) Seek(offset int64, whence int) (int64, error) {
	if s.seeks++; s.seeks == 3 { // its size, and twice from the beginning
		s.Reset(s.left)
	}
	return s.Reader.Seek(offset, whence)
}

func TestAFileThatChangesMeanwhileIsNotTakenForWhole(t *testing.T) {
	log, _ := played(t)
	a := open(t, t.TempDir())
	defer closeApp(t, a)
	c, err := a.ReadCopy(t.Context(), &shrinking{Reader: bytes.NewReader(log), left: bytes.Join(linesOf(log)[:300], nil)}, unwatched)
	if err != nil {
		t.Fatal(err)
	}
	restored, err := a.Restore(t.Context(), c, app.Restoring{Watch: unwatched})
	if domain.Explain(err).Code != "restore.halfway" || !strings.Contains(err.Error(), "copy.changed") || restored.Position != 300 {
		t.Errorf("it says %+v, %v", restored, err)
	}
	if again := mustRestore(t, a, log, app.Restoring{}); again.Found != 300 {
		t.Errorf("with the whole file it says %+v", again)
	}
}
