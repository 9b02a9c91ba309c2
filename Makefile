# Every task of this project, one line each. Needs Python 3.11 or later and git.
PYTHON ?= python3
PORT ?= 8000
TEST_POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/postgres

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
TEMPLATES := git ls-files -z --cached --others --exclude-standard -- 'templates/*.html'
# A site as the public would meet it, for the checks that only concern such a site.
PUBLIC_SITE := ALLOWED_HOSTS=alliances.example HTTPS=1 EMAIL_URL='submission://mail.example?_default_from_email=desk@alliances.example' SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_hex(32))')

NEEDS_PYTHON := { $(PYTHON) -c 'import sys, venv, ensurepip; assert sys.version_info >= (3, 11)' 2>/dev/null || { echo 'error: $(PYTHON) must be Python 3.11 or later with venv (on Debian: apt install python3-venv); to name another: make PYTHON=python3.12' >&2; exit 1; }; }
NEW_VENV := $(NEEDS_PYTHON) && $(PYTHON) -m venv --clear .venv && $(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r
LOCK := UV_CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url

.PHONY: run dev test check admin test-postgres test-browser test-deployment shots test-faults hostile soak bench lock
.PHONY: check-lint check-format check-templates check-types check-migrations check-site check-deploy

# Readers and editors

run: .venv/run.stamp  ## the site at http://127.0.0.1:8000/, complete: database, records, static files
	@$(MANAGE) prepare && $(MANAGE) collectstatic --noinput -v 0 && exec $(MANAGE) serve --port $(PORT)

admin: .venv/run.stamp  ## an editor's account
	@test -t 0 || { echo 'error: make admin asks for a name and a password: run it in a terminal' >&2; exit 1; }
	@$(MANAGE) migrate -v 0 && $(MANAGE) createsuperuser

# Developers

dev: .venv/dev.stamp  ## the site with error pages and reloading
	@$(MANAGE) prepare && DEBUG=1 exec $(MANAGE) runserver $(PORT)

test: .venv/dev.stamp  ## the tests, on SQLite
	@env -u DATABASE_URL $(BIN)/pytest

test-postgres: .venv/dev.stamp  ## the same tests, on PostgreSQL
	@DATABASE_URL=$(TEST_POSTGRES_URL) $(BIN)/pytest

test-browser: .venv/dev.stamp  ## every page and journey in Chromium
	@env -u DATABASE_URL $(BIN)/pytest tests/browser

test-deployment: .venv/dev.stamp  ## Dockerfile and compose.yaml carried out without Docker; needs root, and Debian's postgresql, caddy, python3-venv
	@env -u DATABASE_URL $(BIN)/pytest -n 0 tests/deployment

shots: .venv/dev.stamp  ## pictures of every page into var/shots/; KINDS="home claims" for some
	@$(BIN)/python -m tests.browser.shots $(KINDS)

test-faults: .venv/dev.stamp  ## processes killed, disks full, databases gone, on both databases
	@TEST_POSTGRES_URL=$(TEST_POSTGRES_URL) $(BIN)/pytest tests/faults

hostile: .venv/dev.stamp  ## 20,000 hostile requests, some ten minutes; SEED=3 to ask a row again
	@$(BIN)/python -m tests.hostile $(SEED)

soak: .venv/dev.stamp  ## ten minutes of mixed load, the workers' memory before and after; MINUTES=3 for less
	@$(BIN)/python -m tests.benchmarks.soak $(MINUTES)

bench: .venv/bench.stamp  ## how fast beside others, into docs/benchmarks.md; needs wrk (Debian); TIMES="1 100 1000" for more
	@$(BIN)/python -m tests.benchmarks $(TIMES)

check: check-lint check-format check-templates check-types check-migrations check-site check-deploy

check-lint: .venv/dev.stamp
	@$(BIN)/ruff check --quiet

check-format: .venv/dev.stamp
	@$(BIN)/ruff format --check --quiet

check-templates: .venv/dev.stamp
	@$(TEMPLATES) | xargs -0 -r $(BIN)/djade --check --target-version 5.2

check-types: .venv/dev.stamp
	@$(BIN)/mypy

check-migrations: .venv/dev.stamp
	@$(MANAGE) makemigrations --check --dry-run

check-site: .venv/dev.stamp
	@$(MANAGE) check

check-deploy: .venv/dev.stamp  # collectstatic refuses a style sheet that names a missing file
	@$(MANAGE) collectstatic --noinput -v 0 && $(PUBLIC_SITE) $(MANAGE) check --deploy --fail-level WARNING

lock: .venv/dev.stamp  ## the newest versions that pyproject.toml allows, with their hashes
	@$(LOCK) pyproject.toml -o requirements/run.txt && $(LOCK) pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt && $(LOCK) --group bench -c requirements/dev.txt -o requirements/bench.txt

# The environment is made anew whenever its lock file changes, so nothing lingers in it.

.venv/run.stamp: requirements/run.txt
	@$(NEW_VENV) $< && touch $@

.venv/dev.stamp: requirements/dev.txt
	@$(NEW_VENV) $< && touch .venv/run.stamp $@

.venv/bench.stamp: .venv/dev.stamp requirements/bench.txt
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements/bench.txt && touch $@
