package app

import (
	"context"
	"errors"
	"sync"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/eventstore/codec"
	"github.com/fosenregionen/framdrift/eventstore/vault"
)

// An erasure stands on the log first, so that one that was cut off is known:
//
//	text.redacted on the log → the text reads as erased here → its key is
//	destroyed → memory lets go of it → the answer
//
// Every start does again what is not done, so a vault that was restored from an
// older copy has nothing more than the log allows.

// A keyring is the vault, less the keys of what the log says is erased: one may
// still be there for a while, when a server that keeps a copy is away.
type keyring struct {
	codec.Keys
	mu     sync.RWMutex
	erased map[domain.EventID]struct{}
}

// Find is as in codec.Keys.
func (k *keyring) Find(id domain.EventID) (codec.Key, error) {
	k.mu.RLock()
	_, erased := k.erased[id]
	k.mu.RUnlock()
	if erased {
		return codec.Key{}, codec.ErrDestroyed
	}
	return k.Keys.Find(id)
}

// hide lets texts read as erased, and gives those that did not.
func (k *keyring) hide(ids []domain.EventID) (shown []domain.EventID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, id := range ids {
		if _, hidden := k.erased[id]; !hidden {
			k.erased[id] = struct{}{}
			shown = append(shown, id)
		}
	}
	return shown
}

// An erasure is what the log says is erased, as far as it is not done here.
type erasure struct {
	mu    sync.Mutex                  // held by whoever erases
	keys  *keyring                    // nil when there is no vault to read with
	texts map[domain.EventID]struct{} // whose keys are destroyed
	users map[domain.UserID]struct{}  // who are forgotten
}

// aim fills in what a command is about that only the log can say.
func (r *Region) aim(ctx context.Context, c domain.Command) (domain.Command, error) {
	switch c := c.(type) {
	case correction.Redact:
		err := r.reading(ctx, func() {
			if e, ok := r.history().Entry(c.Position); ok {
				c.Target = &e.Recorded
			}
		}, trail)
		return c, err
	case actors.Forget:
		_, err := r.vault.Person(c.User)
		known := !errors.Is(err, vault.ErrUnknown)
		r.runner.View(func() { known = known || r.ruling.current().Actors.Knows(c.User) })
		if !known {
			return c, errUserUnknown.With(c.User)
		}
	}
	return c, nil
}

// erases reports whether a command leads to an erasure.
func erases(c domain.Command) bool {
	switch c.(type) {
	case correction.Redact, actors.Forget:
		return true
	}
	return false
}

// erase does what the log says is erased. It returns when no text of it is left
// in memory or in the vault.
func (r *Region) erase(ctx context.Context) error {
	r.erasing.mu.Lock()
	defer r.erasing.mu.Unlock()
	texts, users := r.hide()
	err := errors.Join(r.destroy(ctx, texts), r.forget(ctx, users))
	if err != nil {
		return errNotErased.Because(err)
	}
	return nil
}

// hide gives what the log says is erased, and lets the texts read so from now on:
// what was made of them is made anew when somebody asks.
func (r *Region) hide() (texts []domain.EventID, users []domain.UserID) {
	r.runner.View(func() {
		for id := range r.ruling.current().Corrections.Redacted.All() {
			texts = append(texts, id)
		}
		for id := range r.ruling.current().Actors.Forgotten.All() {
			users = append(users, id)
		}
	})
	if r.erasing.keys != nil && len(r.erasing.keys.hide(texts)) > 0 {
		r.sleep()
	}
	return texts, users
}

// destroy destroys the keys that are there.
func (r *Region) destroy(ctx context.Context, texts []domain.EventID) error {
	var there []domain.EventID
	for _, id := range texts {
		if _, done := r.erasing.texts[id]; done {
			continue
		}
		if _, err := r.vault.Find(id); !errors.Is(err, codec.ErrNoKey) {
			there = append(there, id)
		}
	}
	if len(there) == 0 {
		return nil
	}
	if err := r.vault.Destroy(ctx, there...); err != nil {
		return err
	}
	for _, id := range there {
		r.erasing.texts[id] = struct{}{}
	}
	return nil
}

func (r *Region) forget(ctx context.Context, users []domain.UserID) error {
	for _, id := range users {
		if _, done := r.erasing.users[id]; done {
			continue
		}
		if err := r.vault.Forget(ctx, id); err != nil && !errors.Is(err, vault.ErrUnknown) {
			return err
		}
		r.erasing.users[id] = struct{}{}
	}
	return nil
}

// eraseOn lets what another instance has erased be erased in memory here, as it
// is told of it; the keys are the other's to destroy.
func (r *Region) eraseOn(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.ruling.erasures:
		}
		r.erasing.mu.Lock()
		r.hide()
		r.erasing.mu.Unlock()
	}
}

// Introduce says who a user is, outside the log, where it can be erased. Whoever
// may give roles may. It is on disk when it returns.
func (r *Region) Introduce(ctx context.Context, by, user domain.UserID, who vault.Person) error {
	err := domain.FirstError(domain.CheckID(by), domain.CheckID(user), domain.CheckName("name", who.Name), domain.CheckLine("email", who.Email))
	if err != nil {
		return err
	}
	var may, forgotten bool
	r.runner.View(func() {
		s := r.ruling.current()
		may = s.Actors.May(by, actors.Grant{}.CommandName(), "", domain.DateOf(r.now(s)))
		_, forgotten = s.Actors.Forgotten.Lookup(user)
	})
	switch {
	case !may:
		return errMayNotIntroduce.With(by)
	case forgotten:
		return errForgotten.With(user)
	}
	switch err := r.vault.Put(ctx, user, who); {
	case errors.Is(err, vault.ErrForgotten):
		return errForgotten.With(user)
	case errors.Is(err, vault.ErrTooLong):
		return errPersonTooLong.With()
	default:
		return explainVault("", err)
	}
}

// People is who the users are, as far as it has been said.
func (r *Region) People(context.Context) ([]vault.Entry, error) {
	all, err := r.vault.People()
	return all, explainVault("", err)
}
