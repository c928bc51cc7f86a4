# `make help` lists the targets. Needed: Python 3.11 or newer, make, and a package index; the rest is installed into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
COMPILE := $(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes --no-annotate --quiet \
	--custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help report lab test check format-check types rooms-check notebooks-check lock-check environment-check format readme bench harness lock fonts clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 20

report: $(INSTALLED)  ## build every report of reports/runs.yaml, and reports/index.html
	$(BIN)/rajnay report

lab: $(INSTALLED)  ## open the notebooks in JupyterLab (LAB_OPTIONS= adds to its command line)
	$(BIN)/jupyter lab --notebook-dir=. $(LAB_OPTIONS)

test: $(INSTALLED)  ## run the tests, the docstrings' examples and every notebook (Chromium and pdftotext must be installed)
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

check: format-check types rooms-check notebooks-check lock-check environment-check test  ## all that CI runs: style, types, lock, environment, tests

format-check: $(INSTALLED)
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(INSTALLED)
	$(BIN)/mypy

rooms-check: $(INSTALLED)
	$(BIN)/lint-imports

notebooks-check: $(INSTALLED)
	$(BIN)/python .ci/strip_notebooks.py --check

lock-check: $(INSTALLED)
	@cp requirements.lock $(VENV)/requirements.lock
	@$(COMPILE) --output-file $(VENV)/requirements.lock
	@cmp -s requirements.lock $(VENV)/requirements.lock || { echo 'requirements.lock does not follow from pyproject.toml: run make lock.'; exit 1; }

environment-check: $(INSTALLED)
	.ci/environment

format: $(INSTALLED)  ## format the code and strip the notebooks
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(BIN)/python .ci/strip_notebooks.py

readme: $(INSTALLED)  ## run the commands of README.md and write what they print into it
	$(BIN)/python .ci/readme.py

bench: $(INSTALLED)  ## measure speed, the dates beside other date parsers, and many articles (SCALE_OPTIONS="--tellings 1000000": more)
	$(BIN)/python bench/run.py
	$(BIN)/python bench/scale.py --picture docs/pictures/scale.png $(SCALE_OPTIONS)

harness: $(INSTALLED)  ## what each part of composing is worth on unread articles (HARNESS_OPTIONS=--rules: each rule too)
	$(BIN)/python bench/harness.py $(HARNESS_OPTIONS)

lock: $(INSTALLED)  ## write requirements.lock from pyproject.toml (LOCK_OPTIONS=--upgrade takes newer versions)
	$(COMPILE) --output-file requirements.lock $(LOCK_OPTIONS)

fonts: $(INSTALLED)  ## rebuild data/fonts (needs npm)
	$(BIN)/python data/fonts/build.py

clean:  ## remove built reports and caches (.venv stays)
	find reports -mindepth 1 -maxdepth 1 ! -name template ! -name runs.yaml -exec rm -r {} +
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis build
	find lib tests notebooks data -name __pycache__ -o -name .ipynb_checkpoints | xargs rm -rf

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed, and $(PYTHON) is %d.%d: say which to take with make PYTHON=..." % sys.version_info[:2])'
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@echo 'Installing what requirements.lock names into $(VENV); the first time this takes a minute or two.'
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
