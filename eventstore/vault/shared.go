package vault

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"sync"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

const (
	// patience is how long a writer lets others go first.
	patience = 12 * time.Second
	// asking is how long a Find asks for a key that another instance may have
	// made, on servers that do not answer. Who asks shows what it answers for
	// as long as it runs, so it is long.
	asking = time.Minute
)

// A Shared is a vault that several instances have open at once, on a Stream.
// In memory it has every slot, encrypted: some 140 bytes a key. What one
// instance has synced, another finds when it asks; that a key was destroyed it
// hears when it follows the stream, and at the latest when it writes itself.
type Shared struct {
	stream Stream
	log    *slog.Logger
	heads  []byte
	keys   sealer
	people sealer
	stop   context.CancelFunc
	work   sync.WaitGroup

	write sync.Mutex // held by whoever reads on or writes; guards the next two
	last  uint64     // up to here everything has been read
	owed  []uint64   // messages in whose place others have come, and that are to be erased

	mu      sync.RWMutex // guards all below
	closed  bool
	pages   []page
	index   map[name]place
	persons map[name]page
	pending []byte        // slots that are in no page yet
	waiting map[name]int  // where in pending
	absent  map[name]bool // asked for in vain; a key is here before its event is on the log
}

type (
	// A place is where a slot lies.
	place struct{ page, slot uint32 }
	// A page is a message of slots.
	page struct {
		number uint64
		slots  []byte
	}
)

var _ Vault = (*Shared)(nil)

// OpenShared reads the vault on a stream, and makes one on a stream where
// nothing ever was. It follows the stream until Close, which closes it too.
// A nil log is silence. Errors: ErrWrongMaster, ErrDamaged, and those of the stream.
func OpenShared(ctx context.Context, stream Stream, m Master, log *slog.Logger) (*Shared, error) {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	s := &Shared{
		stream: stream, log: log, index: map[name]place{}, persons: map[name]page{}, waiting: map[name]int{}, absent: map[name]bool{},
	}
	if err := s.begin(ctx, m); err != nil {
		return nil, errors.Join(err, stream.Close())
	}
	following, stop := context.WithCancel(context.WithoutCancel(ctx))
	s.stop = stop
	s.work.Go(func() {
		stream.Follow(following, func(last uint64) {
			if err := s.refresh(following, last); err != nil && following.Err() == nil {
				log.Warn("the vault was not read on", "error", err)
			}
		})
	})
	return s, nil
}

// begin reads the head, or writes it, and then everything else.
func (s *Shared) begin(ctx context.Context, m Master) error {
	last, _, err := s.stream.State(ctx)
	if err != nil {
		return err
	}
	if last == 0 {
		keys, _ := keyKind.newHead(m)
		people, _ := personKind.newHead(m)
		_, err := s.stream.Append(ctx, 0, headSubject, append(keys, people...))
		if err != nil && !errors.Is(err, eventstore.ErrConflict) && !errors.Is(err, eventstore.ErrUnknown) {
			return err
		}
	}
	for message, err := range s.stream.Read(ctx, 0) {
		if err != nil {
			return err
		}
		if err := s.openHeads(message, m); err != nil {
			return err
		}
		return s.load(ctx)
	}
	return fmt.Errorf("%w: its head is missing", ErrDamaged)
}

func (s *Shared) openHeads(head Message, m Master) (err error) {
	if head.Subject != headSubject || len(head.Data) != 2*headSize {
		return fmt.Errorf("%w: message %d, on %s, is no head", ErrDamaged, head.Number, head.Subject)
	}
	s.heads = head.Data
	if s.keys, _, err = keyKind.openHead(m, head.Data[:headSize]); err == nil {
		s.people, _, err = personKind.openHead(m, head.Data[headSize:])
	}
	return err
}

// load reads everything for the first time. The server passes over a message
// that it cannot read, without a word: so it is asked how many it has.
func (s *Shared) load(ctx context.Context) error {
	s.write.Lock()
	defer s.write.Unlock()
	read := uint64(0)
	for range mostConflicts {
		n, err := s.readOn(ctx)
		if err != nil {
			return err
		}
		read += n
		last, messages, err := s.stream.State(ctx)
		switch {
		case err != nil:
			return err
		case last == s.last && messages != read:
			return fmt.Errorf("%w: %d messages are read, and %d are there", ErrDamaged, read, messages)
		case last == s.last:
			return nil
		}
	}
	return fmt.Errorf("%w: reading the vault: others write faster than it is read", eventstore.ErrUnavailable)
}

// refresh reads what others have written, if it is not read up to there.
func (s *Shared) refresh(ctx context.Context, last uint64) error {
	s.write.Lock()
	defer s.write.Unlock()
	if last <= s.last {
		return nil
	}
	_, err := s.readOn(ctx)
	return err
}

// readOn reads what is new, and counts it. The stream is asked first how far
// it goes, so that what is read is all of that.
func (s *Shared) readOn(ctx context.Context) (read uint64, err error) {
	last, _, err := s.stream.State(ctx)
	if err != nil {
		return 0, err
	}
	for message, err := range s.stream.Read(ctx, s.last) {
		if err == nil {
			err = s.take(message)
		}
		if err != nil {
			return read, err
		}
		read++
	}
	s.last = max(s.last, last)
	return read, nil
}

// take gives a message its place. The one whose place it takes is owed an erasure.
func (s *Shared) take(m Message) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	var err error
	switch kind, id := splitSubject(m.Subject); kind {
	case headSubject:
		if !bytes.Equal(m.Data, s.heads) {
			err = errors.New("it is another head")
		}
	case keysPrefix:
		err = s.takePage(id, m)
	case peoplePrefix:
		err = s.takePerson(id, m)
	default:
		s.owed = append(s.owed, m.Number)
	}
	if err != nil {
		return fmt.Errorf("%w: message %d on %s: %w", ErrDamaged, m.Number, m.Subject, err)
	}
	s.last = m.Number
	return nil
}

