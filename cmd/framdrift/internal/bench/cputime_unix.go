//go:build unix

package bench

import (
	"syscall"
	"time"
)

// cpuTime is how long the cores have worked for this process: what other
// processes take of them is not in it.
func cpuTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
