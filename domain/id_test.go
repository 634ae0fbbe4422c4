package domain

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
)

func TestCheckID(t *testing.T) {
	for _, id := range []string{"t07", "T3-2022", "a_b", "A", strings.Repeat("x", 64)} {
		if err := CheckID(id); err != nil {
			t.Errorf("%q: %v", id, err)
		}
	}
	for _, id := range []string{"", " ", "a b", "a.b", "a*", ">", "å", "a\n", "a/b", strings.Repeat("x", 65), "\xff"} {
		if err := CheckID(id); !errID.Breaks(err) {
			t.Errorf("%q can be an id: %v", id, err)
		}
	}
}

func TestASlugIsWhatAPersonWouldGuess(t *testing.T) {
	for name, want := range map[string]string{
		"Rådet": "radet", "Trøndelag fylkeskommune": "trondelag-fylkeskommune", "Åfjord": "afjord", "Ørland": "orland",
		"Fosenbrua AS": "fosenbrua-as", "NTNU": "ntnu", "Nord universitet / SINTEF": "nord-universitet-sintef",
		"Sámediggi – Sametinget": "samediggi-sametinget", "Čálliidlágádus": "calliidlagadus", "a_b": "a-b",
		"  «Privat næringsliv»  ": "privat-naringsliv", "12. juni": "12-juni", "—": "", "": "", "日本": "",
	} {
		if got := Slug(name); got != want {
			t.Errorf("Slug(%q) is %q, want %q", name, got, want)
		}
	}
}

func FuzzSlug(f *testing.F) {
	for _, s := range []string{"Rådet", "Trøndelag fylkeskommune", "--", "İstanbul", "Å\u0300", strings.Repeat("ab ", 40), "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		s := Slug(name)
		if Slug(s) != s {
			t.Fatalf("the slug of %q is %q, and of that %q", name, s, Slug(s))
		}
		if s != "" && CheckID(s) != nil || len(s) > 60 {
			t.Fatalf("the slug of %q cannot be an id: %q", name, s)
		}
		if strings.Trim(s, "-") != s || strings.Contains(s, "--") || strings.ToLower(s) != s || strings.Contains(s, "_") {
			t.Fatalf("the slug of %q is untidy: %q", name, s)
		}
	})
}

func TestAKeyIsTheBytesOfAUUIDAndOfAnythingElseItsHash(t *testing.T) {
	const uuid = "018ce84c-da80-77a6-8a16-13a8b135b907"
	if got := fmt.Sprintf("%x", KeyOf(EventID(uuid))); got != strings.ReplaceAll(uuid, "-", "") {
		t.Errorf("the key of %s is %s", uuid, got)
	}
	for _, id := range []string{"", "e-1", strings.ToUpper(uuid), uuid[1:], uuid + "0", "{" + uuid + "}", "0" + uuid[1:35] + "g", strings.Replace(uuid, "-", "_", 1)} {
		sum := sha256.Sum256([]byte(id))
		if got := KeyOf(EventID(id)); got != Key(sum[:16]) {
			t.Errorf("the key of %q is %x, want %x", id, got, sum[:16])
		}
	}
}
