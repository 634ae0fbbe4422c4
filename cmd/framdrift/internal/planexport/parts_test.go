package planexport_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planexport"
)

// unpacked is the parts of a zipped export, each after its name; none of CSV.
func unpacked(t *testing.T, f planexport.Format, content []byte) map[string]string {
	t.Helper()
	parts := map[string]string{}
	if f == planexport.CSV {
		return parts
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range z.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[file.Name] = string(b)
	}
	return parts
}

const withDeadline = "HANDLINGSPLAN Namdalen 2022-2024\n\nINNSATS\tHANDLINGSPLAN\tTILTAK\tANSVAR\tSAMARBEIDSPARTNERE\tFRIST\n" +
	"Strategi 1: Vekst\nA\tB\tLage plan\tRådet\tNVE\t2023\n"

func TestAWorkbookIsMadeForReading(t *testing.T) {
	p, _ := adopted(t, withDeadline)
	x, err := excelize.OpenReader(bytes.NewReader(write(t, planexport.Excel, p, planexport.Options{})))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close() //nolint:errcheck // only read
	panes, err := x.GetPanes("Handlingsplan")
	if err != nil || !panes.Freeze || panes.YSplit != 4 {
		t.Errorf("the header does not stay in sight: %+v, %v", panes, err)
	}
	if day, err := x.GetCellType("Handlingsplan", "F6"); err != nil || day != excelize.CellTypeUnset && day != excelize.CellTypeNumber {
		t.Errorf("the deadline is of type %d, %v", day, err)
	}
	if shown, err := x.GetCellValue("Handlingsplan", "F6"); err != nil || shown != "31.12.2023" {
		t.Errorf("the deadline is shown as %q, %v", shown, err)
	}
	if width, err := x.GetColWidth("Handlingsplan", "C"); err != nil || width != 48 {
		t.Errorf("the measures are %v wide, %v", width, err)
	}
	if id, err := x.GetCellStyle("Handlingsplan", "C6"); err != nil {
		t.Error(err)
	} else if style, err := x.GetStyle(id); err != nil || !style.Alignment.WrapText {
		t.Errorf("the text is not wrapped: %v", err)
	}
	if props, err := x.GetDocProps(); err != nil || props.Title != p.Title || props.Creator != "Fosenregionen" {
		t.Errorf("the properties are %+v, %v", props, err)
	}
	if sheet := unpacked(t, planexport.Excel, write(t, planexport.Excel, p, planexport.Options{}))["xl/worksheets/sheet1.xml"]; !strings.Contains(sheet, `<autoFilter ref="$A$4:$F$6"`) ||
		!strings.Contains(sheet, `<mergeCell ref="A5:F5"`) || !strings.Contains(sheet, `orientation="landscape"`) {
		t.Errorf("the sheet is %s", sheet)
	}
}

func TestADocumentIsMadeForReading(t *testing.T) {
	p, _ := adopted(t, withDeadline)
	parts := unpacked(t, planexport.Word, write(t, planexport.Word, p, planexport.Options{}))
	for part, want := range map[string][]string{
		"word/document.xml": {`<w:tblHeader/>`, `w:orient="landscape"`, `<w:pStyle w:val="Title"/>`, `<w:pStyle w:val="Heading1"/>`, `<w:gridSpan w:val="6"/>`},
		"docProps/core.xml": {"<dc:title>" + p.Title + "</dc:title>", "<dc:language>nb-NO</dc:language>", "2026-01-02T03:04:05Z"},
		"word/styles.xml":   {`w:val="nb-NO"`, `w:name w:val="heading 1"`},
	} {
		for _, w := range want {
			if !strings.Contains(parts[part], w) {
				t.Errorf("%s has no %s", part, w)
			}
		}
	}
}
