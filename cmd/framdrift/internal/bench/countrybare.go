package bench

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// openBare starts a server on streams that the program has made, with none of our
// code between it and who reads.
func openBare(dir string) (*raw, error) {
	account := server.NewAccount("FRAMDRIFT")
	srv, err := server.NewServer(&server.Options{
		DontListen: true, JetStream: true, StoreDir: dir, SyncAlways: true, MaxPayload: 8 << 20, NoSigs: true, NoLog: true,
		Accounts: []*server.Account{account}, Users: []*server.User{{Username: "bench", Password: "bench", Account: account}},
	})
	if err != nil {
		return nil, fmt.Errorf("bench: starting bare JetStream: %w", err)
	}
	r := &raw{server: srv}
	srv.Start()
	if account, err = srv.LookupAccount("FRAMDRIFT"); err == nil {
		err = account.EnableJetStream(nil, nil)
	}
	if err == nil {
		r.conn, err = nats.Connect("", nats.InProcessServer(srv), nats.UserInfo("bench", "bench"))
	}
	if err == nil {
		r.js, err = jetstream.New(r.conn)
	}
	if err != nil {
		r.close()
		return nil, fmt.Errorf("bench: opening streams bare: %w", err)
	}
	return r, nil
}

// readAll goes through a stream once, in order.
func (r *raw) readAll(ctx context.Context, stream string) error {
	there, err := r.js.Stream(ctx, stream)
	if err != nil {
		return fmt.Errorf("bench: bare read: %w", err)
	}
	if there.CachedInfo().State.Msgs == 0 {
		return errors.New("bench: bare read: the stream is empty")
	}
	return r.readStream(ctx, stream, int(there.CachedInfo().State.Msgs))
}
