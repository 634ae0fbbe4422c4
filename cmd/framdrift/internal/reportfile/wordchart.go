package reportfile

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// A chart in Word is its own part (DrawingML, ECMA-376 part 1, 21.2), drawn by
// whoever shows it. This is one line for each share, on one scale from 0 to
// 100 %, that breaks where there was nothing to measure. No two lines have the
// same mark: colour is not what tells them apart.
var (
	chartColours = []string{"00529B", "B34700", "2E7D32", "7B1FA2", "8A6D00", "00838F", "5D4037"}
	chartMarks   = []string{"circle", "square", "diamond", "triangle", "x", "star", "dash"}
)

// Units of 1/914 400 inch: 635 in a twentieth of a point.
const (
	emuPerTwip = 635
	chartHigh  = 3_000_000
)

// figure is a chart of the table after it.
func (w *wordWriter) figure(f figure) {
	said := inXML(wordChart.Fill(f.name).In(w.doc.language))
	w.charts = append(w.charts, chartOf(f, w.tag()))
	n := len(w.charts)
	fmt.Fprintf(w, `<w:p><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="%s" descr="%s"/>`+
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="`+ownChart+`"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
		w.width()*emuPerTwip, chartHigh, 90_000+n, inXML(f.name), said, n)
}

func chartOf(f figure, language string) string {
	var b strings.Builder
	b.WriteString(xml.Header + `<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:lang val="` + language +
		`"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>`)
	for i, l := range f.lines {
		chartLine(&b, i, l, f.labels)
	}
	b.WriteString(`<c:marker val="1"/><c:axId val="1"/><c:axId val="2"/></c:lineChart>` +
		`<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>` +
		`<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:max val="1"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="B8C2CC"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="0&#160;%" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="autoZero"/><c:majorUnit val="0.25"/></c:valAx>` +
		`</c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>`)
	return b.String()
}

func chartLine(b *strings.Builder, i int, l line, labels []string) {
	colour := `<a:solidFill><a:srgbClr val="` + chartColours[i%len(chartColours)] + `"/></a:solidFill>`
	fmt.Fprintf(b, `<c:ser><c:idx val="%d"/><c:order val="%[1]d"/><c:tx><c:v>%[2]s</c:v></c:tx>`+
		`<c:spPr><a:ln w="22225">%[3]s</a:ln></c:spPr><c:marker><c:symbol val="%[4]s"/><c:size val="6"/><c:spPr>%[3]s<a:ln w="9525">%[3]s</a:ln></c:spPr></c:marker><c:cat><c:strLit><c:ptCount val="%[5]d"/>`,
		i, inXML(l.name), colour, chartMarks[i%len(chartMarks)], len(labels))
	for j, label := range labels {
		fmt.Fprintf(b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, j, inXML(label))
	}
	fmt.Fprintf(b, `</c:strLit></c:cat><c:val><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="%d"/>`, len(labels))
	for j, p := range l.points {
		if p.there {
			fmt.Fprintf(b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, j, strconv.FormatFloat(p.value, 'f', 4, 64))
		}
	}
	b.WriteString(`</c:numLit></c:val><c:smooth val="0"/></c:ser>`)
}
