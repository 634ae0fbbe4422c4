package seal_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// walk is the worked example of the package comment.
func walk(w io.Writer) error {
	var memory seal.Memory
	tree, err := seal.OpenTree(&memory, seal.Edge{})
	if err != nil {
		return err
	}
	for n := 1; n <= 3; n++ {
		line := fmt.Appendf(nil, "{\"position\":%d}\n", n)
		leaf := seal.LeafHash(line)
		fmt.Fprintf(w, "leaf %d  %x\n", n-1, leaf[:])
		if err := tree.Append(line); err != nil {
			return err
		}
	}
	head, edge := tree.Head(), tree.Edge()
	fmt.Fprintf(w, "root    %x\n", head.Root[:])
	b, err := edge.MarshalBinary()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "edge    %x\n        %x\n        %x\n", b[:8], b[8:40], b[40:])

	skey, vkey, err := seal.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{1}, 32)), "framdrift/fosen", seal.ForLog)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\n%s\n", skey, vkey)
	signer, err := seal.NewSigner(skey)
	if err != nil {
		return err
	}
	signed, err := seal.Checkpoint{Origin: signer.Name(), TreeHead: head}.Sign(signer)
	if err != nil {
		return err
	}
	return walkOn(w, &memory, vkey, signed)
}

// walkOn has the checkpoint cosigned and proves the second event.
func walkOn(w io.Writer, hashes seal.Hashes, vkey string, signed []byte) error {
	skey, wkey, err := seal.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{2}, 32)), "indre-fosen.example", seal.ForWitness)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\n%s\n", skey, wkey)
	cosigner, err := seal.NewCosigner(skey)
	if err != nil {
		return err
	}
	policy, err := seal.NewPolicy([]string{vkey}, []string{wkey}, 0)
	if err != nil {
		return err
	}
	witness := seal.Witness{Log: policy, Key: cosigner}
	line, _, err := witness.Cosign(seal.TreeHead{}, signed, nil, time.Unix(1_700_000_000, 0))
	if err != nil {
		return err
	}
	signed, err = policy.AddCosignatures(signed, line)
	if err != nil {
		return err
	}
	proof, err := seal.Prove(hashes, signed, 2, []byte("{\"position\":2}\n"))
	if err != nil {
		return err
	}
	text, err := proof.MarshalText()
	fmt.Fprintf(w, "%s", text)
	return err
}

func Example() {
	if err := walk(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// leaf 0  bb4375c5abfd48408521562f4cde55290b7e37d2caf056a3bf0ee612b776b90e
	// leaf 1  4a105c396c83739ceb710180e9bf95d0926e1aaf2af692a50cb205ff7ae4a615
	// leaf 2  0c8e69ed96b655f80d7a79ceb0bb0d05287e601b6ef77f0d2221710c41f61378
	// root    76574af14995ec5838e171813fbb262122b628f2b1b7ed7de420e4f1377f1e83
	// edge    0000000000000003
	//         5fe9460141e8f305c6f26de09c1bd582cb3c5507f0f87df74bcd6b8be8109431
	//         0c8e69ed96b655f80d7a79ceb0bb0d05287e601b6ef77f0d2221710c41f61378
	// PRIVATE+KEY+framdrift/fosen+c9a5370a+AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB
	// framdrift/fosen+c9a5370a+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c
	// PRIVATE+KEY+indre-fosen.example+6b02c857+BAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC
	// indre-fosen.example+6b02c857+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU
	// c2sp.org/tlog-proof@v1
	// extra eyJwb3NpdGlvbiI6Mn0K
	// index 1
	// u0N1xav9SECFIVYvTN5VKQt+N9LK8Fajvw7mErd2uQ4=
	// DI5p7Za2VfgNennOsLsNBSh+YBtu938NIiFxDEH2E3g=
	//
	// framdrift/fosen
	// 3
	// dldK8UmV7Fg44XGBP7smISK2KPKxt+195CDk8Td/HoM=
	//
	// — framdrift/fosen yaU3ClV6m8duX2/vc6e/DywisDjsRZG6Q2ug/2wx+jlj2Ccv0doRKPPcHzVH2jkflWKb52dEO12XFKDrGUkGkl3jxgk=
	// — indre-fosen.example awLIVwAAAABlU/EA7YTUZB53i3BI64FXJSOvdePzXWWaow8QHDWnKWkw9QPC5CXi1eaCgw4MubtaFlzokKlEQ5SfjEEHvANoE9bkAA==
}

func TestThePackageCommentHasTheBytesOfTheExample(t *testing.T) {
	var out strings.Builder
	if err := walk(&out); err != nil {
		t.Fatal(err)
	}
	comment, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if line != "\n" && !strings.Contains(string(comment), "//\t"+line) {
			t.Errorf("doc.go does not have %s", line)
		}
	}
}
