package bench

import (
	"runtime"
	"runtime/debug"
)

// settled notes what the process holds after a garbage collection, and the most
// it held before.
func settled(s *Start) {
	_, s.PeakRSS = resident()
	runtime.GC()
	debug.FreeOSMemory() // what was pooled goes with the second
	var of runtime.MemStats
	runtime.ReadMemStats(&of)
	s.SettledRSS, _ = resident()
	s.Heap = of.HeapAlloc
}

// mapped is what Go has of the system, for systems that do not say more.
func mapped() uint64 {
	var of runtime.MemStats
	runtime.ReadMemStats(&of)
	return of.Sys - of.HeapReleased
}
