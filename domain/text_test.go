package domain

import (
	"errors"
	"math"
	"strings"
	"testing"
)

func TestChecksOfText(t *testing.T) {
	long, tooLong := strings.Repeat("å", MaxLine), strings.Repeat("å", MaxLine+1)
	for _, row := range []struct {
		rule string
		got  error
		want string
	}{
		{"a name may hold any letter", CheckName("navn", "Åfjord – «kommune» 北"), ""},
		{"a name is counted in characters, not bytes", CheckName("navn", long), ""},
		{"a name is not too long", CheckName("navn", tooLong), "input.too-long"},
		{"a name is not empty", CheckName("navn", ""), "input.empty"},
		{"a name is not only spaces", CheckName("navn", " \u00a0"), "input.empty"},
		{"a name stands on one line", CheckName("navn", "a\nb"), "input.characters"},
		{"a name has no control characters", CheckName("navn", "a\x1bb"), "input.characters"},
		{"a name is UTF-8", CheckName("navn", "a\xff"), "input.characters"},
		{"a line may be empty", CheckLine("navn", ""), ""},
		{"a text may have line breaks and tabs", CheckText("tekst", "a\r\n\tb"), ""},
		{"a text may be empty", CheckText("tekst", ""), ""},
		{"a text may be long", CheckText("tekst", Text(strings.Repeat("å", MaxText))), ""},
		{"a text is not too long", CheckText("tekst", Text(strings.Repeat("å", MaxText+1))), "input.too-long"},
		{"nobody can write what stands for an erased text", CheckText("tekst", Erased), "input.characters"},
		{"a text that must be there is not empty", RequireText("tekst", "\n "), "input.empty"},
		{"a text that must be there may be short", RequireText("tekst", "."), ""},
		{"a date that must be there is known", RequireDate("dato", Date{}), "input.empty"},
		{"a date that must be there may be any", RequireDate("dato", MustDate("1969-12-31")), ""},
		{"a choice is one of the known", CheckChoice("farge", "blå", "rød", "grønn"), "input.choice"},
		{"a choice may be the last of them", CheckChoice("farge", "grønn", "rød", "grønn"), ""},
		{"a number may be zero", CheckNotNegative("antall", 0), ""},
		{"a number is not negative", CheckNotNegative("antall", int64(-1)), "input.number"},
		{"a number is a number", CheckNotNegative("antall", math.NaN()), "input.number"},
		{"a number is finite", CheckNotNegative("antall", math.Inf(1)), "input.number"},
		{"a number in a range may be its ends", FirstError(CheckRange("dager", 1, 1, 3), CheckRange("dager", 3, 1, 3)), ""},
		{"a number in a range is not outside it", CheckRange("dager", 4, 1, 3), "input.range"},
		{"the first error is the one", FirstError(nil, CheckName("a", ""), CheckRange("b", 4, 1, 3)), "input.empty"},
	} {
		var e *Error
		got := ""
		if errors.As(row.got, &e) {
			got = e.Code
		}
		if got != row.want || e != nil && e.Kind != Invalid {
			t.Errorf("%s: %v, want %q", row.rule, row.got, row.want)
		}
		if e != nil && strings.Contains(e.Message.NB+e.Message.NN+e.Message.EN, "%!") {
			t.Errorf("%s: not filled in: %v", row.rule, e.Message)
		}
	}
}

func TestAPhraseIsFilledInItsOwnLanguage(t *testing.T) {
	p := Phrase{"%[2]s har %[1]d dager", "%[2]s har %[1]d dagar", "%[2]s has %[1]d days"}.Fill(31, Phrase{"mai", "mai", "May"})
	if p.NB != "mai har 31 dager" || p.NN != "mai har 31 dagar" || p.EN != "May has 31 days" {
		t.Errorf("got %q", p)
	}
	if (Phrase{NB: "100 %"}).Fill().NB != "100 %" {
		t.Error("a phrase without places is as it stands")
	}
}

func TestLanguages(t *testing.T) {
	for in, want := range map[string]Language{"": Bokmal, "nb": Bokmal, "no": Bokmal, "nn": Nynorsk, "en": English} {
		if l, err := ParseLanguage(in); err != nil || l != want {
			t.Errorf("ParseLanguage(%q) is %q, %v", in, l, err)
		}
	}
	if _, err := ParseLanguage("se"); !errLanguage.Breaks(err) {
		t.Errorf("got %v", err)
	}
	for _, l := range Languages() {
		if got := (Phrase{"nb", "nn", "en"}).In(l); got != string(l) {
			t.Errorf("in %s it is %s", l, got)
		}
	}
}

func TestARefusalKeepsItsRuleAndItsCause(t *testing.T) {
	cause := errors.New("the disk is full")
	err := errID.Because(cause, "x y")
	if !errID.Breaks(err) || errEmpty.Breaks(err) || !errors.Is(err, cause) || KindOf(err) != Invalid {
		t.Errorf("got %v", err)
	}
	if KindOf(cause) != Failed || KindOf(nil) != Failed {
		t.Error("what is not a refusal is a failure")
	}
}
