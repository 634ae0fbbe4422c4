package notary_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/notary"
	"github.com/fosenregionen/framdrift/eventstore/seal"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type fataler interface{ Fatal(...any) }

func must[T any](t fataler) func(T, error) T {
	return func(v T, err error) T {
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func line(n int) []byte { return fmt.Appendf(nil, `{"position":%d,"data":"x"}`+"\n", n) }

// log is n events in messages of so many each.
func log(n, each int) []eventstore.Message {
	var all []eventstore.Message
	for at := 0; at < n; {
		m := eventstore.Message{}
		for range min(each, n-at) {
			at++
			m.Payload = append(m.Payload, line(at)...)
		}
		m.Head = eventstore.Head{Sequence: uint64(len(all) + 1), Position: uint64(at)}
		all = append(all, m)
	}
	return all
}

func keep(n *notary.Notary, log []eventstore.Message) error {
	for _, m := range log {
		if err := n.Keep(m); err != nil {
			return err
		}
	}
	return n.Settle()
}

func TestWhatIsSignedIsTheTreeOfTheLinesHoweverTheyCame(t *testing.T) {
	var edge seal.Edge
	for n := range 300 {
		if err := edge.Append(line(n + 1)); err != nil {
			t.Fatal(err)
		}
	}
	for _, each := range []int{1, 7, 300} {
		n := must[*notary.Notary](t)(notary.Create(t.TempDir(), "fosen"))
		if err := keep(n, log(300, each)); err != nil {
			t.Fatal(err)
		}
		signed := must[[]byte](t)(n.Sign())
		policy := must[*seal.Policy](t)(seal.NewPolicy(n.Keys(), nil, 0))
		c, _, err := policy.Open(signed)
		if err != nil || c.TreeHead != edge.Head() || c.Origin != "framdrift/fosen" {
			t.Errorf("%d a message: %+v (%v)", each, c, err)
		}
	}
}

func TestWhatWasSignedIsFoundAgainWhenTheLogIsReadAnew(t *testing.T) {
	dir := t.TempDir()
	n := must[*notary.Notary](t)(notary.Create(dir, "fosen"))
	if err := keep(n, log(40, 3)); err != nil {
		t.Fatal(err)
	}
	signed := must[[]byte](t)(n.Sign())
	again := must[*notary.Notary](t)(notary.Create(dir, "fosen")) // finds what is there
	if err := keep(again, log(55, 4)); err != nil {
		t.Fatal(err)
	}
	if found, c := again.Checkpoint(); !bytes.Equal(found, signed) || c.Size != 40 {
		t.Errorf("the checkpoint is of %d events", c.Size)
	}
	if again.Keys()[0] != n.Keys()[0] {
		t.Error("the key is another")
	}
	if _ = must[[]byte](t)(again.Sign()); again.Head().Size != 55 {
		t.Errorf("it goes on to %d", again.Head().Size)
	}
}

// A log that was changed after it was signed is known, whatever was done to it
// before the point where it was signed; what came after is not yet sealed.
func TestALogThatWasChangedAfterItWasSignedIsKnown(t *testing.T) {
	const events, signed = 60, 45
	dir := t.TempDir()
	n := must[*notary.Notary](t)(notary.Create(dir, "fosen"))
	if err := keep(n, log(signed, 1)); err != nil {
		t.Fatal(err)
	}
	must[[]byte](t)(n.Sign())
	rapid.Check(t, func(t *rapid.T) {
		n := must[*notary.Notary](t)(notary.Open(dir, "fosen"))
		lines := make([][]byte, events)
		for i := range lines {
			lines[i] = line(i + 1)
		}
		at := rapid.IntRange(0, signed-1).Draw(t, "at")
		want := notary.ErrAltered
		switch rapid.SampledFrom([]string{"flip", "drop", "double", "swap", "truncate"}).Draw(t, "what") {
		case "flip":
			lines[at][rapid.IntRange(0, len(lines[at])-2).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 2).Draw(t, "bit")
		case "drop":
			lines = append(lines[:at:at], lines[at+1:]...)
		case "double":
			at = min(at, signed-2) // the double is among the signed too
			lines = append(lines[:at+1:at+1], lines[at:]...)
		case "swap":
			lines[at], lines[at+1] = lines[at+1], lines[at]
		case "truncate":
			lines, want = lines[:at], notary.ErrShorter
		}
		var messages []eventstore.Message
		for i, l := range lines {
			messages = append(messages, eventstore.Message{Head: eventstore.Head{Sequence: uint64(i + 1), Position: uint64(i + 1)}, Payload: l})
		}
		if err := keep(n, messages); !errors.Is(err, want) {
			t.Errorf("the answer is %v", err)
		}
		if _, err := n.Sign(); err == nil {
			t.Error("it was signed")
		}
	})
}

func TestWhatDoesNotFollowIsNotKept(t *testing.T) {
	n := must[*notary.Notary](t)(notary.Create(t.TempDir(), "fosen"))
	messages := log(9, 3)
	if err := keep(n, messages[:1]); err != nil {
		t.Fatal(err)
	}
	if err := n.Keep(messages[0]); err != nil || n.Head().Size != 3 {
		t.Errorf("what has been kept comes again: %v", err)
	}
	if err := n.Keep(messages[2]); !errors.Is(err, notary.ErrGap) {
		t.Errorf("a gap: %v", err)
	}
	if err := n.Keep(messages[1]); !errors.Is(err, notary.ErrGap) {
		t.Errorf("after a gap: %v", err)
	}
}

func TestAnEventIsProvenInTheLatestCheckpointOrANewOne(t *testing.T) {
	n := must[*notary.Notary](t)(notary.Create(t.TempDir(), "fosen"))
	messages := log(100, 5)
	if err := keep(n, messages[:10]); err != nil {
		t.Fatal(err)
	}
	must[[]byte](t)(n.Sign())
	if err := keep(n, messages[10:]); err != nil {
		t.Fatal(err)
	}
	policy := must[*seal.Policy](t)(seal.NewPolicy(n.Keys(), nil, 0))
	for _, row := range []struct{ position, size uint64 }{{1, 50}, {50, 50}, {51, 100}, {1, 100}, {100, 100}} {
		proof := must[seal.Proof](t)(n.Prove(row.position, line(int(row.position))))
		c, _, err := proof.Verify(policy)
		if err != nil || c.Size != row.size {
			t.Errorf("event %d is proven in %d events (%v)", row.position, c.Size, err)
		}
	}
	for _, row := range []struct {
		position uint64
		line     []byte
	}{{0, line(0)}, {101, line(101)}, {7, line(8)}} {
		if _, err := n.Prove(row.position, row.line); !errors.Is(err, notary.ErrNotThere) {
			t.Errorf("event %d: %v", row.position, err)
		}
	}
}

func TestWithoutItsFilesARegionIsNotOpened(t *testing.T) {
	whole := t.TempDir()
	must[*notary.Notary](t)(notary.Create(whole, "fosen"))
	must[*notary.Notary](t)(notary.Create(whole, "roros"))
	read := func(name string) []byte { return must[[]byte](t)(os.ReadFile(filepath.Join(whole, name))) }
	for name, row := range map[string]struct {
		key, checkpoint []byte
		want            error
	}{
		"no key":                           {nil, read("fosen.checkpoint"), notary.ErrMissing},
		"no checkpoint":                    {read("fosen.key"), nil, notary.ErrMissing},
		"a key that is none":               {[]byte("x\n"), read("fosen.checkpoint"), seal.ErrKey},
		"an empty key":                     {[]byte("\n"), read("fosen.checkpoint"), seal.ErrKey},
		"another region's key":             {read("roros.key"), read("fosen.checkpoint"), seal.ErrOrigin},
		"another region's files":           {read("roros.key"), read("roros.checkpoint"), seal.ErrOrigin},
		"a checkpoint by somebody else":    {must[[]byte](t)(otherKey("fosen")), read("fosen.checkpoint"), seal.ErrSignature},
		"a checkpoint that is not a note":  {read("fosen.key"), []byte("x"), seal.ErrMalformed},
		"a checkpoint with a changed root": {read("fosen.key"), bytes.Replace(read("fosen.checkpoint"), []byte("\n0\n"), []byte("\n1\n"), 1), seal.ErrSignature},
	} {
		dir := t.TempDir()
		for ending, content := range map[string][]byte{".key": row.key, ".checkpoint": row.checkpoint} {
			if content == nil {
				continue
			}
			if err := os.WriteFile(filepath.Join(dir, "fosen"+ending), content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := notary.Open(dir, "fosen"); !errors.Is(err, row.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func otherKey(region string) ([]byte, error) {
	skey, _, err := seal.GenerateKey(bytes.NewReader(make([]byte, 32)), notary.Origin(region), seal.ForLog)
	return []byte(skey), err
}

func BenchmarkKeep(b *testing.B) {
	n := must[*notary.Notary](b)(notary.Create(b.TempDir(), "fosen"))
	text := append(bytes.Repeat([]byte("x"), 599), '\n')
	const each = 200
	payload, at := bytes.Repeat(text, each), uint64(0)
	b.SetBytes(int64(len(payload)))
	for b.Loop() {
		at += each
		if err := n.Keep(eventstore.Message{Head: eventstore.Head{Position: at}, Payload: payload}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*each), "ns/event")
}
