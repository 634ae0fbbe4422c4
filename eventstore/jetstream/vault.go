package jetstream

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"iter"
	"strings"

	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/vault"
)

// The vault that instances share is one stream, whose name is no region's.
const (
	vaultStreamName    = "FRAMDRIFT-VAULT"
	vaultSubjectPrefix = "framdrift-vault."

	// few messages are asked for one by one.
	few = 16
)

// vaultConfig is how the stream of the vault is made.
func vaultConfig(replicas int) natsjs.StreamConfig {
	return natsjs.StreamConfig{
		Name:              vaultStreamName,
		Description:       "Framdrift: keys of texts, and who the users are. Never update, purge or delete it.",
		Subjects:          []string{vaultSubjectPrefix + ">"},
		Retention:         natsjs.LimitsPolicy,
		Discard:           natsjs.DiscardNew,
		Storage:           natsjs.FileStorage,
		Compression:       natsjs.NoCompression,
		Replicas:          replicas,
		MaxConsumers:      -1,
		MaxMsgs:           -1,
		MaxBytes:          -1,
		MaxMsgsPerSubject: -1,
		MaxMsgSize:        -1,
		DenyPurge:         true,
		Metadata:          map[string]string{createdBy: rand.Text()},
	}
}

// checkVault gives the first setting by which the vault could lose keys, keep
// what was erased, or put it elsewhere.
func checkVault(c natsjs.StreamConfig) error {
	for _, s := range []setting{
		{"storage", c.Storage, c.Storage == natsjs.FileStorage, "file storage"},
		{"persist_mode", c.PersistMode, c.PersistMode == natsjs.DefaultPersistMode, "the default, which is synchronous"},
		{"no_ack", c.NoAck, !c.NoAck, "acknowledgements"},
		{"retention", c.Retention, c.Retention == natsjs.LimitsPolicy, "limits retention"},
		{"max_age", c.MaxAge, c.MaxAge <= 0, "no age limit"},
		{"max_msgs", c.MaxMsgs, c.MaxMsgs <= 0, "no limit on messages"},
		{"max_bytes", c.MaxBytes, c.MaxBytes <= 0, "no limit on bytes"},
		{"max_msgs_per_subject", c.MaxMsgsPerSubject, c.MaxMsgsPerSubject <= 0, "no limit per subject"},
		{"discard", c.Discard, c.Discard == natsjs.DiscardNew, "discard new"},
		{"deny_delete", c.DenyDelete, !c.DenyDelete, "deny_delete off"},
		{"deny_purge", c.DenyPurge, c.DenyPurge, "deny_purge on"},
		{"allow_rollup_hdrs", c.AllowRollup, !c.AllowRollup, "no roll-up"},
		{"allow_msg_ttl", c.AllowMsgTTL, !c.AllowMsgTTL, "no time to live of messages"},
		{"compression", c.Compression, c.Compression == natsjs.NoCompression, "no compression"},
		{"mirror", c.Mirror, c.Mirror == nil, "no mirror"},
		{"sources", len(c.Sources), len(c.Sources) == 0, "no sources"},
		{"subjects", c.Subjects, len(c.Subjects) == 1 && c.Subjects[0] == vaultSubjectPrefix+">", "the subject " + vaultSubjectPrefix + "> alone"},
		{"subject_transform", c.SubjectTransform, c.SubjectTransform == nil, "no subject transform"},
		{"republish", c.RePublish, c.RePublish == nil, "no republishing"},
		{"allow_direct", c.AllowDirect, !c.AllowDirect, "no direct reads"},
	} {
		if !s.ok {
			return &eventstore.SettingsError{Region: vaultStreamName, Setting: fmt.Sprintf("%s %+v", s.name, s.has), Want: s.want}
		}
	}
	return nil
}

// A vaultStream is a vault.Stream. Its store is a connection of its own, as
// the user who may do what the vault needs and no more.
type vaultStream struct {
	store *Store
	js    natsjs.JetStream
}

var _ vault.Stream = (*vaultStream)(nil)

