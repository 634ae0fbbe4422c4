package plantable_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain/plantable"
)

// readings are cells and how a Norwegian reader parts them, with | between
// the names. The last name's rule is what the test is about.
var readings = []struct {
	rule, cell, want string
	known            string // names of the register, with | between
	uncertain        bool
}{
	{rule: "one name is all there is", cell: "Rådmannsforum", want: "Rådmannsforum"},
	{rule: "og belongs to the name", cell: "Kultur og fritid", want: "Kultur og fritid"},
	{rule: "a hyphen stands for the rest of a word", cell: "Arbeids- og næringsliv Politiske partier", want: "Arbeids- og næringsliv|Politiske partier"},
	{rule: "commas where the cell uses them", cell: "Nettselskaper, Vannverk, NVE", want: "Nettselskaper|Vannverk|NVE"},
	{rule: "the og before the last of a list is no name", cell: "Nettselskaper, Vannverk og NVE", want: "Nettselskaper|Vannverk|NVE"},
	{rule: "semicolons and bullets part too", cell: "• NVE • Statnett; NHO", want: "NVE|Statnett|NHO"},
	{rule: "line breaks that the format knew part", cell: "Visit Namdalen\nStatens vegvesen\nSparebank Midt", want: "Visit Namdalen|Statens vegvesen|Sparebank Midt"},
	{rule: "a line that begins small goes on", cell: "Trøndelag\nfylkeskommune", want: "Trøndelag fylkeskommune"},
	{rule: "in a list with commas two capitals are one name", cell: "Visit Namdalen, Innovasjon Norge", want: "Visit Namdalen|Innovasjon Norge"},
	{rule: "slash between owners", cell: "Rådmannsforum/kulturskolene", want: "Rådmannsforum|kulturskolene"},
	{rule: "slash with spaces", cell: "Rådet / Utviklingsleder", want: "Rådet|Utviklingsleder"},
	{rule: "slash in og/eller, A/S and numbers is no border", cell: "Hansen A/S og/eller rute 24/7", want: "Hansen A/S og/eller rute 24/7"},
	{rule: "bodies and roles end in råd, forum, leder", cell: "Rådet/Rådmannsforum Utviklingsleder", want: "Rådet|Rådmannsforum|Utviklingsleder"},
	{rule: "a role may have a field after it", cell: "Kompetanseforum Prosjektleder kompetanse", want: "Kompetanseforum|Prosjektleder kompetanse"},
	{rule: "long definite nouns are whole names", cell: "Politiråd Barneverntjenesten Frivilligsentralen Kultur og fritid", want: "Politiråd|Barneverntjenesten|Frivilligsentralen|Kultur og fritid", uncertain: true},
	{rule: "a company form ends a name", cell: "Åfjord Utvikling AS Omstillingsprogrammene i Fosenregionen", want: "Åfjord Utvikling AS|Omstillingsprogrammene i Fosenregionen"},
	{rule: "every company form", cell: "A Kraft ASA Bø Vann IKS Cæsar Hus KF Dal Lag SA Eng Vei BA Fjord HF", want: "A Kraft ASA|Bø Vann IKS|Cæsar Hus KF|Dal Lag SA|Eng Vei BA|Fjord HF"},
	{rule: "small company form", cell: "Fosenbrua as Privat næringsliv", want: "Fosenbrua as|Privat næringsliv"},
	{rule: "fylkeskommune ends a name", cell: "Trøndelag fylkeskommune Åfjord Utvikling AS Omstillingsprogrammene i Fosenregionen", want: "Trøndelag fylkeskommune|Åfjord Utvikling AS|Omstillingsprogrammene i Fosenregionen"},
	{rule: "kommune ends a name", cell: "Trondheim kommune Indre Fosen kommune", want: "Trondheim kommune|Indre Fosen kommune"},
	{rule: "two places may share one fylkeskommune", cell: "Møre og Romsdal fylkeskommune Privat næringsliv", want: "Møre og Romsdal fylkeskommune|Privat næringsliv"},
	{rule: "a place before kommune begins a name", cell: "Helse Midt Trondheim kommune", want: "Helse Midt|Trondheim kommune", uncertain: true},
	{rule: "definite plurals are whole names", cell: "Pendlerforeningene Trøndelag fylkeskommune", want: "Pendlerforeningene|Trøndelag fylkeskommune"},
	{rule: "definite plurals in nynorsk", cell: "Kommunane Privat næringsliv", want: "Kommunane|Privat næringsliv"},
	{rule: "definite plural before a company", cell: "Trøndelag fylkeskommune Kommunene Fosenbrua AS", want: "Trøndelag fylkeskommune|Kommunene|Fosenbrua AS"},
	{rule: "a capital after a small letter", cell: "Regionalt næringsliv Skolestedene i Fosenregionen", want: "Regionalt næringsliv|Skolestedene i Fosenregionen"},
	{rule: "a capital after a small letter, in two languages", cell: "Trøndersk mat og drikke European region of gastronomy", want: "Trøndersk mat og drikke|European region of gastronomy"},
	{rule: "a place ends what stands in it", cell: "Frivillighet og kulturliv i Fosen Roret KF", want: "Frivillighet og kulturliv i Fosen|Roret KF"},
	{rule: "a broken hyphen holds a name together", cell: "KulturCompagniet Fosna- Folket", want: "KulturCompagniet|Fosna- Folket", uncertain: true},
	{rule: "an acronym keeps one lone word", cell: "NTNU Videre", want: "NTNU Videre", uncertain: true},
	{rule: "an acronym leaves two words alone", cell: "NTNU Maritime Robotics", want: "NTNU|Maritime Robotics", uncertain: true},
	{rule: "a kind of school ends a name", cell: "Trøndelag høyere fagskole Nord Universitet", want: "Trøndelag høyere fagskole|Nord Universitet"},
	{rule: "nothing parts two capitals: together, but warned", cell: "Innovasjon Norge", want: "Innovasjon Norge", uncertain: true},
	{rule: "parentheses hold together", cell: "Rådet (leder, nestleder) Kommunene", want: "Rådet (leder, nestleder)|Kommunene"},
	{rule: "a parenthesis that never closes hides nothing", cell: "Rådet (leder, Kommunene", want: "Rådet (leder|Kommunene"},
	{rule: "no comma in a number", cell: "Fond 1,5 prosent", want: "Fond 1,5 prosent"},
	{rule: "the register knows a name", cell: "Visit Namdalen Innovasjon Norge", known: "Innovasjon Norge|Visit Namdalen", want: "Visit Namdalen|Innovasjon Norge"},
	{rule: "the longest known name wins", cell: "Nord Universitet Handelshøgskolen", known: "Nord|Nord Universitet", want: "Nord Universitet|Handelshøgskolen"},
	{rule: "a known name may begin that of a company: warned", cell: "Fosen Helse IKS", known: "Fosen|Helse", want: "Fosen|Helse IKS", uncertain: true},
	{rule: "a known name does not cut a phrase", cell: "Aktører i Rådet", known: "Rådet", want: "Aktører i Rådet"},
	{rule: "og between two known names parts", cell: "Rådet og Rådmannsforum", known: "Rådet|Rådmannsforum", want: "Rådet|Rådmannsforum"},
	{rule: "og between two unknown names: together, but warned", cell: "Sintef og Nofima", want: "Sintef og Nofima", uncertain: true},
}

func TestSplit(t *testing.T) {
	for _, tt := range readings {
		t.Run(tt.rule, func(t *testing.T) {
			var known []string
			if tt.known != "" {
				known = strings.Split(tt.known, "|")
			}
			var got []string
			uncertain := false
			for _, n := range plantable.Split(tt.cell, known...) {
				got = append(got, n.Text)
				uncertain = uncertain || n.Confidence == plantable.Uncertain
			}
			if want := strings.Split(tt.want, "|"); !slices.Equal(got, want) {
				t.Errorf("%q\n got %q\nwant %q", tt.cell, got, want)
			}
			if uncertain != tt.uncertain {
				t.Errorf("%q: uncertain is %v, want %v (%v)", tt.cell, uncertain, tt.uncertain, plantable.Split(tt.cell, known...))
			}
		})
	}
}

func TestSplitOfNothingIsNoNames(t *testing.T) {
	for _, cell := range []string{"", " \n ", ",;/", "•"} {
		if got := plantable.Split(cell); len(got) != 0 {
			t.Errorf("%q: %v", cell, got)
		}
	}
}
