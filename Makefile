# The executable documentation: every task of the project, one line each.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin

.PHONY: help install run demo test lint format types check rules corpus floors cover chaos fuzz bench sbom audit lock clean
help:            ## say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "presswatch needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version). Name another: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@
$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
$(VENV)/.peers: requirements-peers.lock $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25'  # older pip trips over an extra named twice
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-peers.lock
	@touch $@

install: $(VENV)/.run  ## make .venv and install presswatch into it
run: $(VENV)/.run      ## check config/ and start the daemon
	exec $(BIN)/presswatch run
demo: $(VENV)/.run     ## everything, offline, in half a minute
	$(BIN)/presswatch demo
test: $(VENV)/.dev     ## run every test
	$(BIN)/python -m pytest -q -n auto
lint: $(VENV)/.dev     ## ruff: style, mistakes, format
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
types: $(VENV)/.dev    ## mypy --strict
	$(BIN)/mypy
format: $(VENV)/.dev   ## put the code into its form
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .
rules: $(VENV)/.run    ## check config/ and run the rules' own tests
	$(BIN)/presswatch check
check: lint types test rules  ## what CI runs
cover: $(VENV)/.dev    ## tests with coverage of lines and branches
	$(BIN)/coverage run -m pytest -q && $(BIN)/coverage report --skip-covered
corpus: $(VENV)/.peers ## crawl the 776 real pages of ../shared/corpus from loopback, then extraction beside its peers and against its floors
	$(BIN)/python -m benchmarks.corpus
	@test ! -d ../shared/corpus || $(BIN)/python -m benchmarks.extraction --check
floors: $(VENV)/.dev   ## extraction alone against its floors, in half a minute
	$(BIN)/python -m benchmarks.extraction --only presswatch --check
chaos: $(VENV)/.dev    ## kill -9 the daemon 1,000 times, and a life between every two of its steps (an hour)
	CHAOS_SEEDS=40 CHAOS_LIVES=25 $(BIN)/python -m pytest -q -n auto tests/chaos
	CHAOS=1 $(BIN)/python -m pytest -q -n auto tests/acceptance/test_killed.py
fuzz: $(VENV)/.dev     ## fuzz whatever reads strangers' bytes, SECONDS for each target (60)
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --target $(VENV)/fuzz 'atheris==3.0.0'
	names=$$($(BIN)/python -m tests.fuzz --targets) || exit 1; for each in $$names; do PYTHONPATH=$(VENV)/fuzz $(BIN)/python -m tests.fuzz $$each $(or $(SECONDS),60) || exit 1; done
bench: $(VENV)/.peers  ## every benchmark beside its peers
	for each in extraction fetch discover rules store stories revisions pages end_to_end; do $(BIN)/python -m benchmarks.$$each || exit 1; done
sbom: $(VENV)/.run     ## write sbom.cdx.json: what a release is made of (CycloneDX), from the lock
	$(BIN)/python .ci/sbom.py > sbom.cdx.json
$(VENV)/audit/bin/pip-audit: | $(BIN)/python
	$(BIN)/python -m venv $(VENV)/audit
	$(VENV)/audit/bin/pip install --quiet --disable-pip-version-check 'pip-audit==2.10.1'
audit: $(VENV)/audit/bin/pip-audit  ## known faults of what we depend on; says so where nobody can be asked
	$(BIN)/python .ci/audit.py $(VENV)/audit/bin/pip-audit requirements.lock requirements-dev.lock
lock:                  ## renew the hash-pinned locks (needs uv); they name no host
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q pyproject.toml --group dev --group peers -o requirements-peers.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q pyproject.toml -c requirements-peers.lock -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q pyproject.toml --group dev -c requirements-peers.lock -o requirements-dev.lock
clean:                 ## remove what was made (never data/)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info
