package jetstream

import "os"

// Present reports whether the server's directory holds something of the
// region's stream. It is asked before the server starts, for a server makes
// what it misses and deletes what it cannot read.
func Present(dir, region string) bool {
	_, err := os.Stat(streamPath(dir, region))
	return err == nil
}
