package bench

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
)

// forgetPeak lets the peak be counted from now on (proc(5), clear_refs).
func forgetPeak() {
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) //nolint:gosec // where it may not, the peak is that of the whole run
}

// resident is how many bytes of memory the process has, and had at the most
// (proc(5), status).
func resident() (now, peak uint64) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return mapped(), mapped()
	}
	for line := range strings.Lines(string(status)) {
		_, _ = fmt.Sscanf(line, "VmRSS: %d kB", &now)
		_, _ = fmt.Sscanf(line, "VmHWM: %d kB", &peak)
	}
	return now << 10, peak << 10
}
