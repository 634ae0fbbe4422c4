package country

import (
	"strconv"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
)

// What names and texts are put together from.
var (
	placeFirst = []string{"Gran", "Sølv", "Ask", "Lang", "Stein", "Bjørk", "Hauk", "Ravn", "Ulv", "Eine", "Mjød", "Torv", "Kvern", "Hegge", "Aur", "Drange", "Brei", "Svart", "Lyng", "Myr", "Orre", "Tind", "Vår", "Skog"}
	placeLast  = []string{"vik", "nes", "dal", "strand", "haug", "sund", "fjell", "eid", "voll", "berg", "øy", "mo", "heim", "set", "land", "åsen"}
	placeSide  = []string{"Nord-", "Sør-", "Øst-", "Vest-", "Indre ", "Ytre ", "Øvre ", "Midtre "}

	doing = []string{"Etablere", "Videreutvikle", "Utarbeide", "Gjennomføre", "Styrke", "Kartlegge", "Samordne", "Prøve ut", "Markedsføre", "Rekruttere til"}
	thing = []string{"nettverk", "felles strategi", "kompetanseplan", "møteplass", "lærlingordning", "innovasjonsprogram", "digital løsning", "rådgivningstilbud", "samarbeidsavtale", "arealplan", "mobilitetstilbud", "vertskapsprogram", "etablererkurs", "klimaregnskap"}
	about = []string{"reiselivet", "havbruket", "landbruket", "helse og omsorg", "unge familier", "grønn industri", "sirkulær økonomi", "kulturlivet", "fagarbeidere", "bolyst", "kollektivtrafikken", "energibransjen", "skolene", "tilflyttere"}
	focus = []string{"Næring", "Kompetanse", "Bosetting", "Samferdsel", "Klima og energi", "Folkehelse", "Kultur", "Digitalisering"}

	strategies = []string{
		"Vi skal være attraktive å bo i og flytte til", "Vi skal ha et næringsliv som vokser", "Vi skal ha kompetansen vi trenger",
		"Vi skal løse klimautfordringene sammen", "Vi skal samarbeide bedre over kommunegrensene", "Vi skal ta vare på natur og kultur",
	}

	went = []string{
		"Arbeidsgruppa har hatt %d møter.", "Det er gjennomført %d samlinger med god deltakelse.", "Prosjektet har fått tilsagn om midler for år %d.",
		"%d bedrifter har meldt seg på.", "Utkastet er sendt på høring til %d parter.", "Rapporten har %d anbefalinger som følges opp.",
	}
	hinders = []string{
		"Prosjektlederen har sluttet, og stillingen er lyst ut for %d. gang.", "Vi mangler finansiering for %d av delene.", "Avklaringer med fylkeskommunen har tatt %d måneder.",
		"Leverandøren er %d uker forsinket.", "Det er stor arbeidsmengde i %d av kommunene.",
	}
	nexts = []string{
		"Neste møte er om %d uker.", "Vi sender søknad i løpet av %d uker.", "Tilbudet prøves ut i %d kommuner.", "Sak legges fram for rådet om %d måneder.",
	}
	whys = []string{
		"Rapporten sier ikke hva som er gjort av de %d aktivitetene.", "Vi har ikke kapasitet før om %d måneder.", "Det gjenstår %d oppgaver.", "Tallene for de siste %d månedene mangler.",
	}
	gave = []string{"Deltok i arbeidsgruppa i %d dager.", "Stilte lokaler til %d samlinger.", "Bidro med %d fagpersoner.", "Dekket reise for %d deltakere."}
	ends = []string{"Levert til rådet med %d vedlegg.", "Avtalen er underskrevet av %d parter.", "%d deltakere har fullført.", "Tilbudet er i drift i %d kommuner."}
)

// place is a name that no other place of the region has.
func (m *maker) place(taken map[string]bool) string {
	for {
		name := pick(m, placeFirst) + pick(m, placeLast)
		if m.chance(30) {
			name = pick(m, placeSide) + name
		}
		if !taken[name] {
			taken[name] = true
			return name
		}
	}
}

// text is a sentence or more of what people write.
func (m *maker) text(sentences ...[]string) domain.Text {
	var words []string
	for _, of := range sentences {
		words = append(words, strings.Replace(pick(m, of), "%d", strconv.Itoa(m.between(2, 14)), 1))
	}
	return domain.Text(strings.Join(words, " "))
}

// perhaps is a text in so many of a hundred times.
func (m *maker) perhaps(percent int, sentences ...[]string) domain.Text {
	if !m.chance(percent) {
		return ""
	}
	return m.text(sentences...)
}

// title is what a measure is called.
func (m *maker) title() string {
	return pick(m, doing) + " " + pick(m, thing) + " for " + pick(m, about) + " i " + pick(m, m.places)
}
