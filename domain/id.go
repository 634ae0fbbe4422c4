package domain

import (
	"crypto/sha256"
	"strings"
)

// Each kind of name has a type of its own, so that the compiler tells a plan
// from a measure. All of them are tokens of a NATS subject: 1–64 characters
// of a–z, A–Z, 0–9, hyphen and underscore.
type (
	// A RegionID names a region and its log: fosen.
	RegionID string
	// A PlanID names a plan within its region: handlingsplan-2022-2024.
	PlanID string
	// A StrategyID names a strategy within its plan: s1.
	StrategyID string
	// A MeasureID names a measure (t07) or an arrangement (o01) within its plan.
	MeasureID string
	// An ActorID names a body, role, organisation or collective in the register: radet.
	ActorID string
	// A UserID stands for a person and says nothing about who it is.
	UserID string
	// A PeriodID names a reporting period: T3-2022.
	PeriodID string
	// A ReportID names what an owner said about one measure in one period.
	ReportID string
	// An EvidenceID names a file that shows a result.
	EvidenceID string
	// A StoryID names one thing told of the programme, within its plan: goal-1.
	StoryID string
	// An EventID is a UUIDv7.
	EventID string
	// A CommandID is the sender's own UUID for one command: the same id again is the same command.
	CommandID string
)

// A Position is an event's number in its region's log, 1…N.
type Position uint64

// MaxID is how many characters an id may have.
const MaxID = 64

// CheckID refuses what cannot be a token of a NATS subject.
func CheckID[T ~string](id T) error {
	if len(id) == 0 || len(id) > MaxID {
		return errID.With(string(id))
	}
	for i := range len(id) {
		if !idByte(id[i]) {
			return errID.With(string(id))
		}
	}
	return nil
}

func idByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}

// Slug turns a name into an id a person would guess: «Trøndelag
// fylkeskommune» becomes trondelag-fylkeskommune. Letters outside a–z lose
// their marks (æ and å become a, ø becomes o, Sámi letters likewise); any
// other run of characters becomes one hyphen. A name without a single letter
// or digit has no slug and gives "".
func Slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(name) {
		if plain, ok := unmarked[r]; ok {
			r = plain
		}
		if r > 0x7f || !idByte(byte(r)) || r == '-' || r == '_' {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		if b.Len() >= 60 { // room for a number when two names share a slug
			break
		}
		b.WriteRune(r)
	}
	return strings.TrimSuffix(b.String(), "-")
}

var unmarked = func() map[rune]rune {
	m := map[rune]rune{}
	for plain, marked := range map[rune]string{
		'a': "æåäáàâãă", 'c': "čçć", 'd': "đð", 'e': "éèêë", 'i': "íìîï", 'n': "ŋñń",
		'o': "øöóòôõ", 's': "šśß", 't': "ŧþ", 'u': "üúùû", 'y': "ýÿ", 'z': "žźż", 'g': "ǧǥ", 'k': "ǩ", 'l': "ł",
	} {
		for _, r := range marked {
			m[r] = plain
		}
	}
	return m
}()

// A Key stands for the id of an event or a command where many are remembered:
// the 16 bytes of a UUID in its usual form, and of anything else as many of its
// SHA-256.
type Key [16]byte

// KeyOf is the key of an id.
func KeyOf[T ~string](id T) Key {
	var k Key
	if len(id) != len("018ce84c-da80-77a6-8a16-13a8b135b907") || id[8] != '-' || id[13] != '-' || id[18] != '-' || id[23] != '-' {
		return hashed(string(id))
	}
	for i, at := range [len(k)]int{0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34} {
		high, low := hexDigits[id[at]], hexDigits[id[at+1]]
		if high|low > 0xf {
			return hashed(string(id))
		}
		k[i] = high<<4 | low
	}
	return k
}

func hashed(id string) Key {
	sum := sha256.Sum256([]byte(id))
	return Key(sum[:len(Key{})])
}

// hexDigits is what a digit is worth, and 0xff what is none.
var hexDigits = func() (worth [256]byte) {
	for c := range worth {
		worth[c] = byte(strings.IndexByte("0123456789abcdef", byte(c)))
	}
	return worth
}()
