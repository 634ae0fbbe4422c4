package main

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

var errExists = rule("file.exists",
	"Fila %[1]s finnes fra før. Ingenting er skrevet; velg et annet navn, eller skriv over den med --force.",
	"Fila %[1]s finst frå før. Ingenting er skrive; vel eit anna namn, eller skriv over ho med --force.",
	"The file %[1]s is there already. Nothing was written; choose another name, or write over it with --force.")

// An outFile is there under its name when it is whole and on disk, and not
// before. What is not a file, such as a pipe, is written to as it is.
type outFile struct {
	*os.File
	becomes string // its name in the end; empty for what is not a file
}

// createFile begins a file that its owner alone may read. One that is there is
// refused, unless forced.
func createFile(name string, force bool) (*outFile, error) {
	return createAs(name, force, 0o600)
}

// createReport begins a file for others to read, as far as the user's mask lets
// them, in the place of one that is there.
func createReport(name string) (*outFile, error) { return createAs(name, true, 0o666) }

func createAs(name string, force bool, mode fs.FileMode) (*outFile, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, errNotWritten.With(name, inWords(err))
	case info.IsDir():
		return nil, errNotWritten.With(name, inWords(syscall.EISDIR))
	case !info.Mode().IsRegular():
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return nil, errNotWritten.With(name, inWords(err))
		}
		return &outFile{File: f}, nil
	case !force:
		return nil, errExists.With(name)
	default:
		if name, err = filepath.EvalSymlinks(name); err != nil {
			return nil, errNotWritten.With(name, inWords(err))
		}
	}
	beside := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+"."+rand.Text())
	f, err := os.OpenFile(beside, os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, errNotWritten.With(name, inWords(err))
	}
	return &outFile{f, name}, nil
}

// keep gives the file its name; it closes it in any case.
func (o *outFile) keep() error {
	if o.becomes == "" {
		return o.Close()
	}
	err := errors.Join(o.Sync(), o.Close())
	if err == nil {
		err = os.Rename(o.Name(), o.becomes)
	}
	if err != nil {
		return errors.Join(errNotWritten.With(o.becomes, inWords(err)), o.remove())
	}
	dir, err := os.Open(filepath.Dir(o.becomes))
	if err != nil {
		return errNotWritten.With(o.becomes, inWords(err))
	}
	if err := errors.Join(dir.Sync(), dir.Close()); err != nil {
		return errNotWritten.With(o.becomes, inWords(err))
	}
	return nil
}

// discard leaves nothing behind.
func (o *outFile) discard() error { return errors.Join(o.Close(), o.remove()) }

func (o *outFile) remove() error {
	if o.becomes == "" {
		return nil
	}
	return os.Remove(o.Name())
}
