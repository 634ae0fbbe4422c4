package domain

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The longest a name or title, and a free text, may be, in characters.
const (
	MaxLine = 1_000
	MaxText = 10_000
)

var (
	errEmpty = Rule{Invalid, "input.empty", Phrase{
		"Feltet «%[1]s» er tomt og må fylles ut.",
		"Feltet «%[1]s» er tomt og må fyllast ut.",
		"The field “%[1]s” is empty and must be filled in.",
	}}
	errTooLong = Rule{Invalid, "input.too-long", Phrase{
		"Feltet «%[1]s» har %[2]d tegn; det meste er %[3]d. Kort det ned.",
		"Feltet «%[1]s» har %[2]d teikn; det meste er %[3]d. Kort det ned.",
		"The field “%[1]s” has %[2]d characters; the most is %[3]d. Shorten it.",
	}}
	errCharacters = Rule{Invalid, "input.characters", Phrase{
		"Feltet «%[1]s» har et tegn som ikke kan lagres (styretegn eller ugyldig UTF-8). Ta det bort.",
		"Feltet «%[1]s» har eit teikn som ikkje kan lagrast (styreteikn eller ugyldig UTF-8). Ta det bort.",
		"The field “%[1]s” has a character that cannot be stored (a control character or invalid UTF-8). Remove it.",
	}}
	errChoice = Rule{Invalid, "input.choice", Phrase{
		"«%[2]s» finnes ikke for feltet «%[1]s». Velg en av: %[3]s.",
		"«%[2]s» finst ikkje for feltet «%[1]s». Vel ein av: %[3]s.",
		"“%[2]s” is not a value of the field “%[1]s”. Choose one of: %[3]s.",
	}}
	errNumber = Rule{Invalid, "input.number", Phrase{
		"Feltet «%[1]s» kan ikke være %[2]v; det må være et tall som ikke er negativt.",
		"Feltet «%[1]s» kan ikkje vere %[2]v; det må vere eit tal som ikkje er negativt.",
		"The field “%[1]s” cannot be %[2]v; it must be a number that is not negative.",
	}}
	errRange = Rule{Invalid, "input.range", Phrase{
		"Feltet «%[1]s» kan ikke være %[2]d; det må være et tall fra %[3]d til %[4]d.",
		"Feltet «%[1]s» kan ikkje vere %[2]d; det må vere eit tal frå %[3]d til %[4]d.",
		"The field “%[1]s” cannot be %[2]d; it must be a number from %[3]d to %[4]d.",
	}}
)

// CheckName refuses a name or title that is empty or nothing but spaces, one
// longer than MaxLine, and characters that do not belong on one line.
func CheckName(field, s string) error {
	if strings.TrimSpace(s) == "" {
		return errEmpty.With(field)
	}
	return CheckLine(field, s)
}

// CheckLine is CheckName for what may be left out.
func CheckLine(field, s string) error { return check(field, s, MaxLine, nil) }

// CheckText refuses a free text longer than MaxText, and characters that are
// neither visible nor line breaks nor tabs.
func CheckText(field string, t Text) error {
	return check(field, string(t), MaxText, []rune{'\n', '\r', '\t'})
}

// RequireText is CheckText for what may not be left out.
func RequireText(field string, t Text) error {
	if strings.TrimSpace(string(t)) == "" {
		return errEmpty.With(field)
	}
	return CheckText(field, t)
}

// RequireDate refuses an unknown date where one must be given.
func RequireDate(field string, d Date) error {
	if d.IsZero() {
		return errEmpty.With(field)
	}
	return nil
}

// CheckChoice refuses a value that is not one of the known.
func CheckChoice[T ~string](field string, value T, known ...T) error {
	if slices.Contains(known, value) {
		return nil
	}
	list := ""
	for i, k := range known {
		if i > 0 {
			list += ", "
		}
		list += string(k)
	}
	return errChoice.With(field, string(value), list)
}

// CheckNotNegative refuses a number below zero, and what is not a number.
func CheckNotNegative[N int | int64 | float64](field string, n N) error {
	if n >= 0 && n <= 1e15 {
		return nil
	}
	return errNumber.With(field, n)
}

// CheckRange refuses a number outside low–high, both included.
func CheckRange(field string, n, low, high int) error {
	if n < low || n > high {
		return errRange.With(field, n, low, high)
	}
	return nil
}

func check(field, s string, most int, allowed []rune) error {
	if !utf8.ValidString(s) {
		return errCharacters.With(field)
	}
	if n := utf8.RuneCountInString(s); n > most {
		return errTooLong.With(field, n, most)
	}
	for _, r := range s {
		if unicode.IsControl(r) && !slices.Contains(allowed, r) {
			return errCharacters.With(field)
		}
	}
	return nil
}

// FirstError is the first that is not nil, for checks that stand in a row.
func FirstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
