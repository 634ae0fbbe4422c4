package planfile

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/fosenregionen/framdrift/domain/plantable"
)

// An area is merged cells, both ends included.
type area struct{ left, top, right, bottom int }

func (a area) String() string {
	return columnName(a.left) + strconv.Itoa(a.top) + ":" + columnName(a.right) + strconv.Itoa(a.bottom)
}

func (a area) meets(b area) bool {
	return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom
}

func (r *tabReader) merge(ref string) error {
	first, last, _ := strings.Cut(ref, ":")
	if last == "" {
		last = first
	}
	left, top, ok := parseRef(first)
	right, bottom, ok2 := parseRef(last)
	if !ok || !ok2 || right < left || bottom < top {
		return r.damaged()
	}
	if len(r.merges) == r.limits.Rows {
		return TooManyMerges.With(r.name, r.tab.name, r.limits.Rows)
	}
	if top <= r.row && left < r.limits.Cells {
		r.merges = append(r.merges, area{left, top, right, bottom})
	}
	return nil
}

// overlap finds two areas that meet, going down the sheet with those that are
// still open. As long as none meet, no more are open than a row has cells.
func overlap(merges []area) (a, b area, found bool) {
	slices.SortFunc(merges, func(a, b area) int { return cmp.Or(cmp.Compare(a.top, b.top), cmp.Compare(a.left, b.left)) })
	var open []area
	for _, m := range merges {
		open = slices.DeleteFunc(open, func(o area) bool { return o.bottom < m.top })
		for _, o := range open {
			if o.meets(m) {
				return o, m, true
			}
		}
		open = append(open, m)
	}
	return a, b, false
}

// markMerged marks the cells that are part of one above them or to their left.
func (r *tabReader) markMerged(lines []plantable.Line) error {
	if a, b, found := overlap(r.merges); found {
		return Merges.With(r.name, r.tab.name, a, b)
	}
	for _, m := range r.merges {
		at := sort.Search(len(lines), func(i int) bool { return lines[i].Number >= m.top })
		for ; at < len(lines) && lines[at].Number <= m.bottom; at++ {
			l := &lines[at]
			for c := m.left; c <= min(m.right, r.limits.Cells-1); c++ {
				of := plantable.Left
				switch {
				case l.Number > m.top:
					of = plantable.Above
				case c == m.left:
					continue
				}
				for len(l.Cells) <= c {
					l.Cells = append(l.Cells, plantable.Cell{})
				}
				if l.Cells[c].Text == "" {
					l.Cells[c].Of = of
				}
			}
		}
	}
	return nil
}

// columnName is the letters of a column, from 0: A, B … Z, AA.
func columnName(n int) string {
	name := ""
	for n++; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}
