package story

import "github.com/fosenregionen/framdrift/domain"

// A State is what rules need to know of one plan's story: what has been told,
// not what it says. The zero State is a plan nobody has told anything of.
type State struct {
	Told      domain.Table[string, struct{}] // by subject: goal/goal-1
	Counts    domain.Table[string, int]      // by entity: how many
	Published domain.Table[string, struct{}] // hashes of files
}

// Evolve is the state after one more event of this plan. An event of another
// package changes nothing.
func Evolve(s State, r domain.Recorded) State {
	e, ok := r.Event.(Event)
	if !ok {
		return s
	}
	if published, ok := e.(ReportPublished); ok {
		s.Published = s.Published.With(published.SHA256, struct{}{})
	}
	if !s.has(r.Subject) {
		n, _ := s.Counts.Lookup(r.Subject.Entity)
		s.Counts = s.Counts.With(r.Subject.Entity, n+1)
	}
	s.Told = s.Told.With(r.Subject.String(), struct{}{})
	return s
}

func (s State) has(about domain.Subject) bool {
	_, told := s.Told.Lookup(about.String())
	return told
}
