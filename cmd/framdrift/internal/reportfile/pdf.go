package reportfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/fosenregionen/framdrift/domain"
)

// browsers are the names that Chromium goes by. The shell, which is Chromium
// without its windows, starts in half the time.
var browsers = []string{"chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"}

// printing is the longest that a browser may take.
const printing = 2 * time.Minute

var (
	ruleNoBrowser = domain.Rule{Kind: domain.Invalid, Code: "report.no-browser", Text: domain.Phrase{
		NB: "Det finnes ingen Chromium på denne maskinen, og PDF lages av den. Installer Chromium, eller skriv rapporten som .html og skriv den ut fra nettleseren.",
		NN: "Det finst ingen Chromium på denne maskina, og PDF blir laga av han. Installer Chromium, eller skriv rapporten som .html og skriv han ut frå nettlesaren.",
		EN: "There is no Chromium on this machine, and PDF is made by it. Install Chromium, or write the report as .html and print it from your browser.",
	}}
	ruleNotPrinted = domain.Rule{Kind: domain.Failed, Code: "report.not-printed", Text: domain.Phrase{
		NB: "Chromium (%[1]s) laget ingen PDF. Skriv rapporten som .html og skriv den ut fra nettleseren.",
		NN: "Chromium (%[1]s) laga ingen PDF. Skriv rapporten som .html og skriv han ut frå nettlesaren.",
		EN: "Chromium (%[1]s) made no PDF. Write the report as .html and print it from your browser.",
	}}
)

// Browser is the Chromium that prints: the first on the path. Errors:
// report.no-browser.
func Browser() (string, error) {
	for _, name := range browsers {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ruleNoBrowser.With()
}

// printedAt is a date in a PDF (PDF 1.7, 7.9.4), as Chromium writes it.
var printedAt = regexp.MustCompile(`/(CreationDate|ModDate) \(D:\d{14}[+-]\d\d'\d\d'\)`)

// headerID is what Chromium calls a table's heading that cells refer to: by a number
// that is another at another printing.
var headerID = regexp.MustCompile(`\(node\d{8}\)`)

// settled takes out of a PDF what is of the printing and not of the page, and leaves
// every byte after it where it was: the time, and the numbers of headings, which get
// others in the same order.
func settled(file []byte) []byte {
	file = printedAt.ReplaceAll(file, []byte("/$1 (D:20000101000000+00'00')"))
	number := map[string]int{}
	for _, id := range headerID.FindAll(file, -1) {
		number[string(id)] = 0
	}
	for i, id := range slices.Sorted(maps.Keys(number)) {
		number[id] = i + 1
	}
	return headerID.ReplaceAllFunc(file, func(id []byte) []byte { return fmt.Appendf(nil, "(node%08d)", number[string(id)]) })
}

// printed is the page as PDF, tagged, with the headings as its outline. The
// browser gets a directory of its own, and the page fetches nothing.
func printed(ctx context.Context, browser string, page []byte) (_ []byte, err error) {
	dir, err := os.MkdirTemp("", "framdrift-pdf-*")
	if err != nil {
		return nil, ruleNotPrinted.Because(err, browser)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	from, to := filepath.Join(dir, "report.html"), filepath.Join(dir, "report.pdf")
	if err := os.WriteFile(from, page, 0o600); err != nil {
		return nil, ruleNotPrinted.Because(err, browser)
	}
	ctx, cancel := context.WithTimeout(ctx, printing)
	defer cancel()
	args := []string{
		"--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--user-data-dir=" + filepath.Join(dir, "profile"), "--no-pdf-header-footer", "--generate-pdf-document-outline", "--print-to-pdf=" + to,
	}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // Chromium refuses to run as root with one
	}
	cmd := exec.CommandContext(ctx, browser, append(args, "file://"+from)...) //nolint:gosec // a browser on the path, and files of ours
	var said bytes.Buffer
	cmd.Stderr = &said
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Run(); err != nil {
		return nil, ruleNotPrinted.Because(err, browser)
	}
	file, err := os.ReadFile(to)
	if err != nil || !bytes.HasPrefix(file, []byte("%PDF-")) {
		return nil, ruleNotPrinted.Because(errors.Join(err, errors.New(said.String())), browser)
	}
	return settled(file), nil
}
