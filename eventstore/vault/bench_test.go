package vault

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

// A pack of group commit: many keys, one write, one fsync. Raw is the same
// bytes written and synced without a vault.
func BenchmarkSync(b *testing.B) {
	for _, pack := range []struct {
		name string
		keys int
	}{{"1", 1}, {"64", 64}, {"512", 512}} {
		b.Run("keys="+pack.name, func(b *testing.B) {
			v := open(b, filepath.Join(b.TempDir(), "vault"))
			ids := events(b, b.N*pack.keys)
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				for range pack.keys {
					if _, err := v.Make(ids[0]); err != nil {
						b.Fatal(err)
					}
					ids = ids[1:]
				}
				if err := v.Sync(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("raw="+pack.name, func(b *testing.B) {
			file, err := os.Create(filepath.Join(b.TempDir(), "raw"))
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = file.Close() }()
			slots := make([]byte, pack.keys*keyKind.size())
			for b.Loop() {
				if _, err := file.Write(slots); err != nil {
					b.Fatal(err)
				}
				if err := file.Sync(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func events(b *testing.B, n int) []domain.EventID {
	b.Helper()
	ids := make([]domain.EventID, n)
	for i := range ids {
		ids[i] = newID(b)
	}
	return ids
}

func BenchmarkMake(b *testing.B) {
	v := open(b, filepath.Join(b.TempDir(), "vault"))
	ids := events(b, b.N)
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		if _, err := v.Make(ids[i]); err != nil {
			b.Fatal(err)
		}
	}
}

// million lays a vault of so many keys.
func million(b *testing.B, n int) (dir string, ids []domain.EventID) {
	b.Helper()
	dir = filepath.Join(b.TempDir(), "vault")
	v := open(b, dir)
	ids, _ = makeKeys(b, v, n)
	closeVault(b, v)
	return dir, ids
}

func BenchmarkFind(b *testing.B) {
	const n = 200_000
	dir, ids := million(b, n)
	v := open(b, dir)
	b.ReportAllocs()
	var key codec.Key
	for i := 0; b.Loop(); i++ {
		var err error
		if key, err = v.Find(ids[i*7919%n]); err != nil {
			b.Fatal(err)
		}
	}
	_ = key
}

// Opening reads and opens every slot once. It also tells what a key costs in
// memory and on disk.
func BenchmarkOpen(b *testing.B) {
	const n = 500_000
	dir, _ := million(b, n)
	before := inUse()
	b.ResetTimer()
	var v *File
	for range b.N {
		if v != nil {
			closeVault(b, v)
		}
		v = open(b, dir)
	}
	b.StopTimer()
	b.ReportMetric(float64(inUse()-before)/n, "B/key")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/key")
	b.ReportMetric(float64(keyKind.size()), "disk-B/key")
	runtime.KeepAlive(v)
}

func inUse() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
