package jetstream

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// Present reports whether the server's directory holds something of the
// region's stream. It is asked before the server starts, for a server makes
// what it misses and deletes what it cannot read.
func Present(dir, region string) bool {
	_, err := os.Stat(streamPath(dir, region))
	return !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) // what cannot be looked at is there
}

// Lying lists the regions of which the server's directory holds something. It
// opens them all when it starts, whoever knows of them.
func Lying(dir string) ([]string, error) {
	entries, err := os.ReadDir(streamsPath(dir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("jetstream: listing what lies there: %w", err)
	}
	var regions []string
	for _, e := range entries {
		if region, ours := strings.CutPrefix(e.Name(), streamPrefix); ours {
			regions = append(regions, region)
		}
	}
	return regions, nil
}

// HoldsMessages reports whether a block of the region's stream has any byte. A
// stream that was being made when the program stopped has none.
func HoldsMessages(dir, region string) bool {
	blocks, err := filepath.Glob(filepath.Join(streamPath(dir, region), "msgs", "*.blk"))
	for _, block := range blocks {
		if info, statErr := os.Stat(block); statErr != nil || info.Size() > 0 {
			return true
		}
	}
	return err != nil
}
