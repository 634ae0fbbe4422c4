package jetstream

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Exchange moves the stream of a region in dir to aside, and puts the one in
// from, which another server made, in its place: on disk when it returns. No
// server may run on either. A crash in between leaves no stream in dir.
func Exchange(dir, from, region, aside string) error {
	stream, made := streamPath(dir, region), streamPath(from, region)
	if err := os.Rename(stream, aside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("jetstream: moving the log of %s aside: %w", region, err)
	}
	err := os.MkdirAll(filepath.Dir(stream), 0o700)
	if err == nil {
		err = os.Rename(made, stream)
	}
	if err == nil {
		err = errors.Join(syncDir(filepath.Dir(aside)), Sync(dir, region))
	}
	if err != nil {
		return fmt.Errorf("jetstream: putting a log of %s in place: %w", region, err)
	}
	return nil
}
