# The workflow as an executable document. PYTHON is any interpreter with the dev extra installed.
PYTHON ?= .venv/bin/python

.PHONY: setup demo check lint types test messages goldens fuzz torture pictures ci keys

setup:            ## an environment with everything
	python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]'

demo:             ## the reader on the built-in portal
	$(PYTHON) -m eksread --demo

check: lint types test   ## all that must hold

lint:
	$(PYTHON) -m ruff check src tests tools benchmarks
	$(PYTHON) -m ruff format --check src tests tools benchmarks

types:
	$(PYTHON) -m mypy

test:
	$(PYTHON) -m pytest

messages:         ## extract, merge and compile the catalogues
	$(PYTHON) tools/messages.py

goldens:          ## rewrite the expected JSON of tests/pages (then read the diff)
	$(PYTHON) -m tests.goldens

fuzz:             ## 20,000 mutated pages through the parser
	$(PYTHON) -m tests.fuzz --pages 20000

torture:          ## kill -9 in the middle of 200 refreshes
	$(PYTHON) -m tests.torture --kills 200

keys:             ## 2,000 random keys at each of four sizes, in a real terminal
	EKSREAD_TEST_KEYS=2000 $(PYTHON) -m pytest -q tests/tui/test_terminal.py -k many_random_keys

ci:               ## exactly what CI runs
	bash .ci/run
