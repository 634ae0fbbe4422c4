package planfile

import (
	"fmt"

	"github.com/fosenregionen/framdrift/domain"
)

// Why a file is not read. Each names the file, the place and what to do.
var (
	// Empty is a file with nothing in it, or nothing but white space.
	Empty = domain.Rule{Kind: domain.Invalid, Code: "planfile.empty", Text: domain.Phrase{
		NB: "%[1]s er tom. Sjekk at riktig fil er valgt, og prøv igjen.",
		NN: "%[1]s er tom. Sjekk at rett fil er vald, og prøv igjen.",
		EN: "%[1]s is empty. Check that it is the right file, and try again.",
	}}
	// NotText is a file of a kind that is not read.
	NotText = domain.Rule{Kind: domain.Invalid, Code: "planfile.not-text", Text: domain.Phrase{
		NB: "%[1]s er ikke en tekstfil, men %[2]s, som ikke kan leses ennå. Lagre eller kopier tabellen som tekst med tabulator mellom kolonnene (.txt), og prøv igjen.",
		NN: "%[1]s er ikkje ei tekstfil, men %[2]s, som ikkje kan lesast enno. Lagre eller kopier tabellen som tekst med tabulator mellom kolonnane (.txt), og prøv igjen.",
		EN: "%[1]s is not a text file but %[2]s, which cannot be read yet. Save or copy the table as text with tabs between the columns (.txt), and try again.",
	}}
	// UTF16 is text as some Windows programs save it.
	UTF16 = domain.Rule{Kind: domain.Invalid, Code: "planfile.utf16", Text: domain.Phrase{
		NB: "%[1]s er tekst i UTF-16 («Unicode-tekst»), ikke UTF-8. Lagre fila på nytt med kodingen UTF-8, og prøv igjen.",
		NN: "%[1]s er tekst i UTF-16 («Unicode-tekst»), ikkje UTF-8. Lagre fila på nytt med kodinga UTF-8, og prøv igjen.",
		EN: "%[1]s is text in UTF-16 (“Unicode text”), not UTF-8. Save the file again with the encoding UTF-8, and try again.",
	}}
	// NUL is a zero byte, which no text has.
	NUL = domain.Rule{Kind: domain.Invalid, Code: "planfile.nul", Text: domain.Phrase{
		NB: "%[1]s, linje %[2]d: her står et NUL-tegn, så fila er skadet eller ikke en tekstfil. Lag den på nytt fra dokumentet, og prøv igjen.",
		NN: "%[1]s, linje %[2]d: her står eit NUL-teikn, så fila er skadd eller ikkje ei tekstfil. Lag ho på nytt frå dokumentet, og prøv igjen.",
		EN: "%[1]s, line %[2]d: there is a NUL character here, so the file is damaged or not a text file. Make it again from the document, and try again.",
	}}
	// NotUTF8 is text in an older encoding, or damaged text.
	NotUTF8 = domain.Rule{Kind: domain.Invalid, Code: "planfile.not-utf8", Text: domain.Phrase{
		NB: "%[1]s, linje %[2]d: her står tegn som ikke er UTF-8, så æ, ø og å kan ikke leses sikkert. Lagre fila på nytt med kodingen UTF-8, og prøv igjen.",
		NN: "%[1]s, linje %[2]d: her står teikn som ikkje er UTF-8, så æ, ø og å kan ikkje lesast sikkert. Lagre fila på nytt med kodinga UTF-8, og prøv igjen.",
		EN: "%[1]s, line %[2]d: there are characters here that are not UTF-8, so æ, ø and å cannot be read for certain. Save the file again with the encoding UTF-8, and try again.",
	}}
	// NoTable is text without a single tab.
	NoTable = domain.Rule{Kind: domain.Invalid, Code: "planfile.no-table", Text: domain.Phrase{
		NB: "%[1]s har ingen tabell: ingen linje har tabulator mellom kolonnene. Lagre eller kopier tabellen som tekst med tabulatorer, og prøv igjen.",
		NN: "%[1]s har ingen tabell: inga linje har tabulator mellom kolonnane. Lagre eller kopier tabellen som tekst med tabulatorar, og prøv igjen.",
		EN: "%[1]s holds no table: no line has tabs between the columns. Save or copy the table as text with tabs, and try again.",
	}}
	// TooLarge is a file above Limits.Bytes.
	TooLarge = domain.Rule{Kind: domain.Invalid, Code: "planfile.too-large", Text: domain.Phrase{
		NB: "%[1]s er større enn grensen på %[2]s. Ta bare med planen, eller hev grensen, og prøv igjen.",
		NN: "%[1]s er større enn grensa på %[2]s. Ta berre med planen, eller hev grensa, og prøv igjen.",
		EN: "%[1]s is larger than the limit of %[2]s. Keep only the plan in it, or raise the limit, and try again.",
	}}
	// TooManyRows is a file above Limits.Rows.
	TooManyRows = domain.Rule{Kind: domain.Invalid, Code: "planfile.too-many-rows", Text: domain.Phrase{
		NB: "%[1]s, linje %[2]d: fila har flere enn %[3]d rader, som er grensen. Ta bare med planen, eller hev grensen, og prøv igjen.",
		NN: "%[1]s, linje %[2]d: fila har fleire enn %[3]d rader, som er grensa. Ta berre med planen, eller hev grensa, og prøv igjen.",
		EN: "%[1]s, line %[2]d: the file has more than %[3]d rows, which is the limit. Keep only the plan in it, or raise the limit, and try again.",
	}}
	// TooManyCells is a row above Limits.Cells.
	TooManyCells = domain.Rule{Kind: domain.Invalid, Code: "planfile.too-many-cells", Text: domain.Phrase{
		NB: "%[1]s, linje %[2]d: raden har %[3]d celler, og grensen er %[4]d. Fjern tabulatorene som ikke skiller kolonner, eller hev grensen, og prøv igjen.",
		NN: "%[1]s, linje %[2]d: rada har %[3]d celler, og grensa er %[4]d. Fjern tabulatorane som ikkje skil kolonnar, eller hev grensa, og prøv igjen.",
		EN: "%[1]s, line %[2]d: the row has %[3]d cells, and the limit is %[4]d. Remove the tabs that part no columns, or raise the limit, and try again.",
	}}
	// CellTooLong is a cell that reaches Limits.CellChars.
	CellTooLong = domain.Rule{Kind: domain.Invalid, Code: "planfile.cell-too-long", Text: domain.Phrase{
		NB: "%[1]s, linje %[2]d: en celle har %[3]d tegn, og en celle må ha færre enn %[4]d. Kort den ned eller del den, eller hev grensen, og prøv igjen.",
		NN: "%[1]s, linje %[2]d: ei celle har %[3]d teikn, og ei celle må ha færre enn %[4]d. Kort ho ned eller del ho, eller hev grensa, og prøv igjen.",
		EN: "%[1]s, line %[2]d: a cell has %[3]d characters, and a cell must have fewer than %[4]d. Shorten or divide it, or raise the limit, and try again.",
	}}
)

func unreadable(name string, err error) error { return fmt.Errorf("reading %s: %w", name, err) }

// size is a number of bytes as people say it.
func size(bytes int) string {
	if bytes >= 1<<20 && bytes%(1<<20) == 0 {
		return fmt.Sprintf("%d MB", bytes>>20)
	}
	return fmt.Sprintf("%d byte", bytes)
}
