package vault

import (
	"context"
	"fmt"
)

// Restore puts into a shared vault what a vault in files has and it has not,
// destroyed slots among it: a copy, or what one instance had for itself. What
// the shared vault knows to be destroyed stays so.
func (s *Shared) Restore(ctx context.Context, from *File) error {
	s.write.Lock()
	defer s.write.Unlock()
	_, err := s.readOn(ctx)
	if err == nil {
		err = from.keys.each(func(n name, secret []byte) error { return s.restoreKey(ctx, n, secret) })
	}
	if err == nil {
		err = s.flush(ctx)
	}
	if err == nil {
		err = from.people.each(func(n name, secret []byte) error { return s.restorePerson(ctx, n, secret) })
	}
	if err != nil {
		return fmt.Errorf("vault: restoring: %w", err)
	}
	return nil
}

func (s *Shared) restoreKey(ctx context.Context, n name, secret []byte) error {
	s.mu.Lock()
	_, has := s.index[n]
	_, waits := s.waiting[n]
	if !has && !waits {
		s.waiting[n] = len(s.pending)
		s.pending = s.keys.copy(s.pending, n, secret)
	}
	full := len(s.pending) >= mostInAPage*keyKind.size()
	s.mu.Unlock()
	if full {
		return s.flush(ctx)
	}
	return nil
}

func (s *Shared) restorePerson(ctx context.Context, n name, secret []byte) error {
	slot := s.people.copy(nil, n, secret)
	return s.put(ctx, func() (string, []byte, error) {
		s.mu.RLock()
		defer s.mu.RUnlock()
		if _, has := s.persons[n]; has {
			return "", nil, nil
		}
		return peopleSubject(n), slot, nil
	})
}
