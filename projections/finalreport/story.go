package finalreport

import (
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/story"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// A Story is what the region itself tells of the programme, each list in the
// order its things were first told, and each thing as it was last told.
type Story struct {
	Lead          *Told       `json:"lead,omitempty"` // nil when nobody has written one
	Goals         []Told      `json:"goals"`
	Results       []Told      `json:"results"`
	Achievements  []Told      `json:"achievements"`
	Unplanned     []Told      `json:"unplanned"`
	Obstacles     []Told      `json:"obstacles"`
	Advice        []Told      `json:"advice"`
	Continuations []Told      `json:"continuations"`
	Excerpts      []Excerpt   `json:"excerpts"`
	Documents     []Document  `json:"documents"`
	Teams         []Team      `json:"teams"`
	Published     []Published `json:"published"`
}

// A Told is something in the region's own words, and what it is about.
type Told struct {
	ID        domain.StoryID     `json:"id"`
	Text      domain.Text        `json:"text"`
	Goals     []domain.StoryID   `json:"goals"`
	Measures  []domain.MeasureID `json:"measures"`
	Positions []domain.Position  `json:"positions"`
}

// An Excerpt is quoted from a document.
type Excerpt struct {
	ID        domain.StoryID    `json:"id"`
	Text      domain.Text       `json:"text"`
	Source    string            `json:"source,omitempty"`
	Positions []domain.Position `json:"positions"`
}

// A Document goes with the report.
type Document struct {
	ID        domain.StoryID    `json:"id"`
	Title     string            `json:"title"`
	URL       string            `json:"url,omitempty"`
	Positions []domain.Position `json:"positions"`
}

// A Team is a group that did the work.
type Team struct {
	ID        domain.StoryID    `json:"id"`
	Name      string            `json:"name"`
	Members   []planview.Party  `json:"members"`
	Text      domain.Text       `json:"text,omitempty"`
	Positions []domain.Position `json:"positions"`
}

// A Published is a report that had been given out before.
type Published struct {
	story.ReportPublished
	On       domain.Date     `json:"on"`
	Position domain.Position `json:"position"`
}

// An Endorsement is a member municipality's own adoption of the plan.
type Endorsement struct {
	Municipality planview.Party    `json:"municipality"`
	Decision     plan.Decision     `json:"decision"`
	On           domain.Date       `json:"on"`
	Positions    []domain.Position `json:"positions"`
}

// A tale is everything that was told of one thing: its latest telling, and the
// positions of all of them.
type tale struct {
	seen
	positions []domain.Position
}

// tell keeps a telling with the others of the same thing.
func (w *writer) tell(s seen) {
	i, told := w.told[s.Subject]
	if !told {
		i = len(w.tales)
		w.told[s.Subject] = i
		w.tales = append(w.tales, tale{})
	}
	w.tales[i] = tale{s, inOrder(append(w.tales[i].positions, s.positions...))}
}

func (w *writer) story() Story {
	s := Story{
		Goals: []Told{}, Results: []Told{}, Achievements: []Told{}, Unplanned: []Told{}, Obstacles: []Told{}, Advice: []Told{},
		Continuations: []Told{}, Excerpts: []Excerpt{}, Documents: []Document{}, Teams: []Team{}, Published: []Published{},
	}
	for _, t := range w.tales {
		w.place(&s, t)
	}
	return s
}

// place puts what was told where it belongs.
func (w *writer) place(s *Story, t tale) {
	told := Told{ID: domain.StoryID(t.Subject.ID), Goals: []domain.StoryID{}, Measures: []domain.MeasureID{}, Positions: t.positions}
	switch e := t.Event.(type) {
	case story.LeadWritten:
		told.Text = e.Text
		s.Lead = &told
	case story.GoalSet:
		told.Text = e.Text
		s.Goals = append(s.Goals, told)
	case story.ResultRecorded:
		told.Text, told.Goals, told.Measures = e.Text, append(told.Goals, e.Goals...), append(told.Measures, e.Measures...)
		s.result(e.Kind, told)
	case story.ObstacleNoted:
		told.Text, told.Measures = e.Text, append(told.Measures, e.Measures...)
		s.Obstacles = append(s.Obstacles, told)
	case story.AdviceGiven:
		told.Text = e.Text
		s.Advice = append(s.Advice, told)
	case story.ContinuationPlanned:
		told.Text, told.Measures = e.Text, append(told.Measures, e.Measures...)
		s.Continuations = append(s.Continuations, told)
	case story.ExcerptQuoted:
		s.Excerpts = append(s.Excerpts, Excerpt{told.ID, e.Text, e.Source, t.positions})
	case story.DocumentLinked:
		s.Documents = append(s.Documents, Document{told.ID, e.Title, e.URL, t.positions})
	case story.TeamFormed:
		s.Teams = append(s.Teams, Team{told.ID, e.Name, w.parties(e.Members), e.Text, t.positions})
	case story.ReportPublished:
		s.Published = append(s.Published, Published{e, t.Effective, t.Position})
	}
}

func (s *Story) result(k story.Kind, t Told) {
	switch k {
	case story.Result:
		s.Results = append(s.Results, t)
	case story.Achievement:
		s.Achievements = append(s.Achievements, t)
	case story.Unplanned:
		s.Unplanned = append(s.Unplanned, t)
	}
}

func (w *writer) parties(ids []domain.ActorID) []planview.Party {
	all := []planview.Party{}
	for _, id := range ids {
		all = append(all, w.party(id))
	}
	return all
}

// endorsements are the municipalities that have adopted the plan too, each as
// it last decided.
func (w *writer) endorsements() []Endorsement {
	all, at := []Endorsement{}, map[domain.ActorID]int{}
	for _, s := range w.endorsed {
		e, ok := s.Event.(plan.Endorsed)
		if !ok {
			continue
		}
		i, again := at[e.Municipality]
		if !again {
			i = len(all)
			at[e.Municipality] = i
			all = append(all, Endorsement{})
		}
		all[i] = Endorsement{w.party(e.Municipality), e.Decision, s.Effective, inOrder(append(all[i].Positions, s.positions...))}
	}
	return all
}

// trail is every event that belongs to the region or the plan, as far as the
// report reads: what the positions in it point at.
func (w *writer) trail() []Entry {
	all := []Entry{}
	for _, e := range w.read {
		if e.Plan == "" || e.Plan == w.profile.Plan {
			all = append(all, entry(e, ""))
		}
	}
	return all
}
