//go:build linux || darwin

package doctor

import (
	"io/fs"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

var here = system{
	owner: ownerOf, me: func() string { return strconv.Itoa(os.Geteuid()) }, name: nameOf,
	fileSystem: fileSystemOf, holder: holderOf,
}

func ownerOf(info fs.FileInfo) (owner, bool) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return owner{}, false
	}
	return owner{strconv.Itoa(int(stat.Uid)), uint64(stat.Dev)}, true //nolint:unconvert // narrower on some systems
}

// nameOf is a user's name, or the number where none is known.
func nameOf(id string) string {
	u, err := user.LookupId(id)
	if err != nil {
		return id
	}
	return u.Username
}
