package plantable

import "github.com/fosenregionen/framdrift/domain"

// Why a document gives no draft at all. Each names the file and what to do.
var (
	// NoHeader is a document in which no line reads as the headings of a plan table.
	NoHeader = domain.Rule{Kind: domain.Invalid, Code: "plantable.no-header", Text: domain.Phrase{
		NB: "%[1]s: ingen rad ligner overskriftene i en plantabell. Tabellen må ha en rad med overskrifter, og en av dem må være TILTAK. Legg den til og prøv igjen.",
		NN: "%[1]s: inga rad liknar overskriftene i ein plantabell. Tabellen må ha ei rad med overskrifter, og ei av dei må vere TILTAK. Legg ho til og prøv igjen.",
		EN: "%[1]s: no row reads as the headings of a plan table. The table needs a row of headings, and one of them must be TILTAK (measure). Add it and try again.",
	}}
	// NoMeasureColumn is a table whose headings do not say where the measures are.
	NoMeasureColumn = domain.Rule{Kind: domain.Invalid, Code: "plantable.no-measure-column", Text: domain.Phrase{
		NB: "%[1]s, linje %[2]d: overskriftene er %[3]s, men ingen av dem er TILTAK (eller aktivitet), så det går ikke an å vite hva som skal gjøres. Gi kolonnen med tiltakene overskriften TILTAK og prøv igjen.",
		NN: "%[1]s, linje %[2]d: overskriftene er %[3]s, men ingen av dei er TILTAK (eller aktivitet), så det går ikkje an å vite kva som skal gjerast. Gje kolonnen med tiltaka overskrifta TILTAK og prøv igjen.",
		EN: "%[1]s, line %[2]d: the headings are %[3]s, but none of them is TILTAK (measure), so there is no telling what is to be done. Give the column of measures the heading TILTAK and try again.",
	}}
	// HeaderOnly is a table with headings and nothing under them.
	HeaderOnly = domain.Rule{Kind: domain.Invalid, Code: "plantable.header-only", Text: domain.Phrase{
		NB: "%[1]s, linje %[2]d: tabellen har overskrifter, men ingen tiltak under dem. Sjekk at hele planen er med i fila og prøv igjen.",
		NN: "%[1]s, linje %[2]d: tabellen har overskrifter, men ingen tiltak under dei. Sjekk at heile planen er med i fila og prøv igjen.",
		EN: "%[1]s, line %[2]d: the table has headings but no measures under them. Check that the whole plan is in the file and try again.",
	}}
)
