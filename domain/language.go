package domain

// A Language is one of the three that everything people read is written in.
type Language string

// Bokmål is the default.
const (
	Bokmal  Language = "nb"
	Nynorsk Language = "nn"
	English Language = "en"
)

// Languages lists them, the default first.
func Languages() []Language { return []Language{Bokmal, Nynorsk, English} }

// ParseLanguage reads nb, nn or en (no is bokmål).
func ParseLanguage(s string) (Language, error) {
	switch s {
	case "nb", "no", "":
		return Bokmal, nil
	case "nn":
		return Nynorsk, nil
	case "en":
		return English, nil
	}
	return "", errLanguage.With(s)
}

// A Phrase is one sentence or label in all three languages. Arguments are
// placed by number (%[1]s), because word order differs.
type Phrase struct {
	NB, NN, EN string
}

// In is the phrase in a language; bokmål for one we do not know.
func (p Phrase) In(l Language) string {
	switch l {
	case Nynorsk:
		return p.NN
	case English:
		return p.EN
	default:
		return p.NB
	}
}

// Fill places the same arguments in all three; an argument that is itself a
// Phrase is placed in the language it goes into.
func (p Phrase) Fill(args ...any) Phrase {
	if len(args) == 0 {
		return p
	}
	return Phrase{
		NB: fill(p.NB, Bokmal, args),
		NN: fill(p.NN, Nynorsk, args),
		EN: fill(p.EN, English, args),
	}
}
