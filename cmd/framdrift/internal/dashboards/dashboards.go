// Package dashboards is what Grafana and Prometheus are given to show and watch
// Framdrift with: three dashboards, alert rules, and the files that set them up.
//
//	dashboards/gjennomforingskraft.json   the profile, its course, by strategy, days behind, colours
//	dashboards/rapportering.json          reports owed, on time, late and missing
//	dashboards/drift.json                 appends, lag, health, the log's size, the disk
//	rules/framdrift.yml                   alerts, each with what it means and what to do
//	provisioning/…                        data sources and dashboards for Grafana
//	prometheus.yml                        a Prometheus that scrapes serve
//
// The first two ask for what serve itself answers (package promapi) and need no
// Prometheus; «Drift» needs one that scrapes. A panel of shares shows no
// percentage of fewer than five (R5); the two numbers stand beside it.
//
// A dashboard is made here, from panels that say only what is their own:
// everything that is the same for all of them is in one place.
package dashboards

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// A Dashboard is one of them.
type Dashboard struct {
	UID, Title, Description string
	Tags                    []string
	OfPlan                  bool // it is about one plan of one region, in one view
	From, To                string
	Panels                  []Panel
}

// A Panel is one picture. Width is of 24; panels follow on each other.
type Panel struct {
	Type          string // timeseries, stat, bargauge, table, state-timeline
	Title         string
	Description   string
	Unit          string
	Width, Height int
	Max           float64 // 0: as large as the values
	Stacked       bool
	Instant       bool // only the end of the time range
	Queries       []Query
	Names         []Name
}

// A Query is one expression, and what its series are called.
type Query struct{ Expr, Legend string }

// A Name is what a series is shown as, and its colour if it has one of its own.
type Name struct{ Series, Shown, Colour string }

// All lists the dashboards.
func All() []Dashboard { return []Dashboard{deliveryBoard(), reportingBoard(), operationBoard()} }

type object = map[string]any

var source = object{"type": "prometheus", "uid": "${datasource}"}

