package jetstream

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"

	natsjs "github.com/nats-io/nats.go/jetstream"
)

// A message is erased by the server's secure delete: it writes the block that
// holds the message anew, with random bytes in its place (server/filestore.go,
// eraseMsg), on every replica that is told to by the log of their Raft group.
//
// That log holds the message itself until a replica compacts it: when it has
// 8 MB more than at the last time, or after two to three minutes
// (server/jetstream_cluster.go, monitorStream). It is compacted by blocks of
// 4 MB. So an erasure pushes random bytes through the log, more than both
// together, to leave no block of it that begins before the erasure.
//
// A replica that finds the log compacted is told which messages are gone, and
// only forgets them (SyncDeleted): their bytes stay. So nothing is erased while
// one is away, and nothing pushed before all have erased.
const (
	fillerSubject = "filler"
	fillerSize    = 2 << 20
	fillerBytes   = 20 << 20 // 8 MB, a block, and what had gathered before
)

// Whole is ErrUnavailable unless every replica has what is stored in this
// moment. A server goes on calling a replica current for seconds after it was
// lost, so something is stored first.
func (v *vaultStream) Whole(ctx context.Context) error {
	info, err := v.info(ctx)
	if err == nil && info.Config.Replicas > 1 {
		err = v.push(ctx, []byte("are all here?"))
	}
	if err == nil && info.Config.Replicas > 1 {
		err = v.store.patiently(ctx, "waiting for every server that keeps the vault", v.inStep)
	}
	return v.store.explain(err)
}

// inStep is errAway when a replica has not all that the leader has.
func (v *vaultStream) inStep(ctx context.Context) error {
	info, err := v.info(ctx)
	if err != nil {
		return err
	}
	if info.Cluster == nil || len(info.Cluster.Replicas) < info.Config.Replicas-1 {
		return errAway
	}
	for _, peer := range info.Cluster.Replicas {
		if !peer.Current || peer.Offline || peer.Lag > 0 || peer.Active == 0 || peer.Active > heardWithin {
			return fmt.Errorf("%w: %s", errAway, peer.Name)
		}
	}
	return nil
}

func (v *vaultStream) Erase(ctx context.Context, numbers ...uint64) error {
	if err := v.Whole(ctx); err != nil {
		return err
	}
	for _, number := range numbers {
		if err := v.remove(ctx, number, true); err != nil {
			return err
		}
	}
	info, err := v.info(ctx)
	if err != nil || info.Config.Replicas < 2 {
		return err
	}
	if err := v.Whole(ctx); err != nil { // before any of them compacts: one that is behind would not overwrite
		return err
	}
	if err := v.fill(ctx); err != nil {
		return err
	}
	return v.Whole(ctx)
}

// fill pushes random bytes, which no server can compress, through the stream.
func (v *vaultStream) fill(ctx context.Context) error {
	filler := make([]byte, min(fillerSize, v.store.conn.MaxPayload()/2))
	for pushed := 0; pushed < fillerBytes; pushed += len(filler) {
		rand.Read(filler)
		if err := v.push(ctx, filler); err != nil {
			return err
		}
	}
	return nil
}

// push stores a message that nobody needs, and deletes it.
func (v *vaultStream) push(ctx context.Context, data []byte) error {
	var number uint64
	err := v.store.patiently(ctx, "storing what is deleted at once", func(ctx context.Context) error {
		ack, err := v.js.Publish(ctx, vaultSubjectPrefix+fillerSubject, data, natsjs.WithExpectStream(vaultStreamName))
		if err == nil {
			number = ack.Sequence
		}
		return err
	})
	if err != nil {
		return err
	}
	return v.remove(ctx, number, false)
}

// remove deletes a message, if it is there, and overwrites it if it is told to.
func (v *vaultStream) remove(ctx context.Context, number uint64, overwrite bool) error {
	request, err := json.Marshal(map[string]any{"seq": number, "no_erase": !overwrite})
	if err != nil {
		return err
	}
	err = v.store.patiently(ctx, "erasing", func(ctx context.Context) error {
		reply, err := v.store.conn.RequestWithContext(ctx, "$JS.API.STREAM.MSG.DELETE."+vaultStreamName, request)
		if err != nil {
			return err
		}
		var answer struct {
			Success bool             `json:"success"`
			Error   *natsjs.APIError `json:"error"`
		}
		if err := json.Unmarshal(reply.Data, &answer); err != nil || answer.Success {
			return err
		}
		stream, err := v.js.Stream(ctx, vaultStreamName)
		if err != nil {
			return err
		}
		if _, err := stream.GetMsg(ctx, number); errors.Is(err, natsjs.ErrMsgNotFound) {
			return nil
		}
		return answer.Error
	})
	return v.store.explain(err)
}