// Vault gives the stream of the vault that all instances on these servers
// share. Errors: ErrMissing (it is never made here), a SettingsError, ErrUnavailable, ErrClosed.
func (s *Store) Vault(ctx context.Context) (vault.Stream, error) {
	if s.closed() {
		return nil, eventstore.ErrClosed
	}
	own := &Store{
		admin: s.admin, replicas: s.replicas, stop: func() error { return nil }, patience: s.patience, try: s.try, answer: s.answer,
		failed: s.failed, done: make(chan struct{}),
	}
	err := s.patiently(ctx, "connecting to the vault", func(context.Context) (err error) {
		own.conn, err = s.vault(&own.link)
		return err
	})
	if err != nil {
		return nil, err
	}
	v := &vaultStream{store: own}
	if v.js, err = natsjs.New(own.conn, natsjs.WithDefaultTimeout(own.try)); err != nil {
		return nil, errors.Join(err, v.Close())
	}
	own.js = v.js
	info, err := v.info(ctx)
	if err == nil {
		err = checkVault(info.Config)
	}
	if err == nil && info.Config.Replicas < s.replicas {
		err = &eventstore.SettingsError{Region: vaultStreamName, Setting: fmt.Sprintf("num_replicas %d", info.Config.Replicas), Want: fmt.Sprintf("%d replicas", s.replicas)}
	}
	if err != nil {
		return nil, errors.Join(err, v.Close())
	}
	return v, nil
}

// CreateVault makes the stream of the vault, as a user who may make streams;
// one that is there is left as it is. Errors: ErrNotAllowed, ErrUnavailable, ErrClosed.
func (s *Store) CreateVault(ctx context.Context) error {
	config := vaultConfig(s.replicas)
	err := s.apart(ctx, "creating the vault", func(ctx context.Context, js natsjs.JetStream) error {
		_, err := js.CreateStream(ctx, config)
		return err
	})
	if errors.Is(err, natsjs.ErrStreamNameAlreadyInUse) {
		return nil
	}
	if err == nil {
		err = (&regionLog{store: s, stream: vaultStreamName}).spread(ctx)
	}
	return s.explain(err)
}

// info is what the leader says of the stream, when it can be believed.
func (v *vaultStream) info(ctx context.Context) (*natsjs.StreamInfo, error) {
	l := &regionLog{store: v.store, stream: vaultStreamName}
	stream, err := l.find(ctx)
	if err != nil {
		return nil, err
	}
	return stream.CachedInfo(), nil
}

func (v *vaultStream) State(ctx context.Context) (last, messages uint64, err error) {
	info, err := v.info(ctx)
	if err != nil {
		return 0, 0, v.store.explain(err)
	}
	return info.State.LastSeq, info.State.Msgs, nil
}

func (v *vaultStream) Append(ctx context.Context, last uint64, subject string, data []byte) (uint64, error) {
	l := &regionLog{store: v.store, stream: vaultStreamName}
	if v.store.closed() {
		return 0, eventstore.ErrClosed
	}
	ack, err := l.publish(ctx, last, vaultSubjectPrefix+subject, data)
	if err != nil {
		return 0, v.store.orFailed(l.refused(err))
	}
	return ack.Sequence, nil
}

// Read asks a consumer for many messages, and the leader for the few at the
// end: a replica that gives messages to a consumer may be behind.
func (v *vaultStream) Read(ctx context.Context, after uint64) iter.Seq2[vault.Message, error] {
	return func(yield func(vault.Message, error) bool) {
		end, _, err := v.State(ctx)
		for err == nil && end > after+few {
			var read []vault.Message
			if read, err = v.many(ctx, after); len(read) == 0 {
				break
			}
			for _, m := range read {
				if after = m.Number; !yield(m, nil) {
					return
				}
			}
		}
		for err == nil {
			var m vault.Message
			if m, err = v.next(ctx, after); errors.Is(err, natsjs.ErrMsgNotFound) {
				return
			}
			if after = m.Number; err == nil && !yield(m, nil) {
				return
			}
		}
		yield(vault.Message{}, v.store.explain(err))
	}
}

