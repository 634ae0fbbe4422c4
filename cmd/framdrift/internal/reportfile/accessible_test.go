//go:build report

package reportfile_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// npm is where make has put axe-core and html-validate.
var npm = filepath.Join("..", "..", "..", "..", "bin", "report", "node_modules")

// seen is what axe finds in a page, and how wide the page would have to be.
type seen struct {
	Violations []struct {
		ID    string
		Help  string
		Nodes []struct {
			HTML           string
			FailureSummary string
		}
	}
	Wide, Room int
}

var contentPolicy = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)

// look shows a page in Chromium, in a window so wide, as on a screen or as it is
// printed, and asks axe for all its rules. Only our script is let in.
func look(t *testing.T, page []byte, wide int, printed bool) (found seen) {
	t.Helper()
	axe, err := os.ReadFile(filepath.Join(npm, "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	page = contentPolicy.ReplaceAll(page, nil)
	if printed {
		page = bytes.ReplaceAll(page, []byte("@media print"), []byte("@media screen"))
	}
	script := fmt.Sprintf(`<script>%s</script><script>addEventListener("load", () => axe.run({resultTypes: ["violations"]}).then(r => {
		const e = document.documentElement, found = {violations: r.violations, wide: e.scrollWidth, room: e.clientWidth};
		document.body.innerHTML = "<pre id=found></pre>"; document.body.firstChild.textContent = JSON.stringify(found); }))</script></body>`, axe)
	dir := t.TempDir()
	name := filepath.Join(dir, "page.html")
	if err := os.WriteFile(name, bytes.Replace(page, []byte("</body>"), []byte(script), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	browser, err := reportfile.Browser()
	if err != nil {
		t.Fatal(err)
	}
	out := output(t, browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--user-data-dir="+filepath.Join(dir, "profile"),
		fmt.Sprintf("--window-size=%d,1000", wide), "--virtual-time-budget=600000", "--dump-dom", "file://"+name)
	_, after, ok := strings.Cut(out, `<pre id="found">`)
	said, _, _ := strings.Cut(after, "</pre>")
	if !ok || json.Unmarshal([]byte(html.UnescapeString(said)), &found) != nil {
		t.Fatalf("axe said nothing of %d bytes", len(out))
	}
	return found
}

// A page of text is 178 mm wide between the margins, of 96/25.4 pixels.
const paperWide = 672

func TestReportPageIsFoundAccessible(t *testing.T) {
	r := example().until(t, delivery.OnDay(date("2023-12-31")))
	spoilt := bytes.Replace(written(t, reportfile.HTML, r, domain.Bokmal), []byte("<main>"), []byte("<main><img src=x>"), 1)
	if found := look(t, spoilt, 1280, false); len(found.Violations) != 1 || found.Violations[0].ID != "image-alt" {
		t.Fatalf("axe does not see a picture without a text: %v", found.Violations)
	}
	for _, l := range domain.Languages() {
		for _, wide := range []int{1280, 320} { // 320 is WCAG's 400 % zoom
			found := look(t, written(t, reportfile.HTML, r, l), wide, false)
			for _, v := range found.Violations {
				t.Errorf("%s, %d wide: %s (%s), such as %s", l, wide, v.ID, v.Help, v.Nodes[0].HTML)
			}
			if found.Wide > found.Room {
				t.Errorf("%s: the page is %d wide, and there is room for %d", l, found.Wide, found.Room)
			}
		}
	}
}

// What does not fit is made smaller or cut by a printer.
func TestReportFitsOnPaper(t *testing.T) {
	all := pages(t)
	delete(all, "1 000 measures")
	all["very long words"] = sayingIn(t, reportfile.HTML, strings.Repeat("langtord", 120))
	all["emoji without end"] = sayingIn(t, reportfile.HTML, strings.Repeat("🧑‍🤝‍🧑", 400))
	all["an address"] = sayingIn(t, reportfile.HTML, "https://example.org/"+strings.Repeat("a/", 500))
	for name, page := range all {
		if found := look(t, page, paperWide, true); found.Wide > found.Room || len(found.Violations) > 0 {
			t.Errorf("%s: the page is %d wide, and there is room for %d; %v", name, found.Wide, found.Room, found.Violations)
		}
	}
}

func TestReportPageIsValid(t *testing.T) {
	// Space at the end of a line is as it was written.
	config := filepath.Join(t.TempDir(), "config.json")
	if err := os.WriteFile(config, []byte(`{"extends": ["html-validate:recommended"], "rules": {"no-trailing-whitespace": "off"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	all := pages(t)
	for _, l := range domain.Languages() {
		all[string(l)] = written(t, reportfile.HTML, example().until(t, delivery.OnDay(date("2023-12-31"))), l)
	}
	for _, s := range hostile {
		all[fmt.Sprintf("saying %q", s)] = sayingIn(t, reportfile.HTML, s)
	}
	dir, args := t.TempDir(), []string{"--config", config}
	names := map[string]string{}
	for name, page := range all {
		file := filepath.Join(dir, fmt.Sprintf("%d.html", len(names)))
		if err := os.WriteFile(file, page, 0o600); err != nil {
			t.Fatal(err)
		}
		names[file], args = name, append(args, file)
	}
	out, err := exec.CommandContext(context.WithoutCancel(t.Context()), filepath.Join(npm, ".bin", "html-validate"), args...).CombinedOutput()
	if err != nil {
		t.Errorf("%v: %.4000s", err, out)
	}
}
