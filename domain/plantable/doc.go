// Package plantable reads the table of an adopted plan into a draft plan.
//
// An adopted plan arrives as a table that somebody laid out for people. This
// package knows what such tables look like and nothing about files: a reader
// (Word, Excel, CSV, text) turns its format into a Document, line by line and
// cell by cell, and Parse answers with a Draft.
//
//	HANDLINGSPLAN Namdalen 2025-2028
//	Vedtatt av regionrådet 03.12.2024, sak 41/24
//
//	INNSATS          | HANDLINGSPLAN | TILTAK           | ANSVAR
//	1. Næring        |               |                  |
//	Kompetanse       | Fagbrev       | Årlig kursuke    | Rådet/Næringssjef
//	                 |               | Kartlegge behov  | Rådet
//	Felles tjenester |               |                  |
//	                 | Namdal IKT    |                  |
//
// becomes
//
//	title     HANDLINGSPLAN Namdalen 2025-2028        period 2025-01-01 – 2028-12-31
//	decision  regionrådet, 41/24, 2024-12-03
//	t01       1. Næring / Kompetanse / Fagbrev / Årlig kursuke    Rådet, Næringssjef   ongoing
//	t02       1. Næring / Kompetanse / Fagbrev / Kartlegge behov  Rådet
//	o01       1. Næring / Felles tjenester / Namdal IKT           an arrangement
//
// Four rules hold for every reading.
//
// Verbatim: each string in a Draft stands in the document as it is, with its
// white space folded to single spaces. Nothing is corrected, nothing is
// added: a measure has no owner from the row above and no deadline from the
// period of the plan.
//
// Inheritance: a focus area and an initiative run down into the empty cells
// below them and stop at the next value or strategy heading. Measure, owners,
// partners and deadline are never inherited.
//
// Doubt is said, not acted on: what looks wrong is kept as it stands and
// gets a Warning with its place, a stable Code and, where there is one, the
// other reading as a Suggestion. A person chooses.
//
// Nothing is typed in from one plan: names that stand together in a cell are
// told apart by what a Norwegian reader goes by (see Split in names.go) and
// by names the rest of the document and the register already know.
package plantable
