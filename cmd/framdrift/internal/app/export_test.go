package app

// Waiting is how many commands stand in the row at the door.
func (r *Region) Waiting() int { return len(r.waiting) }

// MaxWaiting is how many may.
const MaxWaiting = maxWaiting

// MaxShare is how many of one user may.
const MaxShare = maxShare
