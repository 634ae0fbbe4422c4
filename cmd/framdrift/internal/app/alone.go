package app

// alone runs f at the door: until it returns no command is decided.
func (r *Region) alone(f func() error) error {
	select {
	case r.door <- struct{}{}:
		defer func() { <-r.door }()
		return f()
	case <-r.closing:
		return errClosing.With()
	}
}

// turnAway answers the commands that came to wait before they could be told.
func (r *Region) turnAway() {
	for {
		select {
		case j := <-r.waiting:
			j.answer <- outcome{err: errRestoring.With(r.id)}
		default:
			return
		}
	}
}