func (v *vaultStream) next(ctx context.Context, after uint64) (m vault.Message, err error) {
	err = v.store.patiently(ctx, "reading the vault", func(ctx context.Context) error {
		stream, err := v.js.Stream(ctx, vaultStreamName)
		if err != nil {
			return err
		}
		raw, err := stream.GetMsg(ctx, after+1, natsjs.WithGetMsgSubject(vaultSubjectPrefix+">"))
		if err != nil {
			return err
		}
		m = message(raw.Sequence, raw.Subject, raw.Data)
		return nil
	})
	return m, err
}

// many reads up to a batch of messages, and gives none when the consumer's
// server does not answer: then they are asked for one by one.
func (v *vaultStream) many(ctx context.Context, after uint64) ([]vault.Message, error) {
	ctx, cancel := context.WithTimeout(ctx, v.store.try)
	defer cancel()
	consumer, err := v.js.CreateConsumer(ctx, vaultStreamName, natsjs.ConsumerConfig{
		Name: rand.Text(), DeliverPolicy: natsjs.DeliverByStartSequencePolicy, OptStartSeq: after + 1, AckPolicy: natsjs.AckNonePolicy,
		MemoryStorage: true, Replicas: 1, InactiveThreshold: idleConsumer,
	})
	if err != nil {
		return nil, ctx.Err()
	}
	defer func() { _ = v.js.DeleteConsumer(ctx, vaultStreamName, consumer.CachedInfo().Name) }() // the server forgets it by itself
	fetched, err := consumer.Fetch(batch, natsjs.FetchContext(ctx))
	if err != nil {
		return nil, ctx.Err()
	}
	var read []vault.Message
	for m := range fetched.Messages() {
		meta, err := m.Metadata()
		if err != nil || meta.Sequence.Consumer != uint64(len(read))+1 {
			break // lost on the way: the next batch begins there
		}
		read = append(read, message(meta.Sequence.Stream, m.Subject(), m.Data()))
		if meta.NumPending == 0 {
			break
		}
	}
	return read, nil
}

func message(number uint64, subject string, data []byte) vault.Message {
	return vault.Message{Number: number, Subject: strings.TrimPrefix(subject, vaultSubjectPrefix), Data: data}
}

// Follow hears of messages by a consumer, which is made again when the
// connection was lost. What they hold is read from the leader.
func (v *vaultStream) Follow(ctx context.Context, news func(last uint64)) {
	heard := make(chan uint64, 1)
	hear := func(number uint64) {
		select { // only the latest matters
		case <-heard:
		default:
		}
		heard <- number
	}
	for ctx.Err() == nil {
		if stop, err := v.listen(ctx, hear); err == nil {
			defer stop()
			break
		}
		_ = v.store.pause(ctx) // an error only says that ctx has ended
	}
	for {
		select {
		case <-ctx.Done():
			return
		case last := <-heard:
			news(last)
		}
	}
}

// listen calls hear with the number of the last message, and of each that
// comes, one after the other.
func (v *vaultStream) listen(ctx context.Context, hear func(number uint64)) (stop func(), err error) {
	last, _, err := v.State(ctx)
	if err != nil {
		return nil, err
	}
	consumer, err := v.js.OrderedConsumer(ctx, vaultStreamName, natsjs.OrderedConsumerConfig{
		DeliverPolicy: natsjs.DeliverByStartSequencePolicy, OptStartSeq: last + 1, HeadersOnly: true,
	})
	if err != nil {
		return nil, err
	}
	hear(last)
	listening, err := consumer.Consume(func(m natsjs.Msg) {
		if meta, err := m.Metadata(); err == nil {
			hear(meta.Sequence.Stream)
		}
	})
	if err != nil {
		return nil, err
	}
	return func() {
		listening.Stop()
		<-listening.Closed()
	}, nil
}

func (v *vaultStream) Close() error { return v.store.Close() }
