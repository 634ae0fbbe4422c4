package wordtemplate

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// What a template may be. Ours to choose: no letterhead comes near them.
const (
	mostBytes    = 20 << 20 // of the file
	mostUnpacked = 40 << 20 // of all that is read of it
	mostParts    = 2_000
	mostDepth    = 200 // of elements in each other
)

// A pack is the file (OPC, ECMA-376 part 2), and what has been read of it.
type pack struct {
	name  string
	files map[string]*zip.File // by name in lower case
	types map[string]string    // of parts, by name in lower case with a slash first, or by ending
	left  int64
	read  map[string][]byte
	parts map[string]Part // that are taken
}

func openPack(name string, file []byte) (*pack, error) {
	if len(file) > mostBytes {
		return nil, TooLarge.With(name, mostBytes>>20, mostUnpacked>>20)
	}
	if bytes.Count(file, []byte("PK\x01\x02")) > mostParts { // before they are all listed
		return nil, TooLarge.With(name, mostBytes>>20, mostUnpacked>>20)
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, NotWord.With(name)
	}
	p := &pack{name: name, files: map[string]*zip.File{}, types: map[string]string{}, left: mostUnpacked, read: map[string][]byte{}, parts: map[string]Part{}}
	for _, f := range z.File {
		key := strings.ToLower(f.Name)
		if p.files[key] != nil || strings.Contains(f.Name, `\`) || !filepath.IsLocal(f.Name) || f.Flags&1 != 0 {
			return nil, Damaged.With(name, f.Name)
		}
		if path.Base(key) == "vbaproject.bin" {
			return nil, Macros.With(name)
		}
		p.files[key] = f
	}
	return p, p.contentTypes()
}

// bytes is a part of the file, unpacked within what is left.
func (p *pack) bytes(part string) ([]byte, error) {
	key := strings.ToLower(part)
	if b, ok := p.read[key]; ok {
		return b, nil
	}
	f := p.files[key]
	if f == nil {
		return nil, Damaged.With(p.name, part)
	}
	r, err := f.Open()
	if err != nil {
		return nil, Damaged.With(p.name, part)
	}
	b, err := io.ReadAll(io.LimitReader(r, p.left+1))
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, Damaged.With(p.name, part)
	}
	if p.left -= int64(len(b)); p.left < 0 {
		return nil, TooLarge.With(p.name, mostBytes>>20, mostUnpacked>>20)
	}
	p.read[key] = b
	return b, nil
}

// each gives the tokens of a part, and where each begins. A document type of
// its own, which can make a reader fetch or grow, is refused.
func (p *pack) each(part string, f func(token xml.Token, at int64) error) error {
	b, err := p.bytes(part)
	if err != nil {
		return err
	}
	d, depth := xml.NewDecoder(bytes.NewReader(b)), 0
	for {
		at := d.InputOffset()
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.Directive:
			return Fetches.With(p.name, part)
		}
		if err != nil || depth > mostDepth {
			return Damaged.With(p.name, part)
		}
		if err := f(token, at); err != nil {
			return err
		}
	}
}

func (p *pack) contentTypes() error {
	const part = "[Content_Types].xml"
	if p.files[strings.ToLower(part)] == nil {
		return NotWord.With(p.name)
	}
	return p.each(part, func(token xml.Token, _ int64) error {
		e, ok := token.(xml.StartElement)
		if !ok {
			return nil
		}
		kind := attribute(e, "ContentType")
		if strings.Contains(kind, "macroEnabled") || strings.Contains(kind, "vbaProject") {
			return Macros.With(p.name)
		}
		switch e.Name.Local {
		case "Override":
			p.types[strings.ToLower(attribute(e, "PartName"))] = kind
		case "Default":
			p.types[strings.ToLower(attribute(e, "Extension"))] = kind
		}
		return nil
	})
}

func (p *pack) typeOf(part string) string {
	if kind, ok := p.types["/"+strings.ToLower(part)]; ok {
		return kind
	}
	return p.types[strings.TrimPrefix(strings.ToLower(path.Ext(part)), ".")]
}

// document is the part that is the document.
func (p *pack) document() (string, error) {
	relations, err := p.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range relations {
		if kind := p.typeOf(r.Target); r.Kind() == "officeDocument" && !r.External &&
			(strings.HasSuffix(kind, ".wordprocessingml.document.main+xml") || strings.HasSuffix(kind, ".wordprocessingml.template.main+xml")) {
			return r.Target, nil
		}
	}
	return "", NotWord.With(p.name)
}

// relations is what a part points at; of no part, what the file does.
func (p *pack) relations(part string) (all []Relation, err error) {
	of := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		of = "_rels/.rels"
	}
	if p.files[strings.ToLower(of)] == nil {
		return nil, nil
	}
	err = p.each(of, func(token xml.Token, _ int64) error {
		e, ok := token.(xml.StartElement)
		if !ok || e.Name.Local != "Relationship" {
			return nil
		}
		r := Relation{attribute(e, "Id"), attribute(e, "Type"), attribute(e, "Target"), attribute(e, "TargetMode") == "External"}
		if !r.External && strings.HasPrefix(r.Target, "/") {
			r.Target = path.Clean(r.Target)[1:]
		} else if !r.External {
			r.Target = path.Join(path.Dir(part), r.Target)
		}
		all = append(all, r)
		return nil
	})
	return all, err
}

// inOrder is the parts that were taken, by name.
func (p *pack) inOrder() (all []Part) {
	for _, part := range p.parts {
		all = append(all, part)
	}
	slices.SortFunc(all, func(a, b Part) int { return strings.Compare(a.Name, b.Name) })
	return all
}
