package vault

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
)

// Sync is as in Vault: the keys made so far are one message, or some when
// they are thousands.
func (s *Shared) Sync(ctx context.Context) error {
	s.write.Lock()
	defer s.write.Unlock()
	return s.flush(ctx)
}

func (s *Shared) flush(ctx context.Context) error {
	for {
		s.mu.RLock()
		page, closed := bytes.Clone(s.pending[:min(len(s.pending), mostInAPage*keyKind.size())]), s.closed
		s.mu.RUnlock()
		switch {
		case closed:
			return ErrClosed
		case len(page) == 0:
			return nil
		}
		n := name(page)
		err := s.put(ctx, func() (string, []byte, error) {
			if s.here(n) {
				return "", nil, nil
			}
			return keysSubject(n), page, nil
		})
		if err != nil {
			return fmt.Errorf("vault: storing %d keys: %w", len(page)/keyKind.size(), err)
		}
		s.settled(len(page))
	}
}

func (s *Shared) here(n name) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	_, ok := s.index[n]
	return ok
}

// settled takes away what waited and has found its page.
func (s *Shared) settled(size int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pending = slices.Clone(s.pending[min(size, len(s.pending)):])
	clear(s.waiting)
	for at := 0; at < len(s.pending); at += keyKind.size() {
		s.waiting[name(s.pending[at:])] = at
	}
}

// Destroy is as in Vault. On several servers it needs all of them: with one
// away nothing is done (eventstore.ErrUnavailable). ErrNotEverywhere when one went
// away meanwhile.
func (s *Shared) Destroy(ctx context.Context, events ...domain.EventID) error {
	names := make([]name, len(events))
	for i, event := range events {
		n, err := keyName(event)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrNoKey, err)
		}
		names[i] = n
	}
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.known(ctx, names); err != nil {
		return err
	}
	if err := s.flush(ctx); err != nil {
		return err
	}
	return s.erasing(ctx, s.anyLive(names), func() error {
		for _, n := range names {
			if err := s.put(ctx, func() (string, []byte, error) { return s.without(n, names) }); err != nil {
				return err
			}
		}
		return nil
	})
}

// known is ErrNoKey when one of the names has no slot here or on the stream.
func (s *Shared) known(ctx context.Context, names []name) error {
	missing := func() error {
		s.mu.RLock()
		defer s.mu.RUnlock()
		if s.closed {
			return ErrClosed
		}
		for _, n := range names {
			_, waits := s.waiting[n]
			if _, ok := s.index[n]; !ok && !waits {
				return ErrNoKey
			}
		}
		return nil
	}
	err := missing()
	if errors.Is(err, ErrNoKey) {
		if _, err := s.readOn(ctx); err != nil {
			return err
		}
		err = missing()
	}
	return err
}

// without is the page of n as it is when every one of the names is destroyed;
// nothing when n is.
func (s *Shared) without(n name, names []name) (subject string, data []byte, err error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	at := s.index[n]
	if _, err := s.find(n); errors.Is(err, ErrDestroyed) {
		return "", nil, nil
	}
	data = bytes.Clone(s.pages[at.page].slots)
	for _, other := range names {
		if there := s.index[other]; there.page == at.page {
			copy(data[int(there.slot)*keyKind.size():], keyKind.destroyed(other))
		}
	}
	return keysSubject(name(data)), data, nil
}

func (s *Shared) anyLive(names []name) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.ContainsFunc(names, func(n name) bool {
		_, err := s.find(n)
		return !errors.Is(err, ErrDestroyed)
	})
}

// erasing does what puts messages in the place of others, if there is anything
// to do, and has these erased, as those of a change that was cut off before.
func (s *Shared) erasing(ctx context.Context, anything bool, change func() error) error {
	if !anything && len(s.owed) == 0 {
		return nil
	}
	if err := s.stream.Whole(ctx); err != nil {
		return fmt.Errorf("vault: erasing, of which nothing is done: %w", err)
	}
	if err := change(); err != nil {
		return err
	}
	if len(s.owed) == 0 {
		return nil
	}
	if err := s.stream.Erase(ctx, s.owed...); err != nil {
		return fmt.Errorf("%w: %w", ErrNotEverywhere, err)
	}
	s.owed = nil
	return nil
}

