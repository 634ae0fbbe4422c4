package seal_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

const empty = "framdrift/fosen\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"

func TestTheCheckpointOfAnEmptyLogHasTheHashOfNothing(t *testing.T) {
	if text := (seal.Checkpoint{Origin: origin, TreeHead: headOf(t, nil)}).Text(); text != empty {
		t.Errorf("it is %q", text)
	}
}

func TestACheckpointIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		head := seal.TreeHead{Size: rapid.Uint64Range(1, seal.MaxSize).Draw(t, "size")}
		copy(head.Root[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "root"))
		c := seal.Checkpoint{Origin: rapid.StringMatching(`[a-zæøå./-]{1,30}`).Draw(t, "origin"), TreeHead: head}
		c.Extensions = rapid.SliceOfN(rapid.StringMatching(`[ -~]{1,20}`), 0, 3).Draw(t, "extensions")
		if len(c.Extensions) == 0 {
			c.Extensions = nil
		}
		got, err := seal.ParseCheckpoint(c.Text())
		if diff := cmp.Diff(c, got); diff != "" || err != nil {
			t.Fatalf("%v\n%s", err, diff)
		}
	})
}

func TestATextIsOneCheckpointOrNone(t *testing.T) {
	const root = "U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro="
	for name, text := range map[string]string{
		"nothing":                     "",
		"no root":                     "a\n1\n",
		"no newline at the end":       "a\n1\n" + root,
		"an empty line":               "a\n1\n" + root + "\n\n",
		"no origin":                   "\n1\n" + root + "\n",
		"a space in the origin":       "a b\n1\n" + root + "\n",
		"a plus in the origin":        "a+b\n1\n" + root + "\n",
		"a control character":         "a\n1\n" + root + "\nx\ty\n",
		"a carriage return":           "a\r\n1\r\n" + root + "\r\n",
		"what is not UTF-8":           "a\xff\n1\n" + root + "\n",
		"a leading zero":              "a\n01\n" + root + "\n",
		"a sign":                      "a\n+1\n" + root + "\n",
		"a negative size":             "a\n-1\n" + root + "\n",
		"a size that no log can have": "a\n1152921504606846977\n" + root + "\n",
		"a size beyond 64 bits":       "a\n18446744073709551616\n" + root + "\n",
		"a root of 31 bytes":          "a\n1\n" + "U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Q==" + "\n",
		"a root in another spelling":  "a\n1\n" + strings.Replace(root, "Ro=", "Rp=", 1) + "\n",
		"a root without padding":      "a\n1\n" + strings.TrimSuffix(root, "=") + "\n",
		"an empty tree with a root":   "a\n0\n" + root + "\n",
	} {
		if c, err := seal.ParseCheckpoint(text); !errors.Is(err, seal.ErrMalformed) {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
	}
}

func TestNothingIsSignedThatCouldNotBeRead(t *testing.T) {
	signer, _ := logKey(t, 1)
	head := headOf(t, lines(5))
	skey, _ := key(t, "framdrift/namdal", seal.ForLog, 1)
	other, err := seal.NewSigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		checkpoint seal.Checkpoint
		keys       []note.Signer
		want       error
	}{
		"an origin that is no name":    {seal.Checkpoint{Origin: "fosen og namdal", TreeHead: head}, []note.Signer{signer}, seal.ErrMalformed},
		"an empty extension":           {seal.Checkpoint{Origin: origin, TreeHead: head, Extensions: []string{""}}, []note.Signer{signer}, seal.ErrMalformed},
		"an extension of two lines":    {seal.Checkpoint{Origin: origin, TreeHead: head, Extensions: []string{"a\n\nb"}}, []note.Signer{signer}, seal.ErrMalformed},
		"a root of an empty tree":      {seal.Checkpoint{Origin: origin, TreeHead: seal.TreeHead{Root: head.Root}}, []note.Signer{signer}, seal.ErrMalformed},
		"no key":                       {seal.Checkpoint{Origin: origin, TreeHead: head}, nil, seal.ErrKey},
		"another log's key":            {seal.Checkpoint{Origin: origin, TreeHead: head}, []note.Signer{other}, seal.ErrKey},
		"another log's key beside its": {seal.Checkpoint{Origin: origin, TreeHead: head}, []note.Signer{signer, other}, seal.ErrKey},
	} {
		if _, err := c.checkpoint.Sign(c.keys...); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
