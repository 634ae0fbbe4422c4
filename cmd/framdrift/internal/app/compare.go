package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/history"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// A Compared is what a projection in use says beside what one says that is made of
// the whole log now. They say the same, or one of them is wrong: a snapshot, a
// memory or the program.
type Compared struct {
	Name     string `json:"name"`
	Version  int    `json:"version"`
	Position uint64 `json:"position"` // of the last event that both have
	Values   int    `json:"values"`   // how many were compared
	Unlike   int    `json:"unlike"`   // how many of them are not the same
	First    []Pair `json:"first"`    // the first of those, by path
}

// A Pair is a value that is not the same in both; what is not there is empty.
type Pair struct {
	Path  string `json:"path"` // plans.plan-2022.measures.3.started
	InUse string `json:"inUse"`
	Anew  string `json:"anew"`
}

// mostPairs is how many are given of one projection.
const mostPairs = 20

// Compare holds a projection, or with no name all, against one that is made anew of
// the log. What is in use stays in use.
func (r *Region) Compare(ctx context.Context, name string) ([]Compared, error) {
	chosen := append([]need{decisions}, needs...)
	if name != "" {
		chosen = slices.DeleteFunc(chosen, func(n need) bool { return string(n) != name })
	}
	if len(chosen) == 0 {
		return nil, noProjection(name, string(decisions))
	}
	all := []Compared{}
	for _, n := range chosen {
		c, err := r.compare(ctx, n)
		if err != nil {
			return nil, explain(r.id, err)
		}
		all = append(all, c)
	}
	return all, nil
}

func (r *Region) compare(ctx context.Context, n need) (Compared, error) {
	for {
		if n != decisions {
			if err := r.reading(ctx, func() {}, n); err != nil {
				return Compared{}, err
			}
		}
		var inUse, anew any
		fresh := n.fresh()
		c := Compared{Name: fresh.Name(), Version: fresh.Version()}
		err := r.runner.Compare(ctx, func() {
			used, now := r.awake[c.Name], r.now(r.ruling.current())
			if n == decisions {
				used = r.ruling
			}
			if used != nil { // it may have gone to sleep
				inUse, anew, c.Position = says(used, now), says(fresh, now), uint64(r.position())
			}
		}, fresh)
		if err != nil || inUse != nil {
			return c.held(inUse, anew), err
		}
	}
}

// says is all that a projection answers, at a moment.
func says(p projections.Projection, now time.Time) any {
	all := map[string]any{}
	if s, ok := p.(projections.Snapshotter); ok {
		sum := sha256.Sum256(s.Snapshot())
		all["snapshot"] = hex.EncodeToString(sum[:])
	}
	switch p := p.(type) {
	case *planview.View:
		all["region"], all["actors"], all["users"] = p.Region(), p.Actors(), p.Users()
		plans := map[domain.PlanID]any{}
		for _, s := range p.Plans() {
			whole, _ := p.Plan(s.ID)
			plans[s.ID] = []any{whole, p.Periods(s.ID)}
		}
		all["plans"] = plans
	case *history.History:
		lines := []history.Line{}
		for _, e := range p.Entries(history.Filter{}) {
			lines = append(lines, e.In(domain.English))
		}
		all["entries"] = lines
	case *delivery.Projection:
		for _, v := range []delivery.View{delivery.Known, delivery.Corrected} {
			profiles := map[domain.PlanID]any{}
			for _, id := range p.Plans() {
				profiles[id], _ = p.Profile(id, delivery.AtTime(now).As(v))
			}
			all[string(v)] = profiles
		}
	}
	return all
}

// held is the comparison of what two say.
func (c Compared) held(inUse, anew any) Compared {
	a, b := values(inUse), values(anew)
	paths := slices.Sorted(maps.Keys(a))
	for path := range b {
		if _, there := a[path]; !there {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	c.Values, c.First = len(paths), []Pair{}
	for _, path := range paths {
		if a[path] == b[path] {
			continue
		}
		if c.Unlike++; len(c.First) < mostPairs {
			c.First = append(c.First, Pair{path, a[path], b[path]})
		}
	}
	return c
}

// values are the values of something as JSON has it, by path.
func values(of any) map[string]string {
	all := map[string]string{}
	text, err := json.Marshal(of)
	if err != nil {
		return map[string]string{"": err.Error()}
	}
	var tree any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&tree); err != nil {
		return map[string]string{"": err.Error()}
	}
	gather(all, nil, tree)
	return all
}

func gather(all map[string]string, path []string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for name, of := range v {
			gather(all, append(path, name), of)
		}
	case []any:
		for i, of := range v {
			gather(all, append(path, fmt.Sprint(i)), of)
		}
	case nil:
	default:
		all[strings.Join(path, ".")] = fmt.Sprint(v)
	}
}

func noProjection(name string, more ...string) error {
	for _, n := range needs {
		more = append(more, string(n))
	}
	return errNoProjection.With(name, strings.Join(more, ", "))
}
