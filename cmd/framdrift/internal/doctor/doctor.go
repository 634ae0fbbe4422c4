// Package doctor looks over an installation and says of each thing whether it
// is fine, is not, or cannot be seen from here, with what to do about it. It
// changes nothing, and starts no server: what a damaged directory holds is as
// it was.
//
//	look := app.LookAt(app.Options{Dir: "framdrift-data"})   // or a.Look(), in a running serve
//	checks := doctor.Examine(ctx, look, build)
//
// What one thing hides of another is said to be unknown. No line tells a
// secret: not a key, not what a file of ours holds, not a user of a server.
package doctor

import (
	"context"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
)

// A Status is what is said of one thing.
type Status string

// The three things that can be said.
const (
	Fine    Status = "fine"
	Wrong   Status = "wrong"
	Unknown Status = "unknown" // it cannot be seen from here
)

// A Check is what was found of one thing.
type Check struct {
	Name   Name
	Region domain.RegionID // empty when it is of no region
	Status Status
	Kind   domain.Kind   // what sort of no, when it is Wrong
	Code   string        // of the rule that it breaks, when it is Wrong
	Says   domain.Phrase // a sentence, with what to do unless it is Fine
	Cause  string        // what lay beneath, in English
}

// A Build is which program looks.
type Build struct{ Version, Go, Server string }

// readFor is how long a running serve may read its logs for a doctor, all of
// them together. The client waits for twice that.
const readFor = time.Minute

// Examine looks everything over.
func Examine(ctx context.Context, look *app.Look, b Build) []Check {
	e := &examination{look: look, system: here, until: time.Now().Add(readFor)}
	return e.all(ctx, b)
}

// An examination is one Examine under way.
type examination struct {
	look   *app.Look
	system system
	checks []Check
	free   bool // nobody else has the directory open
	lost   bool // the servers that have the log do not answer
	until  time.Time
}

func (e *examination) all(ctx context.Context, b Build) []Check {
	e.fine(program, "", textProgram, b.Version, b.Go, b.Server)
	e.zone()
	ours := e.directory()
	if ours {
		e.access()
		e.disk()
		e.lock()
		if e.look.NATS().URL == "" {
			e.vault(ctx)
		}
	}
	if ours || e.look.NATS().URL != "" {
		e.sync()
	}
	for _, id := range e.regions(ctx, ours) {
		e.region(ctx, id)
	}
	return e.checks
}

func (e *examination) fine(name Name, id domain.RegionID, says domain.Phrase, args ...any) {
	e.checks = append(e.checks, Check{Name: name, Region: id, Status: Fine, Says: says.Fill(args...)})
}

func (e *examination) unknown(name Name, id domain.RegionID, says domain.Phrase, args ...any) {
	e.checks = append(e.checks, Check{Name: name, Region: id, Status: Unknown, Says: says.Fill(args...)})
}

// wrong is what an error says; more is said after it.
func (e *examination) wrong(name Name, id domain.RegionID, err error, more ...domain.Phrase) {
	said := domain.Explain(err)
	c := Check{Name: name, Region: id, Status: Wrong, Kind: said.Kind, Code: said.Code, Says: said.Message}
	for _, m := range more {
		c.Says = domain.Phrase{NB: c.Says.NB + " " + m.NB, NN: c.Says.NN + " " + m.NN, EN: c.Says.EN + " " + m.EN}
	}
	if said.Cause != nil && said.Code != failed {
		c.Cause = said.Cause.Error()
	}
	e.checks = append(e.checks, c)
}

// failed is the code of errors that are nobody's rule; they tell their cause.
const failed = "failed"

// Verdict is why an installation is not well, by the worst of what is wrong;
// nil when all that can be seen is fine.
func Verdict(checks []Check) error {
	wrong, worst := 0, domain.Failed
	for _, c := range checks {
		if c.Status != Wrong {
			continue
		}
		if wrong == 0 || c.Kind == domain.Damaged {
			worst = c.Kind
		}
		wrong++
	}
	if wrong == 0 {
		return nil
	}
	r := errUnwell
	r.Kind = worst
	return r.With(wrong, len(checks))
}

// Beside adds to what a running serve says that it is another build than we are.
func Beside(b Build, checks []Check) []Check {
	mine := textProgram.Fill(b.Version, b.Go, b.Server)
	if len(checks) == 0 || checks[0].Says == mine {
		return checks
	}
	e := &examination{checks: checks}
	e.wrong(program, "", errVersion.With(mine.EN))
	return e.checks
}
