package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/fosenregionen/framdrift"

// rooms are the four, in the order that imports may point: each may import
// itself, those after it, and domain.
var rooms = []string{"cmd", "projections", "eventstore", "domain"}

// A listed package is what go list says of one.
type listed struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// room is the first element of a package's path within the module.
func room(path string) string {
	rest, ours := strings.CutPrefix(path, module+"/")
	if !ours {
		return ""
	}
	first, _, _ := strings.Cut(rest, "/")
	return first
}

func TestImportsPointOneWay(t *testing.T) {
	for _, p := range packages(t) {
		from := slices.Index(rooms, room(p.ImportPath))
		if from < 0 {
			t.Errorf("%s lies in none of the rooms %v", p.ImportPath, rooms)
			continue
		}
		for _, imported := range p.Imports {
			if to := room(imported); to != "" && slices.Index(rooms, to) < from {
				t.Errorf("%s imports %s: the arrow turns", p.ImportPath, imported)
			}
		}
	}
}

func TestDomainImportsNothingButTheStandardLibrary(t *testing.T) {
	for _, p := range packages(t) {
		if room(p.ImportPath) != "domain" {
			continue
		}
		for _, imported := range p.Imports {
			if first, _, _ := strings.Cut(imported, "/"); strings.Contains(first, ".") && room(imported) != "domain" {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
		}
	}
}

func TestOfTheEventstoreOnlyTheCodecKnowsThePlan(t *testing.T) {
	for _, p := range packages(t) {
		inside, ours := strings.CutPrefix(p.ImportPath, module+"/eventstore")
		if !ours || inside == "/codec" {
			continue
		}
		for _, imported := range p.Imports {
			if deeper := strings.HasPrefix(imported, module+"/domain/"); deeper {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
		}
	}
}

// There are four rooms, and beside them only what a repository needs.
func TestTheHouseHasFourRooms(t *testing.T) {
	known := append([]string{
		".ci", ".git", ".gitignore", ".golangci.yml", "LICENSE", "Makefile", "README.md", "docs", "go.mod", "go.sum",
		"bin", "framdrift-data", "framdrift-demo", // made by make and by trying it; git does not know them
	}, rooms...)
	entries, err := os.ReadDir("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(known, e.Name()) {
			t.Errorf("%s is no room of the house", e.Name())
		}
	}
}
