package doctor

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// fileSystems are those that people meet, by the magic number of statfs(2)
// (linux/magic.h; ntfs3, zfs and vboxsf in their own sources).
var fileSystems = map[int64]fileSystem{
	0xef53: {"ext4", local}, 0x58465342: {"xfs", local}, 0x9123683e: {"btrfs", local}, 0x2fc12fc1: {"zfs", local},
	0xf2f52010: {"f2fs", local}, 0xca451a4e: {"bcachefs", local}, 0x3153464a: {"jfs", local}, 0x52654973: {"reiserfs", local},
	0x01021994: {"tmpfs", memory}, 0x858458f6: {"ramfs", memory},
	0x6969: {"nfs", network}, 0xff534d42: {"cifs", network}, 0xfe534d42: {"smb", network}, 0x517b: {"smb", network},
	0x00c36400: {"ceph", network}, 0x5346414f: {"afs", network}, 0x73757245: {"coda", network}, 0x01161970: {"gfs2", network},
	0x7461636f: {"ocfs2", network}, 0x0bd00bd0: {"lustre", network}, 0x786f4256: {"vboxsf", network},
	0x794c7630: {"overlay", layered}, 0x61756673: {"aufs", layered},
	0x65735546: {"fuse", strange}, 0x01021997: {"9p", strange}, 0xf15f: {"ecryptfs", strange},
	0x4d44: {"vfat", strange}, 0x2011bab0: {"exfat", strange}, 0x7366746e: {"ntfs", strange}, 0x5346544e: {"ntfs", strange},
}

func fileSystemOf(path string) (fileSystem, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(path, &s); err != nil {
		return fileSystem{}, err
	}
	magic := int64(s.Type) & 0xffffffff //nolint:unconvert // 32 bits wide on some machines
	if known, ok := fileSystems[magic]; ok {
		return known, nil
	}
	return fileSystem{fmt.Sprintf("0x%x", magic), strange}, nil
}

// holderOf looks for the lock among those that the kernel lists (proc(5),
// /proc/locks), and for the name of its process:
//
//	1: FLOCK  ADVISORY  WRITE 1234 fe:00:131 0 EOF
func holderOf(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ""
	}
	locks, err := os.Open("/proc/locks")
	if err != nil {
		return ""
	}
	defer locks.Close() //nolint:errcheck // it was only read
	device := uint64(stat.Dev)
	major, minor := device>>8&0xfff|device>>32&^0xfff, device&0xff|device>>12&^0xff
	file := fmt.Sprintf("%02x:%02x:%d", major, minor, stat.Ino)
	for lines := bufio.NewScanner(locks); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if len(fields) < 6 || fields[1] != "FLOCK" || fields[5] != file {
			continue
		}
		if pid, err := strconv.Atoi(fields[4]); err == nil && pid > 0 {
			name, _ := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid)) // without a name there is the number
			return strings.TrimSpace(string(name)) + " (" + strconv.Itoa(pid) + ")"
		}
	}
	return ""
}
