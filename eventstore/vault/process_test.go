package vault

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
)

// isChild in the environment makes this test binary a process that opens the
// vault in its working directory, until it is killed.
const isChild = "FRAMDRIFT_TEST_VAULT"

// child opens a vault, syncs one key, tells its event, and waits.
func child() int {
	m, err := ReadMaster("vault.key")
	if err != nil {
		return 3
	}
	v, err := Open("vault", m)
	if err != nil {
		return 4
	}
	id := domain.EventID("0193471e-7a5c-7d3e-8f10-2b4c6d8e0f12")
	if _, err := v.Make(id); err != nil {
		return 5
	}
	if err := v.Sync(context.Background()); err != nil {
		return 6
	}
	if _, err := v.Make("0193471e-7a5c-7d3e-8f10-2b4c6d8e0f13"); err != nil { // never synced
		return 7
	}
	fmt.Println(id)
	_, _ = bufio.NewReader(os.Stdin).ReadByte()
	return 0
}

// Two processes on one vault would write over each other's slots. The one who
// is killed lets go of it, and what it has synced is there.
func TestTwoProcessesDoNotHaveOneVaultOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	if err := master.Write(dir + ".key"); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Dir, cmd.Env = filepath.Dir(dir), append(os.Environ(), isChild+"=yes")
	in, inErr := cmd.StdinPipe()
	out, outErr := cmd.StdoutPipe()
	if err := errors.Join(inErr, outErr, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the other process says nothing: %v", err)
	}
	if _, err := Open(dir, master); !errors.Is(err, ErrInUse) {
		t.Errorf("while another process has it, Open gives %v", err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
	v := open(t, dir)
	if _, err := v.Find(domain.EventID(line[:len(line)-1])); err != nil {
		t.Errorf("the key that the other synced reads %v", err)
	}
	if v.keys.whole != 1 {
		t.Errorf("there are %d slots", v.keys.whole)
	}
}
