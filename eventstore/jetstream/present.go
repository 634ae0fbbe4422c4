package jetstream

import (
	"os"
	"path/filepath"
)

// Present reports whether the server's directory holds something of the
// region's stream. It is asked before the server starts, for a server makes
// what it misses and deletes what it cannot read.
func Present(dir, region string) bool {
	_, err := os.Stat(filepath.Join(dir, "jetstream", account, "streams", streamName(region)))
	return err == nil
}
