# Two commands do everything on a fresh machine: `make avis` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --no-deps --require-hashes
SELF := $(PIP) install --no-deps --no-build-isolation --editable .

.PHONY: avis test test-all check format bench lab lock notebooks clean

avis: .venv/installed
	$(BIN)/avis build evaluations/exemple-fictif --lang all

test: .venv/installed-dev check
	$(BIN)/python -m pytest -m "not slow" -n 2 --dist loadfile

test-all: .venv/installed-dev .venv/checkers/installed
	$(BIN)/python -m pytest -m slow -n 2 --dist load

check: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/installed-dev
	$(BIN)/python tests/benchmarks/bench.py

lab: .venv/installed
	$(BIN)/jupyter lab --ip=127.0.0.1

# Stored outputs of the notebooks are those of exemple-fictif; nbval compares them.
notebooks: .venv/installed-dev
	$(BIN)/python tests/notebooks/store_outputs.py

# No host name stands in a lock file: every wheel is known by its hash.
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --no-header --quiet pyproject.toml --extra build
lock:
	$(PYTHON) -m venv .venv-lock && .venv-lock/bin/python -m pip install --quiet uv
	.venv-lock/bin/$(LOCK) --output-file requirements.lock
	.venv-lock/bin/$(LOCK) --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	rm -rf .venv-lock

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Installation (une fois, 1 à 3 minutes)… / Installing (once, 1 to 3 minutes)…"
	$(INSTALL) --requirement requirements.lock
	$(SELF)
	@git config core.hooksPath .githooks 2>/dev/null || true  # words are never committed
	touch $@

.venv/installed-dev: requirements-dev.lock pyproject.toml | .venv/bin/python
	@echo "Installation des outils de test… / Installing what the tests need…"
	$(INSTALL) --requirement requirements-dev.lock
	$(SELF)
	touch $@ .venv/installed

# The HTML checker of the W3C, from npm.
.venv/checkers/installed: tests/checkers/package-lock.json | .venv/installed-dev
	$(BIN)/python tests/checkers/install.py
	touch $@

clean:
	rm -rf .venv evaluations/*/build
