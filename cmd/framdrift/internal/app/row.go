package app

import (
	"sync"

	"github.com/fosenregionen/framdrift/domain"
)

// maxShare is how many commands of one user may wait at the door of a region:
// half the row, so that nobody can fill it alone.
const maxShare = maxWaiting / 2

// A row counts the commands of each user that wait at a door.
type row struct {
	mu    sync.Mutex // guards the rest
	share map[domain.UserID]int
}

// enter reports whether the user may have one more waiting, and counts it.
func (r *row) enter(user domain.UserID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.share[user] == maxShare {
		return false
	}
	if r.share == nil {
		r.share = map[domain.UserID]int{}
	}
	r.share[user]++
	return true
}

// leave is said of every command that entered.
func (r *row) leave(user domain.UserID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.share[user]--; r.share[user] == 0 {
		delete(r.share, user)
	}
}
