# The project's commands. `make run` and `make test` need only python3 (3.11 or newer, with venv) and make.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
BASE := $(VENV)/.base
DEV := $(VENV)/.dev

.DEFAULT_GOAL := help
.PHONY: help run setup test check fix test-postgres browser bench texts lock clean

help:  ## says what can be done here
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

$(BASE): requirements/base.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=python3.x"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

$(DEV): requirements/dev.txt $(BASE)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

setup: $(BASE)  ## makes the environment

run: $(BASE)  ## the demo site on http://127.0.0.1:8000
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py createcachetable
	@$(BIN)/python manage.py load_library
	@$(BIN)/python manage.py load_demo
	@$(BIN)/python manage.py show_sign_ins --port $(PORT)
	@exec $(BIN)/python manage.py run_demo --port $(PORT)

test: $(DEV)  ## everything that can run here; says what it skips and why
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: $(DEV)  ## style, types, layers, templates, settings, migrations, translations, knowledge
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy clinics groups_catalog referral config
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	VEIVALG_SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	VEIVALG_ANSWER_KEYS=$$($(BIN)/python -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())') \
	VEIVALG_ALLOWED_HOSTS=example.org \
	$(BIN)/python manage.py check --deploy --fail-level WARNING --settings config.settings.production
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check_knowledge
	$(BIN)/python -m pytest tests/contract -q -p no:randomly -k "translation or fresh or stale"

fix: $(DEV)  ## mends what can be mended by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test-postgres: $(DEV)  ## the tests on PostgreSQL: DATABASE_URL, or a cluster made for this run
	$(BIN)/python -m tests.postgres $(BIN)/python -m pytest tests/web tests/contract -n auto --dist loadgroup

browser: $(DEV)  ## whole journeys in headless Chromium
	$(BIN)/python -m pytest tests/browser -n auto --dist loadgroup

bench: $(DEV)  ## measures, and prints JSON
	@$(BIN)/python -m benchmarks

texts: $(DEV)  ## collects the texts to translate and compiles the Norwegian ones (needs gettext's xgettext)
	$(BIN)/python manage.py makemessages --locale nb --no-obsolete --no-location --ignore .venv --ignore node_modules
	$(BIN)/pybabel compile --domain django --directory locale --statistics

lock: $(DEV)  ## writes the lock files anew (needs uv)
	uv pip compile pyproject.toml --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header --output-file requirements/base.txt
	uv pip compile pyproject.toml --group dev --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header --output-file requirements/dev.txt

clean:  ## removes the environment and the demo's data
	rm -rf $(VENV) var node_modules
