//go:build linux || darwin

package app

import (
	"fmt"
	"syscall"
)

// spaceOf is what this user may still fill of the disk.
func spaceOf(path string) (Space, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(path, &s); err != nil {
		return Space{}, fmt.Errorf("app: asking how full the disk is: %w", err)
	}
	block := uint64(s.Bsize)
	return Space{Free: uint64(s.Bavail) * block, Total: uint64(s.Blocks) * block}, nil
}
