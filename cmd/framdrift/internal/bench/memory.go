package bench

import (
	"runtime"
	"runtime/debug"
)

// settled is what the process holds after a garbage collection, and the most it
// held before.
func settled() Memory {
	var m Memory
	_, m.PeakRSS = resident()
	runtime.GC()
	debug.FreeOSMemory() // what was pooled goes with the second
	var of runtime.MemStats
	runtime.ReadMemStats(&of)
	m.SettledRSS, _ = resident()
	m.Heap = of.HeapAlloc
	return m
}

// mapped is what Go has of the system, for systems that do not say more.
func mapped() uint64 {
	var of runtime.MemStats
	runtime.ReadMemStats(&of)
	return of.Sys - of.HeapReleased
}
