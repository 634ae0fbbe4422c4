package jetstream

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/eventstore"
)

const (
	streamPrefix  = "FRAMDRIFT_"
	subjectPrefix = "framdrift."
	// createdBy is metadata with a value of its own for each Create. Without
	// it the server answers a second Create of an equal stream with yes.
	createdBy = "framdrift.create"
)

func streamName(region string) string { return streamPrefix + region }

// streamConfig is how the log of a region is made.
func streamConfig(region string, replicas int) natsjs.StreamConfig {
	return natsjs.StreamConfig{
		Name:              streamName(region),
		Description:       "Framdrift: the log of " + region + ". Never update, purge or delete it.",
		Subjects:          []string{subjectPrefix + region + ".>"},
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
		DenyDelete:        true,
		DenyPurge:         true,
		Metadata:          map[string]string{createdBy: rand.Text()},
	}
}

// A setting is one of a stream's that could lose or change events.
type setting struct {
	name string
	has  any
	ok   bool
	want string
}

// check gives the first of faults, if there is any.
func check(region string, c natsjs.StreamConfig) error {
	if all := faults(region, c); len(all) > 0 {
		return all[0]
	}
	return nil
}

// faults gives every setting by which the stream could lose or change events.
// What only makes it refuse (a size limit on one message, being sealed) is not
// among them. A setting that makes the server set another one (delete markers
// turn deny_purge off) stands before it, to be named first.
func faults(region string, c natsjs.StreamConfig) []*eventstore.SettingsError {
	var all []*eventstore.SettingsError
	subject := subjectPrefix + region + ".>"
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
		{"subject_delete_marker_ttl", c.SubjectDeleteMarkerTTL, c.SubjectDeleteMarkerTTL == 0, "no delete markers"},
		{"deny_delete", c.DenyDelete, c.DenyDelete, "deny_delete on"},
		{"deny_purge", c.DenyPurge, c.DenyPurge, "deny_purge on"},
		{"allow_rollup_hdrs", c.AllowRollup, !c.AllowRollup, "no roll-up"},
		{"allow_msg_ttl", c.AllowMsgTTL, !c.AllowMsgTTL, "no time to live of messages"},
		{"allow_msg_counter", c.AllowMsgCounter, !c.AllowMsgCounter, "no counters"},
		{"allow_msg_schedules", c.AllowMsgSchedules, !c.AllowMsgSchedules, "no scheduled messages"},
		{"compression", c.Compression, c.Compression == natsjs.NoCompression, "no compression"},
		{"mirror", c.Mirror, c.Mirror == nil, "no mirror"},
		{"subjects", c.Subjects, slices.Equal(c.Subjects, []string{subject}), "the subject " + subject + " alone"},
		{"subject_transform", c.SubjectTransform, c.SubjectTransform == nil, "no subject transform"},
		{"sources", len(c.Sources), len(c.Sources) == 0, "no sources"},
		{"republish", c.RePublish, c.RePublish == nil, "no republishing"},
		{"first_seq", c.FirstSeq, c.FirstSeq <= 1, "a first sequence of 1"},
		{"allow_direct", c.AllowDirect, !c.AllowDirect, "no direct reads"},
		{"mirror_direct", c.MirrorDirect, !c.MirrorDirect, "no direct reads of mirrors"},
	} {
		if !s.ok {
			all = append(all, &eventstore.SettingsError{Region: region, Setting: fmt.Sprintf("%s %+v", s.name, s.has), Want: s.want})
		}
	}
	return all
}

// Create makes the stream of a region, as a user who may do that and nothing
// else. Errors: ErrExists, ErrClosed, ErrUnavailable, ErrNotAllowed, and a
// DamageError when the server found old messages where the new stream was to lie.
func (s *Store) Create(ctx context.Context, region string) (eventstore.Log, error) {
	if s.closed() {
		return nil, eventstore.ErrClosed
	}
	if !validToken(region) {
		return nil, fmt.Errorf("jetstream: creating the log of %q: a region is a–z, A–Z, 0–9, - and _", region)
	}
	if err := s.add(ctx, region); err != nil {
		return nil, s.explain(err)
	}
	log, err := s.Open(ctx, region)
	if err != nil {
		return nil, err
	}
	head, err := log.(*regionLog).head(ctx)
	if err != nil {
		return nil, err
	}
	if head.last != 0 {
		return nil, &eventstore.DamageError{Region: region, Sequence: 1, Reason: "it was made anew, and old messages lay there"}
	}
	if s.dir != "" {
		return log, Sync(s.dir, region)
	}
	return log, log.(*regionLog).spread(ctx)
}

// add makes the stream where there is none.
func (s *Store) add(ctx context.Context, region string) error {
	if s.dir != "" { // clear must not take what another Create is making
		s.creating.Lock()
		defer s.creating.Unlock()
	}
	if err := s.clear(ctx, region); err != nil {
		return err
	}
	config := streamConfig(region, s.replicas)
	err := s.apart(ctx, "creating the log of "+region, func(ctx context.Context, js natsjs.JetStream) error {
		_, err := js.CreateStream(ctx, config) // again is no error: createdBy is the same
		return err
	})
	if !errors.Is(err, natsjs.ErrStreamNameAlreadyInUse) {
		return err
	}
	if s.dir != "" { // whoever made it may have been killed before it was on disk
		if err := Sync(s.dir, region); err != nil {
			return err
		}
	}
	return fmt.Errorf("jetstream: creating the log of %s: %w", region, eventstore.ErrExists)
}

