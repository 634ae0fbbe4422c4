package jetstream

import (
	"fmt"
	"log/slog"
	"runtime"
	"testing"

	"github.com/google/uuid"
	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/vault"
)

// A pack of keys is one message, beside the same bytes published raw.
func BenchmarkVaultSync(b *testing.B) {
	for _, keys := range []int{1, 64, 512} {
		b.Run(fmt.Sprintf("keys=%d", keys), func(b *testing.B) {
			v, err := openVault(b, mustOpen(b, Embedded{Dir: b.TempDir()}), vault.NewMaster())
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = v.Close() }()
			for b.Loop() {
				makeMany(b, v, keys)
			}
		})
		b.Run(fmt.Sprintf("raw=%d", keys), func(b *testing.B) {
			s := mustOpen(b, Embedded{Dir: b.TempDir()})
			defer closeStore(b, s)
			if err := s.CreateVault(b.Context()); err != nil {
				b.Fatal(err)
			}
			stream, err := s.Vault(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = stream.Close() }()
			js, page, last := stream.(*vaultStream).js, make([]byte, keys*80), uint64(0)
			for b.Loop() {
				ack, err := js.Publish(b.Context(), vaultSubjectPrefix+"x", page, natsjs.WithExpectLastSequence(last))
				if err != nil {
					b.Fatal(err)
				}
				last = ack.Sequence
			}
		})
	}
}

func makeMany(b *testing.B, v vault.Vault, n int) {
	b.Helper()
	for range n {
		if _, err := v.Make(domain.EventID(uuid.Must(uuid.NewV7()).String())); err != nil {
			b.Fatal(err)
		}
	}
	if err := v.Sync(b.Context()); err != nil {
		b.Fatal(err)
	}
}

// Opening reads every page; it also tells what a key costs in memory.
func BenchmarkVaultOpen(b *testing.B) {
	const pages = 2000
	for _, keys := range []int{1, 64} {
		b.Run(fmt.Sprintf("keys=%d", keys), func(b *testing.B) {
			s, m := mustOpen(b, Embedded{Dir: b.TempDir()}), vault.NewMaster()
			v, err := openVault(b, s, m)
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = v.Close() }()
			for range pages {
				makeMany(b, v, keys)
			}
			before := heap()
			var open []*vault.Shared
			for b.Loop() {
				stream, err := s.Vault(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				again, err := vault.OpenShared(b.Context(), stream, m, slog.New(slog.DiscardHandler))
				if err != nil {
					b.Fatal(err)
				}
				open = append(open, again)
			}
			b.ReportMetric(float64(heap()-before)/float64(len(open))/float64(pages*keys), "B/key")
			for _, v := range open {
				if err := v.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