// JSON is the dashboard as Grafana reads it.
func (d Dashboard) JSON() ([]byte, error) {
	model := object{
		"uid": d.UID, "title": d.Title, "description": d.Description, "tags": d.Tags, "timezone": "Europe/Oslo", "schemaVersion": 39,
		"editable": true, "graphTooltip": 1, "refresh": "", "version": 1, "time": object{"from": d.From, "to": d.To},
		"annotations": object{"list": []any{}}, "links": d.links(), "templating": object{"list": d.variables()}, "panels": d.panels(),
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(model); err != nil {
		return nil, fmt.Errorf("dashboards: %s: %w", d.UID, err)
	}
	return b.Bytes(), nil
}

func (d Dashboard) links() []any {
	return []any{object{"title": "Framdrift", "type": "dashboards", "tags": []string{"framdrift"}, "asDropdown": true, "includeVars": true, "keepTime": true, "icon": "external link", "targetBlank": false, "tooltip": ""}}
}

// variables are the choices at the top: the data source, and for a plan which
// region, plan and view. The address of serve is for the links.
func (d Dashboard) variables() []any {
	all := []any{object{"name": "datasource", "label": "Datakilde", "type": "datasource", "query": "prometheus"}}
	if !d.OfPlan {
		return all
	}
	values := func(name, label, of string) object {
		query := fmt.Sprintf("label_values(%s, %s)", of, name)
		return object{
			"name": name, "label": label, "type": "query", "datasource": source,
			"query": object{"query": query, "refId": name}, "refresh": 2, "sort": 1, "multi": false, "includeAll": false,
		}
	}
	return append(all,
		values("region", "Region", "framdrift_delivery_definition_info"),
		values("plan", "Plan", `framdrift_delivery_definition_info{region="$region"}`),
		object{
			"name": "view", "label": "Visning", "type": "custom", "query": "som kjent : , som korrigert : corrected",
			"current": object{"text": "som kjent", "value": ""},
			"options": []any{object{"text": "som kjent", "value": "", "selected": true}, object{"text": "som korrigert", "value": "corrected", "selected": false}},
		},
		object{"name": "framdrift", "label": "Framdrift", "type": "textbox", "query": "http://127.0.0.1:8080", "current": object{"text": "http://127.0.0.1:8080", "value": "http://127.0.0.1:8080"}},
	)
}

// panels lays them out in rows of 24.
func (d Dashboard) panels() []any {
	var all []any
	x, y, tallest := 0, 0, 0
	for i, p := range d.Panels {
		if x+p.Width > 24 {
			x, y, tallest = 0, y+tallest, 0
		}
		model := p.model(d.OfPlan)
		model["id"] = i + 1
		model["gridPos"] = object{"x": x, "y": y, "w": p.Width, "h": p.Height}
		x, tallest = x+p.Width, max(tallest, p.Height)
		all = append(all, model)
	}
	return all
}

func (p Panel) model(ofPlan bool) object {
	var targets []any
	for i, q := range p.Queries {
		target := object{
			"refId": string(rune('A' + i)), "datasource": source, "expr": q.Expr, "legendFormat": q.Legend, "editorMode": "code",
			"instant": p.Instant, "range": !p.Instant,
		}
		if p.Type == "table" {
			target["format"] = "table"
		}
		targets = append(targets, target)
	}
	model := object{
		"type": p.Type, "title": p.Title, "description": p.Description, "datasource": source, "targets": targets,
		"fieldConfig": object{"defaults": p.defaults(ofPlan), "overrides": p.overrides()}, "options": p.options(),
	}
	if p.Type == "table" {
		model["transformations"] = p.columns()
	}
	return model
}

func (p Panel) defaults(ofPlan bool) object {
	all := object{"unit": p.Unit, "min": 0, "noValue": "ingen å måle på", "color": object{"mode": "palette-classic"}}
	if p.Unit == "d" {
		delete(all, "min") // ahead of the plan is less than none
	}
	if p.Max != 0 {
		all["max"] = p.Max
	}
	if p.Type == "timeseries" {
		custom := object{"lineWidth": 2, "fillOpacity": 0, "showPoints": "never", "spanNulls": false, "lineInterpolation": "stepAfter"}
		if p.Stacked {
			custom["stacking"], custom["fillOpacity"] = object{"mode": "normal", "group": "A"}, 70
		}
		all["custom"] = custom
	}
	if ofPlan {
		all["links"] = trail
	}
	return all
}

// trail leads from a point to the events up to its day, and to the numbers of
// that day with the measures and the events behind them.
var trail = []any{
	object{"title": "Hendelsene til og med ${__value.time:date:YYYY-MM-DD}", "targetBlank": true, "url": "${framdrift}/api/regions/${region}/history?plan=${plan}&to=${__value.time:date:YYYY-MM-DD}"},
	object{"title": "Tallene den dagen, og hendelsene bak", "targetBlank": true, "url": "${framdrift}/api/regions/${region}/delivery?plan=${plan}&per=${__value.time:date:YYYY-MM-DD}"},
}

func (p Panel) overrides() []any {
	all := []any{}
	for _, n := range p.Names {
		properties := []any{object{"id": "displayName", "value": n.Shown}}
		if n.Colour != "" {
			properties = append(properties, object{"id": "color", "value": object{"mode": "fixed", "fixedColor": n.Colour}})
		}
		all = append(all, object{"matcher": object{"id": "byName", "options": n.Series}, "properties": properties})
	}
	return all
}

func (p Panel) options() object {
	last := object{"calcs": []string{"lastNotNull"}, "fields": "", "values": false}
	switch p.Type {
	case "timeseries":
		return object{
			"legend":  object{"displayMode": "table", "placement": "bottom", "showLegend": true, "calcs": []string{"lastNotNull"}},
			"tooltip": object{"mode": "multi", "sort": "none"},
		}
	case "bargauge":
		return object{"displayMode": "basic", "orientation": "horizontal", "reduceOptions": last, "showUnfilled": true}
	case "stat":
		return object{"colorMode": "none", "graphMode": "none", "textMode": "value_and_name", "reduceOptions": last}
	case "state-timeline":
		return object{"showValue": "never", "legend": object{"displayMode": "list", "placement": "bottom", "showLegend": true}}
	}
	return object{"showHeader": true}
}

// columns puts the queries of a table side by side, with the legends as
// headings, and leaves out the time.
func (p Panel) columns() []any {
	rename := object{}
	for i, q := range p.Queries {
		rename["Value #"+string(rune('A'+i))] = q.Legend
	}
	for _, n := range p.Names {
		rename[n.Series] = n.Shown
	}
	return []any{
		object{"id": "merge", "options": object{}},
		object{"id": "organize", "options": object{"excludeByName": object{"Time": true}, "renameByName": rename}},
	}
}
