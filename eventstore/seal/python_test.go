package seal_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// verifyPy runs docs/verify.py on files with these contents, in this order,
// and gives its exit code and what it said.
func verifyPy(t *testing.T, contents ...[]byte) (code int, said string) {
	t.Helper()
	args := []string{"../../docs/verify.py"}
	dir := t.TempDir()
	for i, content := range contents {
		path := filepath.Join(dir, []string{"keys", "first", "log.jsonl"}[i])
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	return python(t, "", args...)
}

func python(t *testing.T, stdin string, args ...string) (code int, said string) {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Fatal("python3 is not installed, and docs/verify.py must be tried with it: apt-get install python3")
	}
	cmd := exec.CommandContext(t.Context(), python, args...)
	cmd.Stdin = strings.NewReader(stdin)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// An exported is what an auditor takes home.
type exported struct {
	keys, checkpoint []byte
	lines            [][]byte
	proof            seal.Proof
}

// export is a log of 300 events, signed and cosigned.
func export(t *testing.T) exported {
	t.Helper()
	signer, vkey := logKey(t, 1)
	cosigner, wkey := witnessKey(t, "indre-fosen.example", 2)
	known := policy(t, []string{vkey}, []string{wkey}, 0)
	all := lines(300)
	tree, hashes := grow(t, all)
	signed := sign(t, tree.Head(), signer)
	line, _, err := seal.Witness{Log: known, Key: cosigner}.Cosign(seal.TreeHead{}, signed, nil, noon)
	if err != nil {
		t.Fatal(err)
	}
	if signed, err = known.AddCosignatures(signed, line); err != nil {
		t.Fatal(err)
	}
	proof, err := seal.Prove(hashes, signed, 257, all[256])
	if err != nil {
		t.Fatal(err)
	}
	return exported{[]byte(vkey + "\n" + wkey + "\n"), signed, all, proof}
}

func text(t *testing.T, p seal.Proof) []byte {
	t.Helper()
	b, err := p.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestThePythonVerifierBelievesATrueLog(t *testing.T) {
	e := export(t)
	code, said := verifyPy(t, e.keys, e.checkpoint, bytes.Join(e.lines, nil))
	if code != 0 || !strings.Contains(said, "signed by indre-fosen.example at 2026-11-21T12:00:00Z") || !strings.Contains(said, "all 300 events are those of framdrift/fosen") {
		t.Errorf("%d: %s", code, said)
	}
	signer, vkey := logKey(t, 1)
	if code, said := verifyPy(t, []byte(vkey), sign(t, headOf(t, nil), signer), nil); code != 0 {
		t.Errorf("an empty log: %d: %s", code, said)
	}
}

func TestThePythonVerifierBelievesATrueProof(t *testing.T) {
	e := export(t)
	code, said := verifyPy(t, e.keys, text(t, e.proof))
	if code != 0 || !strings.Contains(said, "at position 257 of 300 in framdrift/fosen:\n"+string(e.lines[256])) {
		t.Errorf("%d: %s", code, said)
	}
}

// Every event of every small log: the ways to the root have all their shapes.
func TestThePythonVerifierFollowsEveryProof(t *testing.T) {
	const check = `import sys
sys.path.insert(0, "../../docs")
import verify
for case in sys.stdin:
    index, size, root, *path = case.split()
    root, leaf, *path = [bytes.fromhex(h) for h in [root] + path]
    if verify.root_of_proof(int(index), int(size), leaf, path) != root:
        print(case)
print("done")
`
	var cases strings.Builder
	all := lines(20)
	_, hashes := grow(t, all)
	for size := 1; size <= len(all); size++ {
		head := headOf(t, all[:size])
		for index := range size {
			proof, err := seal.ProveEvent(hashes, head, uint64(index)+1)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&cases, "%d %d", index, size)
			for _, h := range slices.Concat([]seal.Hash{head.Root, seal.LeafHash(all[index])}, proof) {
				fmt.Fprintf(&cases, " %x", h[:])
			}
			fmt.Fprintln(&cases)
		}
	}
	if code, said := python(t, cases.String(), "-B", "-c", check); code != 0 || said != "done\n" {
		t.Errorf("%d: %s", code, said)
	}
}

// The same public checkpoint that this package believes.
func TestThePythonVerifierKnowsThePublicWitnesses(t *testing.T) {
	keys := strings.Join(append([]string{publicKey}, publicWitnesses...), "\n")
	code, said := verifyPy(t, []byte(keys), []byte(public), nil)
	if code != 1 || strings.Count(said, "signed by ") != 5 || !strings.Contains(said, "has 0 events, and the checkpoint 1432088532") {
		t.Errorf("%d: %s", code, said)
	}
}

func TestThePythonVerifierSaysWhatIsWrong(t *testing.T) {
	e := export(t)
	log := func(change func([][]byte) [][]byte) []byte { return bytes.Join(change(slices.Clone(e.lines)), nil) }
	whole := bytes.Join(e.lines, nil)
	signer, vkey := logKey(t, 1)
	stranger, strangerKey := logKey(t, 9)
	_, wkey := witnessKey(t, "orland.example", 5)
	head := headOf(t, e.lines)
	moved, other := e.proof, e.proof
	moved.Position++
	other.Line = e.lines[255]
	for name, c := range map[string]struct {
		keys, first, log []byte
		want             string
	}{
		"a flipped byte":           {e.keys, e.checkpoint, log(func(l [][]byte) [][]byte { l[9] = []byte("{}\n"); return l }), "not the log that was signed"},
		"an event less":            {e.keys, e.checkpoint, log(func(l [][]byte) [][]byte { return slices.Delete(l, 9, 10) }), "has 299 events, and the checkpoint 300"},
		"an event twice":           {e.keys, e.checkpoint, log(func(l [][]byte) [][]byte { return slices.Insert(l, 9, l[9]) }), "has 301 events"},
		"two that changed places":  {e.keys, e.checkpoint, log(func(l [][]byte) [][]byte { l[3], l[4] = l[4], l[3]; return l }), "not the log that was signed"},
		"a tail that is cut":       {e.keys, e.checkpoint, whole[:len(whole)-1], "line 300 has no newline"},
		"an older checkpoint":      {[]byte(vkey), sign(t, headOf(t, e.lines[:200]), signer), whole, "has 300 events, and the checkpoint 200"},
		"signed by a stranger":     {[]byte(vkey), sign(t, head, stranger), whole, "framdrift/fosen has not signed"},
		"a stranger's key":         {[]byte(strangerKey), e.checkpoint, whole, "framdrift/fosen has not signed"},
		"changed after it was":     {e.keys, bytes.Replace(e.checkpoint, []byte("\n300\n"), []byte("\n299\n"), 1), whole, "the signature by framdrift/fosen is wrong"},
		"a witness that is absent": {[]byte(vkey + "\n" + wkey), e.checkpoint, whole, "orland.example has not signed"},
		"only a witness's key":     {[]byte(wkey), e.checkpoint, whole, "of framdrift/fosen, and no key is"},
		"what is no key":           {[]byte("framdrift/fosen+00000000+AAAA"), e.checkpoint, whole, "not a key"},
		"no keys":                  {nil, e.checkpoint, whole, "no key is"},
		"no signatures":            {e.keys, []byte("framdrift/fosen\n"), whole, "not a signed note"},
		"what is not UTF-8":        {e.keys, []byte("\xff"), whole, "decode"},
		"another position":         {e.keys, text(t, moved), nil, "not at position 258"},
		"another line":             {e.keys, text(t, other), nil, "not at position 257"},
		"a hash less":              {e.keys, bytes.Replace(text(t, e.proof), []byte(e.proof.Hashes[0].String()+"\n"), nil, 1), nil, "too few hashes"},
		"a hash more":              {e.keys, bytes.Replace(text(t, e.proof), []byte("\n\n"), []byte("\n"+e.proof.Hashes[0].String()+"\n\n"), 1), nil, "too many hashes"},
		"no proof":                 {e.keys, e.checkpoint, nil, "is not a proof"},
	} {
		t.Run(name, func(t *testing.T) { pythonSays(t, c.want, c.keys, c.first, c.log) })
	}
}

// pythonSays expects a no that has some words; a log of nil is none.
func pythonSays(t *testing.T, want string, keys, first, log []byte) {
	t.Helper()
	contents := [][]byte{keys, first}
	if log != nil {
		contents = append(contents, log)
	}
	if code, said := verifyPy(t, contents...); code != 1 || !strings.Contains(said, "NOT VERIFIED: ") || !strings.Contains(said, want) {
		t.Errorf("%d: %s", code, said)
	}
}

// While a key is changed the auditor may know either, or ask for both.
func TestThePythonVerifierTakesAKeyThatIsChanged(t *testing.T) {
	oldKey, newKey, before, between, _, _ := rotated(t)
	all := lines(30)
	for _, keys := range []string{oldKey, newKey, oldKey + "\n" + newKey} {
		if code, said := verifyPy(t, []byte(keys), between, bytes.Join(all[:20], nil)); code != 0 {
			t.Errorf("%d: %s", code, said)
		}
	}
	if code, said := verifyPy(t, []byte(oldKey+"\n"+newKey), before, bytes.Join(all[:10], nil)); code != 1 {
		t.Errorf("both were asked for, and one had signed: %d: %s", code, said)
	}
}

func TestThePythonVerifierAskedWrongSaysHow(t *testing.T) {
	if code, said := verifyPy(t); code != 2 || !strings.Contains(said, "python3 verify.py KEYS CHECKPOINT LOG.jsonl") {
		t.Errorf("%d: %s", code, said)
	}
}
