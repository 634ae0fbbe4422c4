package actors

import "strings"

// Guess proposes kind and sector for a name that stands in a plan, from what
// Norwegian names of bodies and organisations look like. It is a proposal for
// a person to accept, never more. Answers says that the name answers for a
// measure, which public bodies and roles most often do.
//
// The first sign that fits decides:
//
//	Trondheim kommune                     municipality, public
//	Trøndelag fylkeskommune, … KF, … IKS  organisation, public
//	… AS, … SA                            organisation, business
//	NTNU, Nord Universitet, … fagskole    organisation, knowledge
//	Kommunene, Privat næringsliv          collective
//	Rådet, Rådmannsforum                  body, public
//	Utviklingsleder                       role, public
func Guess(name string, answers bool) (Kind, Sector) {
	lower := strings.ToLower(name)
	words := strings.Fields(lower)
	if len(words) == 0 {
		return Organisation, Public
	}
	last := words[len(words)-1]
	if kind, sector, ok := byForm(last); ok {
		return kind, sector
	}
	sector := sectorOf(lower, answers)
	switch {
	case collective(words):
		return Collective, sector
	case endsIn(last, knowledgeEnds) || endsIn(words[0], knowledgeEnds):
		return Organisation, Knowledge
	case endsIn(words[0], roleEnds) && answers || endsIn(last, roleEnds):
		return Person, Public
	case anyEndsIn(words, bodyEnds):
		return Body, Public
	case answers:
		return Body, sector
	}
	return Organisation, sector
}

// byForm knows a name by what it ends in: a municipality, or a form of
// company that the register of business enterprises gives.
func byForm(last string) (Kind, Sector, bool) {
	switch last {
	case "kommune", "kommunar":
		return Municipality, Public, true
	case "fylkeskommune", "kf", "fkf", "iks", "hf", "rhf":
		return Organisation, Public, true
	case "as", "asa", "ans", "da", "sa", "ba", "bransjen":
		return Organisation, Business, true
	}
	return "", "", false
}

func collective(words []string) bool {
	first, last := words[0], words[len(words)-1]
	return first == "alle" || endsIn(first, pluralEnds) || endsIn(last, pluralEnds) || endsIn(last, masses) || endsIn(first, masses)
}

func sectorOf(lower string, answers bool) Sector {
	for _, s := range []struct {
		sector Sector
		signs  []string
	}{
		{Voluntary, voluntarySigns}, {Knowledge, knowledgeEnds}, {Public, publicSigns}, {Business, businessSigns},
	} {
		for _, sign := range s.signs {
			if strings.Contains(lower, sign) {
				return s.sector
			}
		}
	}
	if answers {
		return Public
	}
	return Business
}

var (
	pluralEnds     = []string{"ene", "ane", "aktører", "aktørar", "selskaper", "selskap", "partier", "bedrifter", "verk", "lag"}
	masses         = []string{"næringsliv", "næringslivet", "frivilligheten", "frivilligheita", "frivillighet", "kulturliv"}
	bodyEnds       = []string{"råd", "rådet", "forum", "utvalg", "utval", "styre", "styret", "nemnd", "komité", "representantskap", "representantskapet", "tinget", "tjenesten", "tenesta"}
	roleEnds       = []string{"leder", "leiar", "koordinator", "rådgiver", "rådgjevar", "sjef", "direktør", "ordfører", "ordførar", "rådmann", "veileder", "rettleiar"}
	knowledgeEnds  = []string{"universitet", "universitetet", "høgskole", "høyskole", "høgskule", "høgskolen", "fagskole", "fagskule", "fagskolen", "ntnu", "sintef", "institutt", "forsking", "forskning"}
	voluntarySigns = []string{"frivillig", "forening", "foreining", "idrettslag", "kulturliv"}
	publicSigns    = []string{"kommun", "fylke", "direktorat", "statsforvalter", "statsforvaltar", "politi", "parti", "helse", "omstillingsprogram", "skole", "skule", "barnevern", "nve", "nav "}
	businessSigns  = []string{"nærings", "bedrift", "reiseliv", "selskap", "bank", "verk", "industri"}
)

func endsIn(word string, ends []string) bool {
	for _, end := range ends {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}

func anyEndsIn(words, ends []string) bool {
	for _, w := range words {
		if endsIn(w, ends) {
			return true
		}
	}
	return false
}
