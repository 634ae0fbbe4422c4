package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAnExportThatIsStoppedLeavesNothing(t *testing.T) {
	withPlan(t)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	var out bytes.Buffer
	if code := run(ctx, []string{"log", "export", "fosen.jsonl"}, strings.NewReader(""), &out, &out); code != exitFailed {
		t.Errorf("exit code %d: %s", code, out.String())
	}
	left, err := filepath.Glob("*fosen.jsonl*")
	hidden, hiddenErr := filepath.Glob(".fosen.jsonl*")
	if err = errors.Join(err, hiddenErr); err != nil || len(left)+len(hidden) > 0 {
		t.Errorf("it left %v %v (%v)", left, hidden, err)
	}
}

// A new file is whole, for nobody else to read, and never what was there.
func TestAFileIsThereWhenItIsWhole(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("real", []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real", "link"); err != nil {
		t.Fatal(err)
	}
	if _, err := createFile("link", false); !errExists.Breaks(err) {
		t.Errorf("what is there is written over: %v", err)
	}
	for name, keep := range map[string]bool{"new": true, "link": true, "not": false} {
		f, err := createFile(name, true)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString("new"); err != nil {
			t.Fatal(err)
		}
		if b, err := os.ReadFile(name); err == nil && string(b) != "old" {
			t.Errorf("%s is there too early: %q", name, b)
		}
		end := f.discard
		if keep {
			end = f.keep
		}
		if err := end(); err != nil {
			t.Fatal(err)
		}
		if b, err := os.ReadFile(name); keep != (err == nil) || keep && string(b) != "new" {
			t.Errorf("%s holds %q (%v)", name, b, err)
		}
	}
	entries, err := os.ReadDir(".")
	if err != nil || len(entries) != 3 {
		t.Errorf("the directory holds %v (%v)", entries, err)
	}
	if info, err := os.Lstat("link"); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v", err)
	}
}

// Where no terminal shows a bar, a large file is told of at each tenth and a
// small one not at all.
func TestALargeFileIsToldOfAtEachTenth(t *testing.T) {
	for of, want := range map[int64]int{largeFile: 10, largeFile - 1: 0, 0: 0} {
		var said bytes.Buffer
		c := &cli{err: &said}
		m := c.meter(phrase("%[1]d %%", "%[1]d %%", "%[1]d%%"))
		for done := range int64(1001) {
			m.at(done*(of/1000), of)
		}
		m.at(of, of)
		m.finish()
		if got := strings.Count(said.String(), "%"); got != want {
			t.Errorf("%d bytes: %d lines, want %d\n%s", of, got, want, said.String())
		}
	}
}
