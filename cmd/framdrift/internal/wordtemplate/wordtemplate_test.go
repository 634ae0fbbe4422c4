package wordtemplate_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/wordtemplate"
	"github.com/fosenregionen/framdrift/domain"
)

const (
	word  = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
	rels  = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	space = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="` + rels + `"`
)

// letterhead is the parts of a template as Word in Norwegian has it: names of
// styles are English, their ids are not.
func letterhead() map[string]string {
	return map[string]string{
		"[Content_Types].xml": `<Types><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/>` +
			`<Override PartName="/word/document.xml" ContentType="` + word + `document.main+xml"/><Override PartName="/word/styles.xml" ContentType="` + word + `styles+xml"/>` +
			`<Override PartName="/word/header1.xml" ContentType="` + word + `header+xml"/><Override PartName="/word/settings.xml" ContentType="` + word + `settings+xml"/></Types>`,
		"_rels/.rels": `<Relationships><Relationship Id="rId1" Type="` + rels + `/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/_rels/document.xml.rels": `<Relationships><Relationship Id="rId1" Type="` + rels + `/styles" Target="styles.xml"/><Relationship Id="rId2" Type="` + rels + `/header" Target="header1.xml"/>` +
			`<Relationship Id="rId3" Type="` + rels + `/settings" Target="settings.xml"/><Relationship Id="rId4" Type="` + rels + `/hyperlink" Target="https://example.org" TargetMode="External"/></Relationships>`,
		"word/document.xml": `<w:document ` + space + ` xmlns:w14="urn:x"><w:body><w:p><w:r><w:t>Skriv her</w:t></w:r></w:p><w:sectPr w14:id="1"><w:headerReference w:type="default" r:id="rId2"/>` +
			`<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1500" w:right="1406" w:gutter="0"/><w:cols w:num="2"/><w:titlePg/></w:sectPr></w:body></w:document>`,
		"word/styles.xml": `<w:styles ` + space + `><w:style w:type="paragraph" w:default="1" w:styleId="Vanlig"><w:name w:val="Normal"/></w:style>` +
			`<w:style w:type="paragraph" w:styleId="Overskrift1"><w:name w:val="heading 1"/></w:style><w:style w:type="table" w:styleId="Tabellrutenett"><w:name w:val="Table Grid"/></w:style></w:styles>`,
		"word/header1.xml": `<w:hdr ` + space + `><w:p><w:r><w:t>Ørland kommune</w:t></w:r></w:p></w:hdr>`,
		"word/_rels/header1.xml.rels": `<Relationships><Relationship Id="rId1" Type="` + rels + `/image" Target="media/logo.png"/>` +
			`<Relationship Id="rId2" Type="` + rels + `/hyperlink" Target="https://orland.kommune.no" TargetMode="External"/></Relationships>`,
		"word/media/logo.png": "PNG",
		"word/settings.xml":   `<w:settings ` + space + `><w:evenAndOddHeaders/></w:settings>`,
	}
}

