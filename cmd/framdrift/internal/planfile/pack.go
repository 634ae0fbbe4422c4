package planfile

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"path/filepath"
	"strings"
)

const (
	// mostParts is how many parts a document may have.
	mostParts = 5_000
	// mostTokens is how much a part that only points to others may hold.
	mostTokens = 500_000
)

// A pack is a zip of XML parts (OPC, ECMA-376 part 2) that is read within limits.
type pack struct {
	name  string // of the file
	parts map[string]*zip.File
	limit int   // of what it may unpack to
	left  int64 // of the limit
	of    int64 // what its parts say they unpack to
	watch func(read, of int64)
}

func isZip(content []byte) bool {
	return bytes.HasPrefix(content, []byte("PK\x03\x04")) || bytes.HasPrefix(content, []byte("PK\x05\x06"))
}

// readPack reads the main part of a Word or Excel file.
func readPack(s *sheet, content []byte, watch func(int64, int64)) (Format, error) {
	p, err := openPack(s, content)
	if err != nil {
		return "", err
	}
	p.watch = watch
	types, err := p.contentTypes()
	if err != nil {
		return "", err
	}
	for part, kind := range types {
		if strings.Contains(kind, "macroEnabled") || path.Base(part) == "vbaProject.bin" {
			return "", Macros.With(s.name)
		}
	}
	for part, kind := range types {
		switch {
		case strings.HasSuffix(kind, ".wordprocessingml.document.main+xml"), strings.HasSuffix(kind, ".wordprocessingml.template.main+xml"):
			return Word, readWord(s, p, part)
		case strings.HasSuffix(kind, ".spreadsheetml.sheet.main+xml"), strings.HasSuffix(kind, ".spreadsheetml.template.main+xml"):
			return Excel, readExcel(s, p, part)
		}
	}
	return "", OtherKind.With(s.name, p.otherKind())
}

// openPack looks at the directory of a zip, and at nothing in it.
func openPack(s *sheet, content []byte) (*pack, error) {
	if bytes.Count(content, []byte("PK\x01\x02")) > mostParts {
		return nil, TooManyParts.With(s.name, mostParts)
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, Damaged.With(s.name, "zip")
	}
	p := &pack{name: s.name, parts: map[string]*zip.File{}, limit: s.limits.Unpacked, left: int64(s.limits.Unpacked)}
	for _, f := range z.File {
		key := strings.ToLower(f.Name)
		switch {
		case f.Flags&1 != 0:
			return nil, Password.With(s.name)
		case strings.Contains(f.Name, `\`) || !filepath.IsLocal(f.Name):
			return nil, Outside.With(s.name, short(f.Name))
		case p.parts[key] != nil:
			return nil, PartTwice.With(s.name, short(f.Name))
		case f.UncompressedSize64 > uint64(s.limits.Unpacked):
			return nil, Bomb.With(s.name, size(s.limits.Unpacked))
		}
		p.parts[key] = f
		if p.of += int64(f.UncompressedSize64); p.of > int64(s.limits.Unpacked) {
			return nil, Bomb.With(s.name, size(s.limits.Unpacked))
		}
	}
	return p, nil
}

// short keeps a name that a file gives within a sentence, without what is no text.
func short(name string) string {
	const most = 60
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == '\ufffd' {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(name, "?"))
	if len([]rune(name)) > most {
		name = string([]rune(name)[:most]) + "…"
	}
	return name
}

// otherKind is what people call a zip that is no document of ours.
func (p *pack) otherKind() string {
	switch {
	case p.parts["mimetype"] != nil:
		return "OpenDocument (.odt, .ods)"
	case p.parts["ppt/presentation.xml"] != nil:
		return "PowerPoint (.pptx)"
	case p.parts["xl/workbook.bin"] != nil:
		return "Excel (.xlsb)"
	}
	return "zip"
}

// contentTypes is the type of each part that has one of its own ([Content_Types].xml).
func (p *pack) contentTypes() (map[string]string, error) {
	const part = "[Content_Types].xml"
	types := map[string]string{}
	for name := range p.parts {
		if path.Base(name) == "vbaproject.bin" {
			types["vbaProject.bin"] = "macroEnabled"
		}
	}
	if p.parts[strings.ToLower(part)] == nil {
		return types, nil
	}
	err := p.each(part, func(e xml.StartElement) {
		if e.Name.Local == "Override" {
			types[strings.TrimPrefix(attr(e, "PartName"), "/")] = attr(e, "ContentType")
		}
	})
	return types, err
}

// A relation is another part that a part names.
type relation struct{ kind, target string }

// relations is what a part names, by id. A part without any has no file for them.
func (p *pack) relations(part string) (map[string]relation, error) {
	rels := map[string]relation{}
	from := path.Dir(part) + "/_rels/" + path.Base(part) + ".rels"
	if p.parts[strings.ToLower(path.Clean(from))] == nil {
		return rels, nil
	}
	err := p.each(path.Clean(from), func(e xml.StartElement) {
		target := attr(e, "Target")
		if e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
			return
		}
		if !strings.HasPrefix(target, "/") {
			target = path.Join(path.Dir(part), target)
		}
		rels[attr(e, "Id")] = relation{path.Base(attr(e, "Type")), strings.TrimPrefix(target, "/")}
	})
	return rels, err
}

// each calls f with every element of a small part.
func (p *pack) each(part string, f func(xml.StartElement)) error {
	t, err := p.open(part)
	if err != nil {
		return err
	}
	defer t.close()
	for n := 0; ; n++ {
		tok, err := t.next()
		switch {
		case n > mostTokens:
			return Damaged.With(p.name, short(part))
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if e, ok := tok.(xml.StartElement); ok {
			f(e)
		}
	}
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
