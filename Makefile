# One chore, one word. `make` alone prints what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export UV_PYTHON_DOWNLOADS := never
# set in many containers; every process, and the tests start hundreds, would compile everything anew
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest

help: ## print this
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup: .venv/.stamp ## make the environment in .venv, pinned and hashed

.venv/.stamp: requirements.lock pyproject.toml
	@python3 -c 'import ensurepip' 2>/dev/null || { echo 'Python cannot make environments here. Run: apt-get install python3-venv'; exit 1; }
	@test -x $(BIN)/python || python3 -m venv .venv
	@awk '/^[a-z]/ {mine = /^uv==/} mine' requirements.lock > .venv/uv.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r .venv/uv.lock 2> >(grep -v WARNING >&2)
	@$(BIN)/uv pip sync -q --require-hashes requirements.lock
	@$(BIN)/uv pip install -q --no-deps --no-build-isolation -e .
	@touch $@

system: ## install the system packages of the tests, or say which are missing
	@.ci/system test

node: system ## install what the browser tests need of npm
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory tests/browser/node_modules/.stamp; fi

tests/browser/node_modules/.stamp: tests/browser/package-lock.json
	@cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

tools: .venv/tools/.stamp ## make the environment of the tools that look for weak spots (bandit, semgrep)

.venv/tools/.stamp: .venv/.stamp tests/static/requirements.lock
	@$(BIN)/uv venv -q --allow-existing --python $(BIN)/python .venv/tools
	@VIRTUAL_ENV=.venv/tools $(BIN)/uv pip sync -q --require-hashes tests/static/requirements.lock
	@touch $@

run: setup ## serve a filled demo camp and print a sign-in link for each role
	@.ci/system run
	@$(BIN)/camp demo

test: tools node ## run every test
	@$(PYTEST) -n 3 --dist loadgroup --durations 12 $(ARGS)
	@$(MAKE) --no-print-directory postgres SAFETY='tests/safety/test_matrix.py tests/safety/test_leaks.py $(wildcard tests/safety/test_a*.py tests/safety/test_r*_*.py)'

SAFETY := tests/safety
postgres: setup ## run the tests without browser on PostgreSQL too, in a cluster of its own (`make test` leaves out what headers, bodies and forged forms do there)
	@$(PYTEST) -n 2 -m 'not browser and not slow' --database postgresql tests/camp tests/sessions tests/badges $(SAFETY) tests/test_races.py $(ARGS)

quick: setup ## run the tests without browser and servers (under a minute)
	@$(PYTEST) -n 2 -m 'not browser and not slow' $(ARGS)

lint: ## check style, types, templates and who imports whom
	@$(MAKE) --no-print-directory -j 2 -O lint-types lint-style

lint-types: setup
	@$(BIN)/mypy

lint-style: setup
	@$(BIN)/ruff check .
	@set -o pipefail; $(BIN)/lint-imports --no-cache | tail -n 12
	@$(BIN)/djlint templates --lint --quiet

bench: setup ## measure speed as ratios; prints goal, measured, reached
	@$(BIN)/python -m tests.bench

pictures: setup tools node ## take the pictures of the README anew
	@PICTURES=1 $(PYTEST) tests/browser/test_walk.py

faults: setup ## kill, cut and repeat, for long
	@$(PYTEST) tests/faults tests/browser/test_two_doors.py tests/browser/test_voting_rush.py tests/browser/test_round.py --faults long -n 0 $(ARGS)
	@$(PYTEST) tests/faults/test_door_model.py --faults long --database postgresql -n 0 $(ARGS)

words: setup ## collect the texts anew and compile the catalogues
	@$(BIN)/python camp/translations/words.py

vendor: setup ## fetch the front-end files of others anew (maintainers; needs npm)
	@$(BIN)/python camp/static/vendor/vendor.py

lock: setup ## pin the requirements anew
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --extra dev --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --no-annotate tests/static/requirements.in -o tests/static/requirements.lock

.PHONY: help setup system node tools run test postgres quick lint lint-types lint-style bench pictures faults words vendor lock
