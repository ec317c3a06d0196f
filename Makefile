# Needs Python 3.11 or later, as `python3` or as given: make graph PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help graph web test lint readme lock clean

help:
	@echo "make graph   set up, then build the graph of seeds/ into store/ and say what was found"
	@echo "make web     build the scripts of the pages (needs npm): the SPARQL editor, pictures that expand"
	@echo "make test    set up, then run all tests"
	@echo "make lint    set up, then check layout, lint and types"
	@echo "make readme  write what README.md shows anew: outputs, scores, picture"
	@echo "make lock    write requirements.lock anew from pyproject.toml"
	@echo "make clean   remove what was made"

graph: $(READY)
	$(BIN)/kg build seeds/ --store store

web: kg/_data/web/sources.sha256

# What is locked, and nothing else, is fetched; the same lock and sources give the same files.
kg/_data/web/sources.sha256: $(wildcard web/*.*)
	cd web && npm ci --silent && npm run --silent build

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# What is locked is all that is installed, the build backend too: --no-deps and --no-build-isolation fetch nothing else.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kg needs Python 3.11 or later; this is %s. Try: make PYTHON=python3.11" % sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

readme: $(READY)
	$(BIN)/python tests/readme.py

# All files of each release are hashed, so the lock holds for every platform; the tool lives in an environment of its own.
lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(VENV)-lock/bin/uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --quiet --output-file requirements.lock
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV) web/node_modules kg/_data store out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
