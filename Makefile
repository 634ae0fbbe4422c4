# Every word is one line of help: make, or make help, shows them.
.DEFAULT_GOAL := help
GO       ?= go
FUZZTIME ?= 10s
TOOLS    := $(CURDIR)/bin
LINT     := $(TOOLS)/golangci-lint
LINT_VERSION := v2.15.0

.PHONY: help build test race check fuzz faults bench bench-country prometheus-test grafana-check office-test office-plans office report-test demo clean

help: ## show these words
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

build: ## build bin/framdrift
	$(GO) build -trimpath -o bin/framdrift ./cmd/framdrift

test: ## run every test
	$(GO) test ./...

race: ## run every test with the race detector
	$(GO) test -race -timeout 40m ./...

check: $(LINT) ## format, vet, lint, module files, and the tests with the race detector
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "not gofmt-ed"; exit 1; }
	$(GO) mod verify
	$(GO) mod tidy -diff
	$(GO) vet ./...
	$(LINT) run ./...
	$(GO) test -race -timeout 40m ./...

fuzz: ## run every fuzz target for FUZZTIME (10s)
	@$(GO) test -list '^Fuzz' ./... | awk '/^Fuzz/ {t[n++]=$$1} /^ok/ {for (i=0;i<n;i++) print $$2, t[i]; n=0}' | \
	while read -r pkg target; do echo "== $$pkg $$target"; $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) "$$pkg" || exit 1; done

# Power cuts and disks that fail need FUSE, which Linux gives to who may write here.
FUSE := $(if $(shell test -w /dev/fuse && echo yes),powercut)

faults: ## disks that fail, flip bits and lose power; three servers killed, paused and cut off (minutes)
	@$(if $(FUSE),,echo "/dev/fuse cannot be used here: power cuts and failing disks are not tried")
	$(GO) test -tags 'faults $(FUSE)' -count=1 -timeout 60m ./eventstore/jetstream/... ./cmd/framdrift/internal/app
	$(GO) test -tags faults -count=1 -timeout 20m -run Trouble ./cmd/framdrift

office-test: office ## LibreOffice (installed if it is not there) opens every export, prints it and saves it again
	$(GO) test -tags office -count=1 -timeout 20m -run Office ./cmd/framdrift/internal/planfile ./cmd/framdrift/internal/planexport

office-plans: office ## save the test plans of other regions anew with LibreOffice
	$(GO) test -tags office -count=1 -run OfficeWrites ./cmd/framdrift/internal/planfile -update

office:
	@command -v soffice >/dev/null || { apt-get update && apt-get install -y --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui; }

prometheus-test: ## try /metrics, /api/v1, rules and backfill on a real Prometheus (Debian's, installed if it is not there)
	@command -v promtool >/dev/null || { apt-get update && apt-get install -y --no-install-recommends prometheus; }
	$(GO) test -tags prometheus -count=1 -timeout 20m -run 'Prom|Backfilled' ./cmd/framdrift

# In JSON the name of an enum is a string, which the types do not take for one.
GRAFANA := $(TOOLS)/grafana
grafana-check: ## check the dashboards against Grafana's own types (npm)
	rm -rf $(GRAFANA) && mkdir -p $(GRAFANA) && cd $(GRAFANA) && npm init -y >/dev/null && npm install --no-audit --no-fund @grafana/schema@13.2.3 typescript@5.9
	$(GO) run ./cmd/framdrift metrics dashboards $(GRAFANA)/out
	cd $(GRAFANA) && for f in out/dashboards/*.json; do \
		{ printf 'import type { Dashboard } from "@grafana/schema";\nexport const board: Dashboard = '; sed -E 's/"mode": "(palette-classic|fixed)"/"mode": "\1" as never/' $$f; } > $$(basename $$f .json).ts; done
	cd $(GRAFANA) && npx tsc --noEmit --strict --skipLibCheck --module nodenext --target es2022 *.ts

REPORT := $(TOOLS)/report
report-test: $(REPORT)/node_modules ## Chromium, poppler, LibreOffice, axe and html-validate (installed if they are not there) open what report writes
	@command -v chromium >/dev/null && command -v chromium-headless-shell >/dev/null && command -v soffice >/dev/null && command -v pdftotext >/dev/null || { apt-get update && apt-get install -y --no-install-recommends chromium chromium-headless-shell fonts-noto-core poppler-utils libreoffice-writer-nogui libreoffice-calc-nogui; }
	$(GO) test -tags report -count=1 -timeout 40m -run Report ./cmd/framdrift/internal/reportfile
	$(GO) test -tags report -count=1 -timeout 20m -run Printed ./cmd/framdrift

$(REPORT)/node_modules:
	mkdir -p $(REPORT) && cd $(REPORT) && npm init -y >/dev/null && npm install --no-audit --no-fund axe-core@4.14.1 html-validate@10.17.0

bench: ## run every benchmark once, with ratios beside raw JetStream in the same run
	$(GO) test -run '^$$' -bench . -benchmem ./...

bench-country: ## 2 000 000 events in 400 made-up regions: start, memory, rebuilding, the past (minutes, 4 GB of disk)
	$(GO) run ./cmd/framdrift bench country

demo: ## play the Fosen plan into framdrift-demo
	$(GO) run ./cmd/framdrift demo

clean: ## remove what was built and the demo
	rm -rf bin framdrift-demo

$(LINT):
	GOBIN=$(TOOLS) $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
