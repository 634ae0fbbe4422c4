package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// payload is as large as the events that are appended beside it.
var payload = bytes.Repeat([]byte("x"), 560)

// raw is bare JetStream: a server of its own that syncs every message, and
// two streams, one to publish on and one to read.
type raw struct {
	server *server.Server
	conn   *nats.Conn
	js     jetstream.JetStream
}

func openRaw(ctx context.Context, dir string) (*raw, error) {
	srv, err := server.NewServer(&server.Options{
		DontListen: true, JetStream: true, StoreDir: dir, SyncAlways: true, MaxPayload: 8 << 20, NoSigs: true, NoLog: true,
	})
	if err != nil {
		return nil, fmt.Errorf("bench: starting bare JetStream: %w", err)
	}
	r := &raw{server: srv}
	srv.Start()
	if r.conn, err = nats.Connect("", nats.InProcessServer(srv)); err == nil {
		r.js, err = jetstream.New(r.conn)
	}
	for _, name := range []string{"publish", "read"} {
		if err == nil {
			_, err = r.js.CreateStream(ctx, jetstream.StreamConfig{Name: name, Subjects: []string{name + ".>"}, Storage: jetstream.FileStorage})
		}
	}
	if err != nil {
		r.close()
		return nil, fmt.Errorf("bench: making bare streams: %w", err)
	}
	return r, nil
}

func (r *raw) close() {
	if r.conn != nil {
		r.conn.Close()
	}
	r.server.Shutdown()
	r.server.WaitForShutdown()
}

// publish is one message, on disk when it returns.
func (r *raw) publish(ctx context.Context) error {
	if _, err := r.js.Publish(ctx, "publish.x", payload); err != nil {
		return fmt.Errorf("bench: bare publish: %w", err)
	}
	return nil
}

// fill puts messages on the stream that is read.
func (r *raw) fill(ctx context.Context, messages int, content []byte) error {
	for range messages {
		if _, err := r.js.PublishAsync("read.x", content); err != nil {
			return fmt.Errorf("bench: bare publish: %w", err)
		}
	}
	select {
	case <-r.js.PublishAsyncComplete():
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// read goes through the stream once, in order.
func (r *raw) read(ctx context.Context, messages int) error {
	return r.readStream(ctx, "read", messages)
}

func (r *raw) readStream(ctx context.Context, name string, messages int) (err error) {
	consumer, err := r.js.OrderedConsumer(ctx, name, jetstream.OrderedConsumerConfig{})
	if err != nil {
		return fmt.Errorf("bench: bare read: %w", err)
	}
	all, err := consumer.Messages()
	if err != nil {
		return fmt.Errorf("bench: bare read: %w", err)
	}
	defer all.Stop()
	for range messages {
		if _, next := all.Next(jetstream.NextContext(ctx)); next != nil {
			return errors.Join(err, fmt.Errorf("bench: bare read: %w", next))
		}
	}
	return nil
}