// clear takes away what is left of a stream that was being made when a program
// was killed: the server has its directory and does not know it. It would use
// the settings it finds there and never write their missing checksum, and the
// next start would not know the stream again (server/filestore.go,
// newFileStoreWithCreated). One with messages in it is left alone.
func (s *Store) clear(ctx context.Context, region string) error {
	if s.dir == "" || !Present(s.dir, region) || HoldsMessages(s.dir, region) {
		return nil
	}
	_, err := s.js.Stream(ctx, streamName(region))
	if !errors.Is(err, natsjs.ErrStreamNotFound) {
		return err
	}
	if err := os.RemoveAll(streamPath(s.dir, region)); err != nil {
		return fmt.Errorf("jetstream: taking away a log of %s that was never begun: %w", region, err)
	}
	return nil
}

// spread waits until every replica of a new log has heard from its leader. The
// server does not let a replica that never has vote for another: if the leader
// were lost before, the log would stand still until it came back. A node that
// is down is not waited for beyond the store's patience.
func (l *regionLog) spread(ctx context.Context) error {
	err := l.store.patiently(ctx, "spreading "+l.stream, func(ctx context.Context) error {
		stream, err := l.store.js.Stream(ctx, l.stream)
		if err != nil {
			return err
		}
		if info := stream.CachedInfo(); info.Config.Replicas > 1 && info.Cluster != nil {
			for _, peer := range info.Cluster.Replicas {
				if !peer.Current || peer.Active == 0 {
					return errNotYet
				}
			}
		}
		return nil
	})
	if errors.Is(err, eventstore.ErrUnavailable) {
		return nil
	}
	return err
}

// Open gives the log of a region after a look at every setting of its stream.
// Errors: ErrMissing, a SettingsError, ErrUnavailable, ErrClosed.
func (s *Store) Open(ctx context.Context, region string) (eventstore.Log, error) {
	if s.closed() {
		return nil, eventstore.ErrClosed
	}
	if !validToken(region) {
		return nil, fmt.Errorf("jetstream: opening the log of %q: %w", region, eventstore.ErrMissing)
	}
	l := &regionLog{store: s, region: region, stream: streamName(region), prefix: subjectPrefix + region + ".", names: &names{}}
	if s.dir != "" {
		l.names.dir = filepath.Join(streamPath(s.dir, region), "msgs")
	}
	stream, err := l.find(ctx)
	if err != nil {
		return nil, err
	}
	config := stream.CachedInfo().Config
	if wrong := s.faults(region, config); len(wrong) > 0 {
		return nil, wrong[0]
	}
	l.copies = config.Replicas
	l.max = s.MaxPayload()
	if config.MaxMsgSize > 0 {
		l.max = min(l.max, int(config.MaxMsgSize)-headerRoom)
	}
	return l, nil
}

// faults are those of the settings, and that the log lies on too few servers.
func (s *Store) faults(region string, c natsjs.StreamConfig) []*eventstore.SettingsError {
	all := faults(region, c)
	if c.Replicas < s.replicas {
		all = append(all, &eventstore.SettingsError{Region: region, Setting: fmt.Sprintf("num_replicas %d", c.Replicas), Want: fmt.Sprintf("%d replicas", s.replicas)})
	}
	return all
}

// find asks the server for the stream as it is now. A node of a cluster may
// say of a stream that was just made, or that it is about to lead, that it is
// not there: there it must be said for missingFor.
func (l *regionLog) find(ctx context.Context) (natsjs.Stream, error) {
	var stream natsjs.Stream
	begun := time.Now()
	err := l.store.patiently(ctx, "looking for "+l.stream, func(ctx context.Context) (err error) {
		stream, err = l.store.js.Stream(ctx, l.stream)
		switch {
		case err == nil:
			return believable(stream.CachedInfo())
		case errors.Is(err, natsjs.ErrStreamNotFound) && l.store.clustered() && time.Since(begun) < missingFor:
			return errNotYet
		}
		return err
	})
	if errors.Is(err, natsjs.ErrStreamNotFound) {
		return nil, fmt.Errorf("jetstream: looking for %s: %w", l.stream, eventstore.ErrMissing)
	}
	return stream, err
}

// A streamHead is what the server says about a stream at one moment.
type streamHead struct {
	stream natsjs.Stream
	last   uint64
}

// head asks how long the log is, and answers with a DamageError if the server
// itself knows of missing messages.
func (l *regionLog) head(ctx context.Context) (streamHead, error) {
	stream, err := l.find(ctx)
	if err != nil {
		return streamHead{}, err
	}
	state := stream.CachedInfo().State
	switch {
	case state.LastSeq > 0 && state.FirstSeq != 1:
		return streamHead{}, l.damage(1, fmt.Sprintf("it begins at %d", state.FirstSeq))
	case state.Msgs != state.LastSeq:
		return streamHead{}, l.deleted(ctx, stream)
	}
	return streamHead{stream, state.LastSeq}, nil
}

// deleted finds the first message that the server knows it no longer has.
func (l *regionLog) deleted(ctx context.Context, stream natsjs.Stream) error {
	info, err := stream.Info(ctx, natsjs.WithDeletedDetails(true))
	if err != nil {
		return l.store.explain(fmt.Errorf("jetstream: looking for what is missing in %s: %w", l.stream, err))
	}
	first := uint64(1)
	if len(info.State.Deleted) > 0 {
		first = slices.Min(info.State.Deleted)
	}
	return l.damage(first, fmt.Sprintf("%d of %d messages are there", info.State.Msgs, info.State.LastSeq))
}

func (l *regionLog) damage(sequence uint64, reason string) error {
	return &eventstore.DamageError{Region: l.region, Sequence: sequence, Reason: reason}
}

// foreign is the damage of a message that is whole and not ours.
func (l *regionLog) foreign(sequence uint64, reason string) error {
	return &eventstore.DamageError{Region: l.region, Sequence: sequence, Reason: reason, Cause: eventstore.ErrForeign}
}
