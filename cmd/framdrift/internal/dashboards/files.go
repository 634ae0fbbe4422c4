package dashboards

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
)

//go:embed setup/prometheus.yml
var prometheusYAML []byte

//go:embed setup/datasources.yml
var datasourcesYAML []byte

//go:embed setup/provider.yml
var providerYAML []byte

// A File is one that is written out, by its path with slashes.
type File struct {
	Path string
	Text []byte
}

// Files are all there are, by path.
func Files() ([]File, error) {
	all := map[string][]byte{
		"prometheus.yml": prometheusYAML, "rules/framdrift.yml": RulesYAML(),
		"provisioning/datasources/framdrift.yml": datasourcesYAML, "provisioning/dashboards/framdrift.yml": providerYAML,
	}
	for _, d := range All() {
		text, err := d.JSON()
		if err != nil {
			return nil, err
		}
		all["dashboards/"+strings.TrimPrefix(d.UID, "framdrift-")+".json"] = text
	}
	var files []File
	for _, path := range slices.Sorted(maps.Keys(all)) {
		files = append(files, File{path, all[path]})
	}
	return files, nil
}

// everywhere is an expression without the choices of a dashboard: of every
// region and plan, as known.
func everywhere(expr string) string {
	return strings.NewReplacer(`region="$region",`, "", `plan="$plan",`, "", `view="$view",`, "").Replace(expr)
}
