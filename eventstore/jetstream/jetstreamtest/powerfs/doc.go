// Package powerfs is a file system for tests whose power can be cut, and whose
// disk can fail. It lies in memory and is mounted with FUSE, so that a real
// program can work on it. It is built with the tag powercut, on Linux, and
// mounting takes root and /dev/fuse.
//
//	disk, err := powerfs.Mount(dir, "")      // empty
//	…                                        // a program works in dir
//	<-disk.Cut(100)                          // after a hundred calls more, each errs
//	…                                        // the program is killed
//	err = disk.Save(what, rand.New(…))       // what a disk would have held
//	err = disk.Unmount()
//	disk, err = powerfs.Mount(dir, what)     // the machine is up again
//
// # What is on the disk
//
// Everything is there twice: as every call sees it, and as it is on the disk.
// Only a sync moves the one to the other, and only for what it was asked for:
//
//   - fsync of a file, fdatasync, and each write to a file opened with O_SYNC
//     put the bytes and the length of that file on the disk;
//   - fsync of a directory puts its entries there: what was made, renamed and
//     removed in it. Until then a new file has no name, however often it has
//     been synced itself.
//
// That is what POSIX promises and no more. Journaling file systems (ext4, xfs,
// btrfs) put the name of a new file on disk when the file is synced, so a
// program that loses nothing here loses nothing there. Permissions, and the
// kind of what lies in a directory, are on the disk at once.
//
// # What else a cut may leave
//
// A disk may be further than it was asked to be. Save with a source of
// randomness lets some of what was not synced survive, differently for each
// file and directory:
//
//   - of a file nothing, everything, the first of the sectors (of 512 bytes)
//     that were written, or any of them. A sector lies there whole or not at
//     all. Where a later one is there and an earlier is not, zeros are;
//   - a file that was made shorter is that, or is not;
//   - of the changes to a directory the first so many, in their order.
//
// Without randomness nothing of it survives. Save can be called at any time:
// what it gives is what a cut at that moment would have left.
//
// # What is not there
//
// A sync that says yes and did not do it (a disk with a lying cache), sectors
// that rot, symbolic links, owners, times beyond that of the last change, and holes. The
// kernel keeps no page of a file, so every read and write comes here, and a
// read that is to fail does.
//
// # Failing
//
// Fail is given each call before it is carried out, and may answer with an
// error in its place. Room is how many bytes files may still grow: when it is
// used up a write is short, and the next one is ENOSPC, while statfs goes on
// saying that there is room, as under a quota.
package powerfs