func (s *Shared) takePage(id name, m Message) error {
	size := keyKind.size()
	if len(m.Data) == 0 || len(m.Data)%size != 0 || name(m.Data) != id {
		return errors.New("it is no page of slots")
	}
	number := uint32(len(s.pages))
	if before, again := s.index[id]; again {
		if number = before.page; before.slot != 0 || len(s.pages[number].slots) != len(m.Data) {
			return errors.New("it does not fit in the place of the one before")
		}
	}
	scratch := make([]byte, 0, keyKind.plain)
	defer clear(scratch[:keyKind.plain])
	for slot := range len(m.Data) / size {
		at := m.Data[slot*size:]
		if _, err := s.keys.open(scratch, at[:size]); err != nil && !errors.Is(err, ErrDestroyed) {
			return fmt.Errorf("slot %d: %w", slot, err)
		}
		if has, twice := s.index[name(at)]; twice && has != (place{number, uint32(slot)}) {
			return fmt.Errorf("slot %d: a second one of the same event", slot)
		}
		s.index[name(at)] = place{number, uint32(slot)}
		delete(s.absent, name(at))
	}
	if int(number) == len(s.pages) {
		s.pages = append(s.pages, page{m.Number, bytes.Clone(m.Data)}) // of a larger buffer
		return nil
	}
	s.supersede(&s.pages[number], m)
	return nil
}

func (s *Shared) takePerson(id name, m Message) error {
	if len(m.Data) != personKind.size() || name(m.Data) != id {
		return errors.New("it is no slot of a person")
	}
	if _, err := s.people.open(nil, m.Data); err != nil && !errors.Is(err, ErrDestroyed) {
		return err
	}
	kept := page{m.Number, m.Data}
	if before, again := s.persons[id]; again {
		kept = before
		s.supersede(&kept, m)
	}
	s.persons[id] = kept
	return nil
}

// supersede puts a message in the place of the one before it.
func (s *Shared) supersede(p *page, m Message) {
	s.owed = append(s.owed, p.number)
	clear(p.slots)
	*p = page{m.Number, m.Data}
}

// put stores what change gives, against what is there when it is stored: when
// another instance was first, or no answer came, it reads on and change is
// asked again. With no data there is nothing to do, or it has been done.
func (s *Shared) put(ctx context.Context, change func() (subject string, data []byte, err error)) error {
	for end := time.Now().Add(patience); ; {
		subject, data, err := change()
		if err != nil || data == nil {
			return err
		}
		number, err := s.stream.Append(ctx, s.last, subject, data)
		switch {
		case err == nil:
			return s.take(Message{number, subject, data})
		case !errors.Is(err, eventstore.ErrConflict) && !errors.Is(err, eventstore.ErrUnknown):
			return err
		}
		before := s.last
		read, readErr := s.readOn(ctx)
		switch {
		case readErr != nil:
			return readErr
		case read > 0:
			end = time.Now().Add(patience)
		case time.Now().After(end):
			return fmt.Errorf("%w: writing to the vault: %w", eventstore.ErrUnavailable, err)
		}
		if s.last > before {
			continue
		}
		select { // what was first is on its way
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Make is as File.Make.
func (s *Shared) Make(event domain.EventID) (codec.Key, error) {
	n, err := keyName(event)
	if err != nil {
		return codec.Key{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	key, err := s.find(n)
	if !errors.Is(err, ErrNoKey) {
		return key, err
	}
	rand.Read(key[:]) // never errs: it ends the program instead
	s.waiting[n] = len(s.pending)
	s.pending = s.keys.add(s.pending, n, key[:])
	return key, nil
}

// find looks for a key here. mu is held.
func (s *Shared) find(n name) (key codec.Key, err error) {
	if s.closed {
		return key, ErrClosed
	}
	var slot []byte
	if at, ok := s.index[n]; ok {
		slot = s.pages[at.page].slots[int(at.slot)*keyKind.size():]
	} else if at, ok := s.waiting[n]; ok {
		slot = s.pending[at:]
	} else {
		return key, ErrNoKey
	}
	opened, err := s.keys.open(make([]byte, 0, len(key)), slot[:keyKind.size()])
	copy(key[:], opened)
	return key, err
}

// Find is as File.Find. Of a key that is not here the stream is asked, once:
// where it cannot be, ErrNoKey is what can be said just now.
func (s *Shared) Find(event domain.EventID) (codec.Key, error) {
	n, err := keyName(event)
	if err != nil {
		return codec.Key{}, ErrNoKey
	}
	s.mu.RLock()
	key, err := s.find(n)
	asked := s.absent[n]
	s.mu.RUnlock()
	if !errors.Is(err, ErrNoKey) || asked {
		return key, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), asking)
	defer cancel()
	for err = eventstore.ErrUnavailable; errors.Is(err, eventstore.ErrUnavailable) && ctx.Err() == nil; {
		err = s.refresh(ctx, math.MaxUint64)
	}
	if err != nil {
		if errors.Is(err, ErrClosed) || errors.Is(err, eventstore.ErrClosed) {
			return codec.Key{}, ErrClosed
		}
		s.log.Warn("the key of a text could not be looked for", "event", event, "error", err)
		return codec.Key{}, fmt.Errorf("%w: %w", ErrNoKey, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if key, err = s.find(n); errors.Is(err, ErrNoKey) {
		s.absent[n] = true
	}
	return key, err
}