// Put is as in Directory. When it takes the place of something it is an erasure too.
func (s *Shared) Put(ctx context.Context, user domain.UserID, p Person) error {
	if err := domain.CheckID(user); err != nil {
		return err
	}
	secret, err := encodePerson(Entry{user, p})
	if err != nil {
		return err
	}
	n := personName(user)
	slot := s.people.add(nil, n, secret)
	s.write.Lock()
	defer s.write.Unlock()
	store := func() error {
		return s.put(ctx, func() (string, []byte, error) {
			switch has, err := s.person(n); {
			case errors.Is(err, ErrForgotten):
				return "", nil, err
			case bytes.Equal(has, slot):
				return "", nil, nil
			}
			return peopleSubject(n), slot, nil
		})
	}
	switch _, err := s.person(n); {
	case err == nil:
		return s.erasing(ctx, true, store)
	case errors.Is(err, ErrUnknown):
		return store()
	default:
		return err
	}
}

// person is the slot of a user. Errors: ErrUnknown, ErrForgotten, ErrClosed.
func (s *Shared) person(n name) ([]byte, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	m, ok := s.persons[n]
	switch {
	case s.closed:
		return nil, ErrClosed
	case !ok:
		return nil, ErrUnknown
	case personKind.isDestroyed(m.slots):
		return nil, ErrForgotten
	}
	return bytes.Clone(m.slots), nil
}

// Person is as in Directory.
func (s *Shared) Person(user domain.UserID) (Person, error) {
	slot, err := s.person(personName(user))
	if err != nil {
		return Person{}, err
	}
	e, err := decodePerson(s.people.open(nil, slot))
	return e.Person, err
}

// Forget is as in Directory, and needs all servers as Destroy does.
func (s *Shared) Forget(ctx context.Context, user domain.UserID) error {
	n := personName(user)
	s.write.Lock()
	defer s.write.Unlock()
	if _, err := s.person(n); errors.Is(err, ErrUnknown) {
		if _, err := s.readOn(ctx); err != nil {
			return err
		}
	}
	_, err := s.person(n)
	if err != nil && !errors.Is(err, ErrForgotten) {
		return err
	}
	return s.erasing(ctx, err == nil, func() error {
		return s.put(ctx, func() (string, []byte, error) {
			if _, err := s.person(n); errors.Is(err, ErrForgotten) {
				return "", nil, nil
			}
			return peopleSubject(n), personKind.destroyed(n), nil
		})
	})
}

// People is as in Directory.
func (s *Shared) People() ([]Entry, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return nil, ErrClosed
	}
	all := make([]Entry, 0, len(s.persons))
	for _, m := range s.persons {
		switch e, err := decodePerson(s.people.open(nil, m.slots)); {
		case err == nil:
			all = append(all, e)
		case !errors.Is(err, ErrForgotten):
			return nil, err
		}
	}
	return sorted(all), nil
}

// Len is as in Vault.
func (s *Shared) Len() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	n := len(s.waiting)
	for _, p := range s.pages {
		for slots := p.slots; len(slots) > 0; slots = slots[keyKind.size():] {
			if string(slots[piece:piece+markSize]) == markLive {
				n++
			}
		}
	}
	return n
}

// Backup is as in Vault: what every instance has synced.
func (s *Shared) Backup(ctx context.Context, dir string) error {
	if err := s.refresh(ctx, math.MaxUint64); err != nil {
		return err
	}
	s.mu.RLock()
	keys, names := bytes.Clone(s.heads[:headSize]), s.heads[headSize:]
	names = append(bytes.Clone(names), make([]byte, personKind.size()-headSize)...)
	for _, page := range s.pages {
		keys = append(keys, page.slots...)
	}
	for _, m := range s.persons {
		names = append(names, m.slots...)
	}
	s.mu.RUnlock()
	err := newDir(dir)
	if err == nil {
		err = errors.Join(writeSynced(filepath.Join(dir, namesFile), bytes.NewReader(names)), writeSynced(filepath.Join(dir, keysFile), bytes.NewReader(keys)))
	}
	if err = errors.Join(err, syncDir(dir), syncDir(filepath.Dir(dir))); err != nil {
		return fmt.Errorf("vault: writing a copy to %s: %w", dir, err)
	}
	return nil
}

// Close forgets everything and closes the stream. A second Close does nothing.
func (s *Shared) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	s.pages, s.index, s.persons, s.pending, s.waiting, s.absent = nil, nil, nil, nil, nil, nil
	s.mu.Unlock()
	s.stop()
	err := s.stream.Close()
	s.work.Wait()
	return err
}

func keysSubject(first name) string { return keysPrefix + hex.EncodeToString(first[:]) }

func peopleSubject(n name) string { return peoplePrefix + hex.EncodeToString(n[:]) }

func splitSubject(subject string) (kind string, id name) {
	for _, kind := range []string{keysPrefix, peoplePrefix} {
		if rest, ok := strings.CutPrefix(subject, kind); ok {
			if n, err := hex.DecodeString(rest); err == nil && len(n) == len(id) {
				return kind, name(n)
			}
		}
	}
	return subject, id
}
