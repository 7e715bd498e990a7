# `make demo` and `make test` need Python 3.11 or later, and nothing done before.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
# The development tools stand once, in pyproject.toml; older pips cannot read them from there by themselves.
DEV = $(shell $(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['dev'])" | sed 's/[^ ]*/"&"/g')

.PHONY: help setup demo test lint types layers check catalogues rules wheel-test newcomer pictures clean

help: ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /	/'

$(STAMP): pyproject.toml hatch_build.py
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "retro needs Python 3.11 or later: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . 
	@touch $@

$(VENV)/.dev: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(DEV)
	@touch $@

setup: $(VENV)/.dev catalogues ## an environment to work in

catalogues: $(STAMP) ## compile the French catalogues
	@$(BIN)/python hatch_build.py

demo: $(STAMP) catalogues ## the whole loop on an embedded campaign
	@$(BIN)/retro demo

test: $(VENV)/.dev catalogues ## the tests
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

layers: $(VENV)/.dev
	$(BIN)/lint-imports

rules: $(VENV)/.dev catalogues ## write the rules' pages again
	$(BIN)/python docs/generate_rules.py

pictures: $(VENV)/.dev catalogues ## take the READMEs' pictures again
	$(BIN)/python docs/take_pictures.py

wheel-test: $(VENV)/.dev ## install the built wheel and run the tests against it, the sources out of reach
	$(BIN)/python tests/wheel.py

newcomer: $(VENV)/.dev catalogues ## install the wheel by pip, uv and pipx, and do a newcomer's first minutes
	$(BIN)/python tests/newcomer.py

check: lint types layers test ## all of it

clean:
	rm -rf $(VENV) build dist retro-demo
