# Two commands for a fresh machine: `make demo` and `make test`. The rest is for those who work on Pincite.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo test check sample clean

demo: $(VENV)/.installed  ## set up, build the sample library, serve the page
	$(BIN)/pincite demo

test: $(VENV)/.installed-dev  ## every check: lint, types, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

check: test

sample: $(VENV)/.installed-dev  ## build the sample docket's PDFs and key from their sources
	$(BIN)/python -m corpus.sample.build

# torch first and by itself: this version has a CPU build, and a resolver left alone would fetch another.
$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) install --quiet --constraint constraints.txt torch
	$(PIP) install --quiet --constraint constraints.txt --editable '.[ocr]'
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) install --quiet --constraint constraints.txt --editable '.[ocr,dev]'
	touch $@

clean:
	rm -rf $(VENV) .pincite build *.egg-info
