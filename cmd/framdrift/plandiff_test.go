package main

import (
	"slices"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/planview"
)

func TestEveryFieldThatMayDifferHasAWord(t *testing.T) {
	for _, name := range comparedFields() {
		for _, l := range domain.Languages() {
			if word := fieldWord(name).In(l); word == "" || word == name && l != domain.English && !slices.Contains([]string{"id", "status"}, name) {
				t.Errorf("%q has no word in %s", name, l)
			}
		}
	}
}

func comparedFields() []string {
	ofPlan, ofMeasure := planview.Compared()
	return slices.Concat(ofPlan, ofMeasure)
}