func packed(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(parts[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestATemplateIsItsStylesItsHeadersAndItsPages(t *testing.T) {
	got, err := wordtemplate.Read("mal.docx", packed(t, letterhead()))
	if err != nil {
		t.Fatal(err)
	}
	const section = `<w:sectPr><w:headerReference w:type="default" r:id="rId2"></w:headerReference><w:pgSz w:w="11906" w:h="16838"></w:pgSz>` +
		`<w:pgMar w:left="1500" w:right="1406" w:gutter="0"></w:pgMar><w:titlePg></w:titlePg></w:sectPr>`
	if got.Section != section {
		t.Errorf("the pages are\n%s\nwant\n%s", got.Section, section)
	}
	if got.TextWidth != 9000 || !got.Footer || !got.EvenOdd || len(got.SHA256) != 64 {
		t.Errorf("%+v", got)
	}
	if got.Styles.Paragraph["heading 1"] != "Overskrift1" || got.Styles.Paragraph["normal"] != "Vanlig" || got.Styles.Table["table grid"] != "Tabellrutenett" {
		t.Errorf("the styles are %+v", got.Styles)
	}
	var names []string
	for _, p := range got.Parts {
		names = append(names, p.Name)
		if strings.Contains(string(p.Content), "Skriv her") {
			t.Errorf("%s has the text of the template", p.Name)
		}
	}
	if want := "word/_rels/header1.xml.rels word/header1.xml word/media/logo.png word/styles.xml"; strings.Join(names, " ") != want {
		t.Errorf("taken are %v", names)
	}
}

// Each changes one thing in a template that is well.
func TestABadTemplateIsRefusedWithOneSentence(t *testing.T) {
	header := func(s string) func(map[string]string) {
		return func(p map[string]string) { p["word/header1.xml"] = `<w:hdr ` + space + `>` + s + `</w:hdr>` }
	}
	points := func(kind, target, mode string) func(map[string]string) {
		return func(p map[string]string) {
			p["word/_rels/header1.xml.rels"] = `<Relationships><Relationship Id="rId1" Type="` + rels + `/` + kind + `" Target="` + target + `" TargetMode="` + mode + `"/></Relationships>`
		}
	}
	instead := func(part, old, with string) func(map[string]string) {
		return func(p map[string]string) { p[part] = strings.ReplaceAll(p[part], old, with) }
	}
	for name, c := range map[string]struct {
		change func(map[string]string)
		code   string
	}{
		"a zip that is no document":  {func(p map[string]string) { clear(p); p["a.txt"] = "hei" }, "template.not-word"},
		"a spreadsheet":              {instead("[Content_Types].xml", "wordprocessingml.document.main", "spreadsheetml.sheet.main"), "template.not-word"},
		"a document saved as Strict": {instead("word/document.xml", "schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main"), "template.not-word"},
		"a .docm":                    {instead("[Content_Types].xml", word+"document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml"), "template.macros"},
		"a program in a .docx":       {func(p map[string]string) { p["word/vbaProject.bin"] = "x" }, "template.macros"},
		"a part that is not there":   {func(p map[string]string) { delete(p, "word/header1.xml") }, "template.damaged"},
		"a part that is cut":         {instead("word/styles.xml", "</w:styles>", ""), "template.damaged"},
		"a header that is nowhere":   {instead("word/_rels/document.xml.rels", "rId2", "rId9"), "template.damaged"},
		"a part outside the file":    {func(p map[string]string) { p["../../etc/x"] = "x" }, "template.damaged"},
		"elements without end":       {header(strings.Repeat("<w:p>", 300)), "template.damaged"},
		"a document type of its own": {func(p map[string]string) {
			p["word/header1.xml"] = `<!DOCTYPE x [<!ENTITY a "b">]>` + p["word/header1.xml"]
		}, "template.fetches"},
		"a picture on the internet":      {points("image", "https://example.org/a.png", "External"), "template.fetches"},
		"a link that runs something":     {points("hyperlink", "file:///c:/x.exe", "External"), "template.fetches"},
		"an embedded object":             {points("oleObject", "embeddings/a.bin", ""), "template.fetches"},
		"another document in the header": {points("aFChunk", "a.html", ""), "template.fetches"},
		"a field that includes a file":   {header(`<w:p><w:fldSimple w:instr=" includePicture &quot;http://x&quot; "/></w:p>`), "template.fetches"},
		"a field that starts a program":  {header(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DDE</w:instrText></w:r><w:r><w:instrText>AUTO cmd</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`), "template.fetches"},
		"a zip that grows without end":   {func(p map[string]string) { p["word/media/logo.png"] = strings.Repeat("\x00", 41<<20) }, "template.too-large"},
		"styles that are mostly nothing": {func(p map[string]string) { p["word/styles.xml"] = strings.Repeat(" ", 41<<20) }, "template.too-large"},
	} {
		t.Run(name, func(t *testing.T) {
			parts := letterhead()
			c.change(parts)
			_, err := wordtemplate.Read("mal.docx", packed(t, parts))
			var refused *domain.Error
			switch {
			case !errors.As(err, &refused) || refused.Code != c.code || refused.Kind != domain.Invalid:
				t.Fatalf("got %v, want %s", err, c.code)
			case strings.Contains(refused.Message.NB, "%!"):
				t.Errorf("the sentence is %s", refused.Message.NB)
			}
		})
	}
	if _, err := wordtemplate.Read("mal.docx", []byte("hei")); domain.KindOf(err) != domain.Invalid {
		t.Errorf("text: %v", err)
	}
	for _, r := range wordtemplate.Rules() {
		for _, l := range domain.Languages() {
			if r.Text.In(l) == "" {
				t.Errorf("%s has no %s", r.Code, l)
			}
		}
	}
}

// FuzzRead: whatever the file is, it is read or refused in words.
func FuzzRead(f *testing.F) {
	f.Add(packed(f, letterhead()))
	f.Fuzz(func(t *testing.T, file []byte) {
		_, err := wordtemplate.Read("mal.docx", file)
		var refused *domain.Error
		if err != nil && !errors.As(err, &refused) {
			t.Fatal(err)
		}
	})
}
