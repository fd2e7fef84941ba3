# Works with Python 3.11 or later, make and the package index; everything else comes into .venv.
PYTHON ?= python3
PORT ?= 8000
DEMO_SIZE ?=
ARGS ?=
UV_VERSION := 0.13.9

PY := .venv/bin/python
export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE ?= copy
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Settings for one-off commands that ask the code and not the data.
NO_DATA := DATABASE_URL=sqlite:///:memory: REDIS_URL= EMAIL_URL=
# Settings as in production, thrown away after the check.
AS_IN_PRODUCTION := $(NO_DATA) DEBUG=off SITE_URL=https://registry.example.org ALLOWED_HOSTS=registry.example.org \
	SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))')

.DEFAULT_GOAL := help
.PHONY: help bench bench-data demo test tour lint lock messages settings-table clean

help: ## say what there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/'

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name it: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv .venv
	@$(PY) -m pip install -qq uv==$(UV_VERSION)

.venv/.runtime: .venv/bin/uv requirements/run.txt
	@.venv/bin/uv pip install --quiet --python $(PY) --require-hashes --requirement requirements/run.txt
	@touch $@

.venv/.development: .venv/bin/uv requirements/develop.txt
	@.venv/bin/uv pip install --quiet --python $(PY) --require-hashes --requirement requirements/develop.txt
	@touch $@ .venv/.runtime

demo: .venv/.runtime ## an example registry on this machine: http://127.0.0.1:8000 (PORT=, DEMO_SIZE=)
	@PORT=$(PORT) DEMO_SIZE=$(DEMO_SIZE) sh deploy/demo.sh

test: .venv/.development ## the whole suite (ARGS= goes to pytest); DATABASE_URL and REDIS_URL are used when set
	@$(PY) -m pytest -n auto -q $(ARGS)

tour: .venv/.development ## take the pictures of docs/tour.md anew, by walking the journeys (needs Chromium)
	@TOUR=1 $(PY) -m pytest -q tests/journeys

# Affiliations in the large registry that the bench compares with one of 2,000.
BENCH_SIZE ?= M
SIZE_S := 2000
SIZE_M := 100000
SIZE_L := 1000000

bench: .venv/.development ## public pages of a large registry beside a small one (DATABASE_URL of PostgreSQL; BENCH_SIZE=S, M or L)
	@$(PY) bench/scale.py --large $(SIZE_$(BENCH_SIZE))
	@$(PY) bench/export.py --sizes $(SIZE_$(BENCH_SIZE))

bench-data: .venv/.development ## look-up of places on SQLite and PostgreSQL, import of so many rows (BENCH_SIZE; DATABASE_URL of PostgreSQL)
	@DATABASE_URL= $(PY) bench/lookup.py --load 1000
	@$(PY) bench/lookup.py --load 1000
	@$(PY) bench/imports.py --rows $(SIZE_$(BENCH_SIZE))

lint: .venv/.development ## style, types, import contracts, migrations, settings, templates
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check --quiet
	@.venv/bin/lint-imports --no-cache
	@.venv/bin/mypy
	@$(NO_DATA) $(PY) manage.py makemigrations --check --dry-run
	@$(AS_IN_PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
	@$(PY) -m sci_registry.env --check docs/operations.md
	@.venv/bin/djlint templates --lint --quiet
	@.venv/bin/bandit --quiet --recursive --configfile pyproject.toml sci_registry partnerships programs manage.py

# uv.lock itself names where each file came from, so it stays out of the repository; versions and hashes are kept.
messages: .venv/.development ## take the words of the code up into locale/, and say what is not translated
	@$(PY) -m sci_registry.catalogues extract
	@$(PY) -m sci_registry.catalogues check

lock: .venv/bin/uv ## take up what pyproject.toml asks for, with exact versions and hashes, in requirements/
	@.venv/bin/uv lock --quiet
	@.venv/bin/uv export --quiet --frozen --no-emit-project --no-header --no-dev --output-file requirements/run.txt
	@.venv/bin/uv export --quiet --frozen --no-emit-project --no-header --output-file requirements/develop.txt

settings-table: .venv/.runtime ## write the table of settings into docs/operations.md
	@$(PY) -m sci_registry.env --write docs/operations.md

clean: ## remove the environment and everything the demo made
	@rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .hypothesis
