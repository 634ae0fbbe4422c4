package reportfile

import "fmt"

// The size of one small chart, in units of the drawing.
const (
	panelWide, panelHigh = 170, 110
	plotLeft, plotTop    = 34, 26
	plotWide, plotHigh   = 124, 60
	panelsAcross         = 4
)

// figure is a small chart for each share, all on the same scale from 0 to 100
// per cent: a line that breaks where there was nothing to measure.
func (w *htmlWriter) figure(f figure) {
	rows := (len(f.lines) + panelsAcross - 1) / panelsAcross
	said := w.say(wordChart, f.name)
	fmt.Fprintf(w, "<figure>\n<svg role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %d %d\" width=\"%d\" font-family=\"sans-serif\" font-size=\"10\">\n",
		said, panelsAcross*panelWide, rows*panelHigh, panelsAcross*panelWide)
	for i, l := range f.lines {
		w.panel(l, i%panelsAcross*panelWide, i/panelsAcross*panelHigh)
	}
	fmt.Fprintf(w, "</svg>\n<figcaption>%s</figcaption>\n</figure>\n", said)
}

func (w *htmlWriter) panel(l line, x, y int) {
	fmt.Fprintf(w, "<g transform=\"translate(%d %d)\"><text x=\"0\" y=\"14\" font-weight=\"bold\">%s</text>\n", x, y, plainText(l.name))
	for _, percent := range []int{0, 50, 100} {
		at := plotTop + plotHigh - plotHigh*percent/100
		fmt.Fprintf(w, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#b8c2cc\"/><text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#4a5560\">%d</text>\n",
			plotLeft, at, plotLeft+plotWide, at, plotLeft-5, at+3, percent)
	}
	drawn := false
	for i, p := range l.points {
		if !p.there {
			continue
		}
		drawn = true
		at, high := l.place(i)
		if i > 0 && l.points[i-1].there {
			from, was := l.place(i - 1)
			fmt.Fprintf(w, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#00529b\" stroke-width=\"2\"/>", from, was, at, high)
		}
		fmt.Fprintf(w, "<circle cx=\"%d\" cy=\"%d\" r=\"3\" fill=\"#00529b\"/>\n", at, high)
	}
	if !drawn {
		fmt.Fprintf(w, "<text x=\"%d\" y=\"%d\" fill=\"#4a5560\">%s</text>\n", plotLeft+6, plotTop+plotHigh/2-6, w.say(wordNoPoint))
	}
	w.WriteString("</g>\n")
}

// place is where the i-th point lies. Whole units: the same bytes everywhere.
func (l line) place(i int) (x, y int) {
	between := max(1, len(l.points)-1)
	return plotLeft + plotWide*i/between, plotTop + plotHigh - int(l.points[i].value*plotHigh+0.5)
}
