package planfile

import (
	"fmt"

	"github.com/fosenregionen/framdrift/domain"
)

// Why a file is not read, whatever its format. Each names the file, the place
// and what to do; pack.go's own are in errorpack.go.
var (
	// Empty is a file with nothing in it, or nothing but white space.
	Empty = domain.Rule{Kind: domain.Invalid, Code: "planfile.empty", Text: domain.Phrase{
		NB: "%[1]s er tom. Sjekk at riktig fil er valgt, og prøv igjen.",
		NN: "%[1]s er tom. Sjekk at rett fil er vald, og prøv igjen.",
		EN: "%[1]s is empty. Check that it is the right file, and try again.",
	}}
	// OtherKind is a file of a kind that is not read.
	OtherKind = domain.Rule{Kind: domain.Invalid, Code: "planfile.other-kind", Text: domain.Phrase{
		NB: "%[1]s er ikke en plan i Word, Excel, CSV eller tekst, men %[2]s. Lagre planen som .docx, .xlsx eller .csv, og prøv igjen.",
		NN: "%[1]s er ikkje ein plan i Word, Excel, CSV eller tekst, men %[2]s. Lagre planen som .docx, .xlsx eller .csv, og prøv igjen.",
		EN: "%[1]s is not a plan in Word, Excel, CSV or text but %[2]s. Save the plan as .docx, .xlsx or .csv, and try again.",
	}}
	// PDF is a printed document, which has lost its table.
	PDF = domain.Rule{Kind: domain.Invalid, Code: "planfile.pdf", Text: domain.Phrase{
		NB: "%[1]s er en PDF, og der er tabellen bare tegnet, ikke lagret. Bruk Word- eller Excel-fila den ble laget av, eller kopier tabellen derfra til et regneark, og prøv igjen.",
		NN: "%[1]s er ein PDF, og der er tabellen berre teikna, ikkje lagra. Bruk Word- eller Excel-fila han vart laga av, eller kopier tabellen derifrå til eit rekneark, og prøv igjen.",
		EN: "%[1]s is a PDF, in which a table is only drawn, not kept. Use the Word or Excel file it was made from, or copy the table from it into a spreadsheet, and try again.",
	}}
	// Picture is a photograph or a scan.
	Picture = domain.Rule{Kind: domain.Invalid, Code: "planfile.picture", Text: domain.Phrase{
		NB: "%[1]s er et bilde (%[2]s), og tekst i bilder leses ikke. Bruk dokumentet bildet er tatt av, og prøv igjen.",
		NN: "%[1]s er eit bilete (%[2]s), og tekst i bilete blir ikkje lesen. Bruk dokumentet biletet er teke av, og prøv igjen.",
		EN: "%[1]s is a picture (%[2]s), and text in pictures is not read. Use the document it is a picture of, and try again.",
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
	// NoTable is a file without a single row of two cells.
	NoTable = domain.Rule{Kind: domain.Invalid, Code: "planfile.no-table", Text: domain.Phrase{
		NB: "%[1]s har ingen tabell: ingen linje er delt i kolonner med tabulator, semikolon eller komma. Lagre eller kopier tabellen på nytt, og prøv igjen.",
		NN: "%[1]s har ingen tabell: inga linje er delt i kolonnar med tabulator, semikolon eller komma. Lagre eller kopier tabellen på nytt, og prøv igjen.",
		EN: "%[1]s holds no table: no line is cut into columns by tabs, semicolons or commas. Save or copy the table again, and try again.",
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
		NB: "%[1]s, linje %[2]d: raden har %[3]d celler, og grensen er %[4]d. Ta bort det som ikke er kolonner i planen, og prøv igjen.",
		NN: "%[1]s, linje %[2]d: rada har %[3]d celler, og grensa er %[4]d. Ta bort det som ikkje er kolonnar i planen, og prøv igjen.",
		EN: "%[1]s, line %[2]d: the row has %[3]d cells, and the limit is %[4]d. Remove what is no column of the plan, and try again.",
	}}
	// CellTooLong is a cell that reaches Limits.CellChars.
	CellTooLong = domain.Rule{Kind: domain.Invalid, Code: "planfile.cell-too-long", Text: domain.Phrase{
		NB: "%[1]s, linje %[2]d: en celle har %[3]d tegn, og en celle må ha færre enn %[4]d. Kort den ned eller del den, og prøv igjen.",
		NN: "%[1]s, linje %[2]d: ei celle har %[3]d teikn, og ei celle må ha færre enn %[4]d. Kort ho ned eller del ho, og prøv igjen.",
		EN: "%[1]s, line %[2]d: a cell has %[3]d characters, and a cell must have fewer than %[4]d. Shorten or divide it, and try again.",
	}}
	// TooMuchText is cells that hold more than Limits.Bytes together, as when
	// a spreadsheet shows one text in very many cells.
	TooMuchText = domain.Rule{Kind: domain.Invalid, Code: "planfile.too-much-text", Text: domain.Phrase{
		NB: "%[1]s, linje %[2]d: cellene hit har mer tekst enn grensen på %[3]s. Ta bare med planen, eller hev grensen, og prøv igjen.",
		NN: "%[1]s, linje %[2]d: cellene hit har meir tekst enn grensa på %[3]s. Ta berre med planen, eller hev grensa, og prøv igjen.",
		EN: "%[1]s, line %[2]d: the cells up to here hold more text than the limit of %[3]s. Keep only the plan in it, or raise the limit, and try again.",
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
