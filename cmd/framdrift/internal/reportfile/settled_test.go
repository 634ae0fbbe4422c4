package reportfile

import "testing"

// What another printing of the same page has otherwise is taken away, at its place.
func TestTwoPrintingsOfAPageAreTheSame(t *testing.T) {
	one := "<</CreationDate (D:20241231120000+01'00')>> <</ID (node00000003)>> <</ID (node00000027)>> <</Headers [(node00000003) (node00000027)]>>"
	other := "<</CreationDate (D:20250101080000+00'00')>> <</ID (node00000024)>> <</ID (node00000029)>> <</Headers [(node00000024) (node00000029)]>>"
	swapped := "<</CreationDate (D:20250101080000+00'00')>> <</ID (node00000024)>> <</ID (node00000029)>> <</Headers [(node00000029) (node00000024)]>>"
	if a, b := settled([]byte(one)), settled([]byte(other)); string(a) != string(b) || len(a) != len(one) {
		t.Errorf("%s\n%s", a, b)
	}
	if a, b := settled([]byte(one)), settled([]byte(swapped)); string(a) == string(b) {
		t.Errorf("another page is the same: %s", a)
	}
}
