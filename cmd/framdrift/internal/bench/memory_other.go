//go:build !linux

package bench

import "runtime/debug"

func forgetPeak() { debug.FreeOSMemory() }

// resident is what Go says; it does not know the peak.
func resident() (now, peak uint64) { return mapped(), mapped() }
