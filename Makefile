# The workflow as an executable document. PYTHON is any interpreter with the dev extra installed.
PYTHON ?= .venv/bin/python

.PHONY: setup demo fast test check lint types messages goldens ablate fuzz torture damage full together kills keys coverage bench pictures ci

setup:            ## an environment with everything
	python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]'

demo:             ## the reader on the built-in portal
	$(PYTHON) -m eksread --demo

fast:             ## most of the tests in under a minute: no real terminal, no kills, no pictures of every screen, no mypy
	$(PYTHON) -m pytest -m 'not slow'

test:             ## all that must hold, in several processes: the tests, and in tests/test_architecture.py ruff, mypy and the import contracts
	$(PYTHON) -m pytest

check: test

lint:             ## ruff alone
	$(PYTHON) -m ruff check src tests tools benchmarks
	$(PYTHON) -m ruff format --check src tests tools benchmarks

types:            ## mypy alone
	$(PYTHON) -m mypy

messages:         ## extract, merge and compile the catalogues
	$(PYTHON) tools/messages.py

goldens:          ## rewrite the expected JSON of tests/pages (then read the diff)
	$(PYTHON) -m tests.goldens

ablate:           ## rules of the parser that fewer than two makers' pages need; half an hour on two cores with EXTRACT_BENCH_DATA
	$(PYTHON) -m tools.ablate

fuzz:             ## 100,000 mutated pages and feeds through the parser; ten minutes of two cores
	$(PYTHON) -m tests.fuzz --pages 100000

torture:          ## kill -9 at 1,000 random moments of refreshes, bookmarks, imports, prunes, restores, first starts, migrations
	$(PYTHON) -m tests.torture --kills 1000

damage:           ## 1,000 archives damaged in every way: nothing lost that can be read, nothing silent
	$(PYTHON) -m tests.damage --files 1000

full:             ## a disk that is full at 200 different moments of writing
	$(PYTHON) -m tests.full_disk --steps 200

together:         ## three processes on one archive for a minute
	EKSREAD_TEST_SECONDS=60 $(PYTHON) -m pytest -q tests/test_two_at_once.py

kills:            ## kill -9 at every system call of a first start; six minutes, needs strace
	EKSREAD_TEST_KILLS=1000 $(PYTHON) -m pytest -q tests/store/test_first_start.py -k killed_at_any_call

keys:             ## 2,000 random keys at each of four sizes, in a real terminal
	EKSREAD_TEST_KEYS=2000 $(PYTHON) -m pytest -q tests/tui/test_terminal.py -k many_random_keys

coverage:         ## which branches no test takes, subprocesses included; with Python 3.12 or newer, a test that fails hides nothing
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 12) or sys.exit("Python 3.11 loses count after a cancelled await")'
	$(PYTHON) -m coverage erase
	-$(PYTHON) -m coverage run -m pytest
	$(PYTHON) -m coverage combine -q
	$(PYTHON) -m coverage report
	$(PYTHON) -m coverage json -q -o - | $(PYTHON) -c 'import json, sys; found = json.load(sys.stdin)["totals"]; \
	print("branches alone: {:.1%} of {}".format(found["covered_branches"] / found["num_branches"], found["num_branches"]))'

bench:            ## what parsing and a refresh cost; benchmarks/screen.py and store.py need an archive, see there
	$(PYTHON) -m benchmarks.parse
	$(PYTHON) benchmarks/refresh.py

pictures:         ## the pictures of the README
	$(PYTHON) tools/pictures.py

ci:               ## exactly what CI runs
	bash .ci/run
