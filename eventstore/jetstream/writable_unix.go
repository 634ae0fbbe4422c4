//go:build unix

package jetstream

import "syscall"

// writable asks whether this process may list, enter and change a directory.
func writable(dir string) error { return syscall.Access(dir, 4|2|1) }
