# newsduck: everything a developer or a newcomer runs. `make help` lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo/newsduck.duckdb
READY := $(VENV)/.ready

# compiled modules are kept whatever the caller's environment says: tests start many processes
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: docs help run test quick check format bench native clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "newsduck needs Python 3.11 or later; set PYTHON=..."; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)

run: $(READY) ## set up, ingest seeds/ offline, and ask three questions of the result
	@$(BIN)/newsduck ingest --prefect --sources seeds/sources.yml --warehouse $(DEMO)
	@for question in most_quoted wordings narrated; do \
	  echo; head -1 warehouse/queries/$$question.sql; \
	  $(BIN)/newsduck sql --query $$question --warehouse $(DEMO); done

native: $(READY) ## compile entities and quotations: a third cheaper; a minute, needs a C compiler
	@$(BIN)/python -m flows.native.build

test: native ## set up and run every test
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile

quick: $(READY) ## unit tests and golden pages, under 40 s
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile tests/unit tests/golden

check: $(READY) ## lint, format and types
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

format: $(READY) ## repair what ruff can repair
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: native ## measure pages, loads, views and commands, as one table
	@$(BIN)/python -m tests.bench

docs: $(READY) ## build the documentation into site/, links checked
	@$(BIN)/python -m mkdocs build --strict --quiet
	@echo "site/index.html"

clean: ## take away the environment, the demo warehouse and caches
	rm -rf $(VENV) demo flows/native/built .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
