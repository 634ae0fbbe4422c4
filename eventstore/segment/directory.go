package segment

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const (
	sealedFile   = ".jsonl.zst"
	linesFile    = ".jsonl"
	messagesFile = ".messages"
	temporary    = ".tmp"
)

// place is the file of a segment whose first event has a position.
func place(dir string, first uint64, kind string) string {
	return filepath.Join(dir, fmt.Sprintf("%020d%s", first, kind))
}

// files are the kinds of file there are of a segment.
type files map[string]bool

// list gives the files of each segment, by the position of its first event,
// and the temporary files. Files with other names are left alone, but not those that zstd -dc *.zst or cat *.jsonl
// would take for segments: ErrForeign.
func list(dir string) (segments map[uint64]files, unfinished []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("segment: reading the directory: %w", err)
	}
	segments = map[uint64]files{}
	for _, e := range entries {
		name, path := e.Name(), filepath.Join(dir, e.Name())
		digits, _, _ := strings.Cut(name, ".")
		kind := name[len(digits):]
		first, err := strconv.ParseUint(digits, 10, 64)
		ours := err == nil && place(dir, first, kind) == path && e.Type().IsRegular()
		switch base := strings.TrimSuffix(kind, temporary); {
		case ours && first > 0 && slices.Contains([]string{sealedFile, linesFile, messagesFile}, base):
			if base != kind {
				unfinished = append(unfinished, path)
				continue
			}
			if segments[first] == nil {
				segments[first] = files{}
			}
			segments[first][kind] = true
		case strings.HasSuffix(name, ".zst"), strings.HasSuffix(name, linesFile), strings.HasSuffix(name, messagesFile):
			return nil, nil, fmt.Errorf("%w: %s; move it away", ErrForeign, path)
		}
	}
	return segments, unfinished, nil
}

// replace puts a file where it belongs, for certain.
func replace(path string, b []byte) error {
	if err := put(path, b); err != nil {
		return err
	}
	return syncDirectory(filepath.Dir(path))
}

// put puts a file where it belongs: whole, or not at all. It is certain to be
// there when the directory is synced.
func put(path string, b []byte) error {
	file, err := os.OpenFile(path+temporary, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(b)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(path+temporary, path)
}

func syncDirectory(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// makeDirectory makes a directory that only its owner may read, if there is none.
func makeDirectory(dir string) error {
	_, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		if err = os.MkdirAll(dir, 0o700); err == nil {
			err = syncDirectory(filepath.Dir(dir))
		}
	}
	if err != nil {
		return fmt.Errorf("segment: making the directory: %w", err)
	}
	return nil
}

// removePlain takes away the plain files of a segment that is sealed. The lines go
// first, so that there are never lines without their messages.
func removePlain(dir string, first uint64) error {
	for _, kind := range []string{linesFile, messagesFile} {
		if err := os.Remove(place(dir, first, kind)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("segment: taking away what is sealed: %w", err)
		}
	}
	return nil
}

// readPlain reads a plain segment. The messages are read first: what they name
// is in the lines then, also while a Writer is at work.
func readPlain(dir string, first uint64) (index, lines []byte, err error) {
	if index, err = os.ReadFile(place(dir, first, messagesFile)); err != nil {
		return nil, nil, err
	}
	lines, err = os.ReadFile(place(dir, first, linesFile))
	if errors.Is(err, fs.ErrNotExist) && len(index) == headerBytes {
		return index, nil, nil // it had just been begun
	}
	return index, lines, err
}

// readTrailer reads the end of a sealed segment.
func readTrailer(path string) (t *trailer, size int64, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return nil, 0, err
	}
	size = info.Size()
	end := make([]byte, min(size, maxTrailer))
	if _, err := file.ReadAt(end, size-int64(len(end))); err != nil {
		return nil, size, err
	}
	t, err = parseTrailer(end, size)
	return t, size, err
}
