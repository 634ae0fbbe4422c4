package reportfile_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/wordtemplate"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// parts reads every part of a Word file as XML: its elements in order, and
// all its text.
func parts(t testing.TB, file []byte) (elements, text string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var e, s strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(r)
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			switch token := token.(type) {
			case xml.StartElement:
				if name := token.Name.Local; name != "br" && name != "t" {
					fmt.Fprintln(&e, name)
				}
			case xml.CharData:
				s.Write(token)
			}
		}
	}
	return e.String(), s.String()
}

func TestAWordFileIsTheWholeReport(t *testing.T) {
	_, text := parts(t, written(t, reportfile.Word, example().until(t, delivery.OnDay(date("2023-12-31"))), domain.Nynorsk))
	for _, want := range []string{"Sluttrapport for Fosenregionen", "váldá áiggi", "🚀", "<b>kampflybase</b>", "[sletta]", "Hendingane"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.ContainsRune(text, 0) {
		t.Error("the text that stands for an erased one is shown")
	}
}

func TestNothingAnybodyWroteBecomesPartOfAWordFile(t *testing.T) {
	want, _ := parts(t, sayingIn(t, reportfile.Word, "x"))
	for _, s := range append([]string{"</w:t></w:r>", "]]>", "<?xml?>", "a\x00b", "bad\xff", "\ufffe", strings.Repeat("langtord", 500)}, hostile...) {
		if got, _ := parts(t, sayingIn(t, reportfile.Word, s)); got != want {
			t.Errorf("%q gives the file another shape", s)
		}
	}
}

func TestAWordFileOfNoMeasuresAndOfAThousand(t *testing.T) {
	for _, n := range []int{0, 1, 1000} {
		elements, _ := parts(t, written(t, reportfile.Word, planOf(n).until(t, delivery.OnDay(date("2023-12-31"))), domain.Bokmal))
		if tables, heads := strings.Count(elements, "tbl\n"), strings.Count(elements, "tblHeader\n"); tables == 0 || tables != heads {
			t.Errorf("%d measures: %d tables, %d with a heading", n, tables, heads)
		}
	}
}

// like is a report that looks as another Word file does.
func like(t testing.TB, file []byte, s string) []byte {
	t.Helper()
	look, err := wordtemplate.Read("mal.docx", file)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := reportfile.Write(t.Context(), &b, reportfile.Word, saidBy(s).until(t, delivery.OnDay(date("2023-12-31"))), domain.Bokmal, reportfile.Like(look)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What a report looks like can be taken from a report: then it is the same
// text, in the same styles, and the template's text is not in it.
func TestAReportLooksLikeItsTemplate(t *testing.T) {
	template := sayingIn(t, reportfile.Word, "Malens egen tekst")
	file := like(t, template, "Vei og bane")
	_, text := parts(t, file)
	if !strings.Contains(text, "Vei og bane") || strings.Contains(text, "Malens egen tekst") {
		t.Error("the text is not the report's")
	}
	if !bytes.Equal(file, like(t, template, "Vei og bane")) {
		t.Error("with the same template it is another file")
	}
	if bytes.Equal(file, written(t, reportfile.Word, saidBy("Vei og bane").until(t, delivery.OnDay(date("2023-12-31"))), domain.Bokmal)) {
		t.Error("the template changes nothing")
	}
	want, _ := parts(t, like(t, template, "x"))
	for _, s := range []string{"</w:t></w:r>", "]]>", "a\x00b", `"/><w:p>`} {
		if got, _ := parts(t, like(t, template, s)); got != want {
			t.Errorf("%q gives a file with a template another shape", s)
		}
	}
}
