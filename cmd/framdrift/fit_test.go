package main

import (
	"slices"
	"testing"
)

func TestATableFitsItsTerminal(t *testing.T) {
	columns := []column{{key: "id"}, {key: "a", width: 30}, {key: "b", width: 20}}
	headings := []string{"ID", "A", "B"}
	rows := [][]string{{"t01", "tjue tegn og litt til her nå, ja", "atten tegn i alt, ja"}}
	for _, tt := range []struct {
		rule string
		line int
		want []int
	}{
		{"no terminal: as wide as it is", 0, []int{0, 30, 20}},
		{"there is room", 80, []int{0, 30, 20}},
		{"the widest gives first", 50, []int{0, 23, 20}},
		{"then they share", 40, []int{0, 16, 17}},
		{"none below the narrowest, and an id is never cut", 10, []int{0, 10, 10}},
	} {
		if got := fit(headings, columns, rows, tt.line); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.rule, got, tt.want)
		}
	}
}
