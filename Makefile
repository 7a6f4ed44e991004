# A fresh Debian 12 needs only `make demo` or `make test`; `make` alone lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PY := .venv/bin/python
# Two workers, and no threads of linear algebra beside them.
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1
export PYTHONPATH := $(CURDIR)$(if $(PYTHONPATH),:$(PYTHONPATH))

# Where the open data lie: what is set explicitly wins (also when set to nothing), then data/ in
# the checkout, then ../shared/data; else it stays unset and the product uses what it can get.
ifeq ($(origin KETEN_DATA),undefined)
  ifneq ($(wildcard data/*),)
    export KETEN_DATA := $(CURDIR)/data
  else ifneq ($(wildcard ../shared/data/*),)
    export KETEN_DATA := $(abspath ../shared/data)
  endif
else
  export KETEN_DATA
endif
export KETEN_HOME ?= var
export KETEN_PORT ?= 8321

.PHONY: help
help: ## what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## install what running needs, into .venv
	@scripts/setup.sh runtime

.PHONY: setup-dev
setup-dev: ## install what testing needs too, with a browser
	@scripts/setup.sh dev

.PHONY: demo
demo: setup ## build a region from the data at hand and serve it on 127.0.0.1:8321
	@exec .venv/bin/keten demo

.PHONY: build
build: setup ## build the evidence anew from KETEN_DATA
	@.venv/bin/keten build

.PHONY: serve
serve: setup ## serve what was built before
	@exec .venv/bin/keten serve

.PHONY: test
test: setup-dev ## every test, those in the browser too
	@$(PY) -m pytest -n 2 $(ARGS)

.PHONY: check
check: setup-dev ## seven checks, all of them whatever fails: format, lint, types, arrows, dependencies, dead code, the tree itself
	@failed=''; \
	run() { echo "--- $$*"; "$$@" || failed="$$failed, $$*"; }; \
	run $(PY) -m ruff format --check . ; \
	run $(PY) -m ruff check . ; \
	run $(PY) -m mypy ; \
	run .venv/bin/lint-imports ; \
	run .venv/bin/deptry . ; \
	run $(PY) -m vulture ; \
	run $(PY) scripts/check_tree.py ; \
	if [ -n "$$failed" ]; then echo "check failed:$${failed#,}"; exit 1; fi; \
	echo "check: all seven passed"

.PHONY: fmt
fmt: setup-dev ## format the code and mend what ruff can mend
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

.PHONY: bench
bench: setup-dev ## measure time and memory
	@$(PY) -m benchmarks $(ARGS)

.PHONY: bench-metro
bench-metro: setup-dev ## draw metro maps, of networks beside LOOM's figures and of sets beside plain ones
	@failed=0; \
	for part in $(or $(PARTS),metro metro_sets metro_steady); do \
		$(PY) -m benchmarks.$$part $(ARGS) || failed=1; \
	done; \
	exit $$failed

.PHONY: bench-resolve
bench-resolve: ## measure who is recognised as who, beside two baselines
	@scripts/setup.sh peers
	@$(PY) -m benchmarks.resolution $(ARGS)

.PHONY: bench-lists
bench-lists: setup-dev ## measure how well and how fast a messy sheet of somebody's own is matched
	@$(PY) -m benchmarks.lists $(ARGS)

.PHONY: bench-members
bench-members: setup-dev ## measure whether who resembles the members of a list belongs to it
	@$(PY) -m benchmarks.members $(ARGS)

.PHONY: bench-classify
bench-classify: setup-dev ## measure how well it is told what projects are about
	@$(PY) -m benchmarks.classification $(ARGS)

.PHONY: trace
trace: setup-dev ## recompute the numbers of many pages from the source rows
	@$(PY) scripts/trace.py $(ARGS)

.PHONY: shots
shots: setup-dev ## take pictures of the pages and of metro maps; ARGS names some pages only
	@$(PY) scripts/shots.py $(ARGS)
	@$(if $(ARGS),,$(PY) -m scripts.shots_metro --docs)

.PHONY: shots-metro
shots-metro: setup-dev ## draw metro maps, take pictures of them, and write those of the docs anew
	@$(PY) -m scripts.shots_metro --docs $(ARGS)

.PHONY: torture
torture: setup-dev ## the long tests that break things on purpose
	@$(PY) -m pytest torture $(ARGS)

.PHONY: lock
lock: ## remake the lock files (needs the network)
	@scripts/setup.sh lock

.PHONY: clean
clean: ## remove what was installed and every cache; data/ and var/ stay
	rm -rf .venv node_modules src/keten/web/static/vendor dist .setup.lock test-results
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
