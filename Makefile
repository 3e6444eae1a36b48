# `make run` starts the dashboard, `make test` runs every test; `make help` lists the rest.
# Writes only .venv/, data/ and the tools' caches. The folder's path may hold spaces: paths here are relative.
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

# The first Python that is new enough; looked up only when .venv has to be made. `make run PYTHON=…` chooses another.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$p && break; done)
STREAMLIT_SERVER_PORT ?= 8501
export STREAMLIT_SERVER_PORT
# Some images forbid compiled modules: every process then starts three times as slowly,
# and the tests start hundreds.
unexport PYTHONDONTWRITEBYTECODE

PY := .venv/bin/python
QUIET := --quiet --disable-pip-version-check --no-input
PIP := $(PY) -m pip install $(QUIET)
TAKEN := import os, socket; s = socket.socket(); s.settimeout(1); \
	exit(s.connect_ex(("127.0.0.1", int(os.environ["STREAMLIT_SERVER_PORT"]))) != 0)
# How many examples `make faults` tries where `make test` tries a few
SEARCH ?= 5000
# pip-audit, installed only by `make audit`: nothing else here stands on it
AUDIT ?= 2.10.1
# uv installs in a fifth of pip's time. It comes from PyPI into .venv, by the pip of the Python that made it; where it
# cannot be had, pip installs the same lists. Only then does .venv get its own pip, which takes 3 s to unpack.
UV_PIN ?= 0.13.9
UV := .venv/bin/uv
ENSURE_PIP := { $(PY) -c 'import pip' 2>/dev/null || $(PY) -m ensurepip >/dev/null 2>&1; }
GET_UV = $(UV) --version >/dev/null 2>&1 || "$(PYTHON)" -m pip --python $(PY) install $(QUIET) uv==$(UV_PIN) || \
	{ $(ENSURE_PIP) && $(PIP) uv==$(UV_PIN); }
# The index that pip would ask, where it is told one: offices have their own, and PyPI may be closed there.
INDEX = index=$${PIP_INDEX_URL:-$$("$(PYTHON)" -m pip config get global.index-url 2>/dev/null)}
# $(call get,LIST) installs the packages of a lock file, each with its hash. The copy of the list inside .venv is the
# stamp: it is written last, and compared by content, not by time.
get = { { { $(GET_UV); } && { $(INDEX); \
	$(UV) pip install --quiet --python $(PY) $${index:+--default-index "$$index"} --require-hashes -r $(1); }; } 2>/dev/null || { \
	$(ENSURE_PIP) || { echo "This Python cannot install packages. Debian and Ubuntu: sudo apt-get install python3-venv"; exit 1; }; \
	$(PIP) --require-hashes -r $(1); }; } && cp $(1) .venv/$(1)
# More for `make lock`
LOCK ?=
# More arguments for pytest: make test ARGS="-k growth"
ARGS ?=
# How many KUB `make scale` compares; each has some nine reports
KUB ?= 1000000
# More arguments for the browser tests alone
BROWSER_ARGS ?=
# `required` makes leaving out the browser tests an error (.ci/run)
BROWSER_TESTS ?= optional
export BROWSER_TESTS

.DEFAULT_GOAL := help
.PHONY: help run present spark scale test thorough faults coverage check hooks lock bench audit screenshots film clean lock-spark venv install install-test chromium office data nginx bench-full bench-parts

help:  ## this list
	@awk -F ':.*##' '/^[a-z-]+:.*##/ {printf "  make %-12s%s\n", $$1, $$2}' Makefile

run: install data  ## start the dashboard on this machine; STREAMLIT_SERVER_PORT=8600 chooses the port
	@if $(PY) -c '$(TAKEN)'; then \
		echo "Port $$STREAMLIT_SERVER_PORT is taken by another program. Stop that one, or choose a free port:"; \
		echo "  make run STREAMLIT_SERVER_PORT=$$((STREAMLIT_SERVER_PORT + 1))"; exit 1; fi
	@echo "KUB Batang: http://127.0.0.1:$$STREAMLIT_SERVER_PORT  (Ctrl-C stops it)"
	@trap 'exit 0' INT; $(PY) -m streamlit run dashboard.py --server.address 127.0.0.1 --server.headless true

present: install data  ## the same for phones and a second device in the hall's network, with a code for the host
	@if $(PY) -c '$(TAKEN)'; then \
		echo "Port $$STREAMLIT_SERVER_PORT is taken by another program. Stop that one, or choose a free port:"; \
		echo "  make present STREAMLIT_SERVER_PORT=$$((STREAMLIT_SERVER_PORT + 1))"; exit 1; fi
	@trap 'exit 0' INT; $(PY) -m kub.presenting.hall

# A virtual environment of its own: Spark is not yet at ease with the pandas of the product, and who never asks for it need not
# have 450 MB of it. The copy of the lock inside is the stamp, as above.
spark: install  ## what `import --engine spark` needs, in .venv-spark; Java 17 is looked for (docs/spark.md)
	@cmp -s requirements-spark.lock .venv-spark/requirements-spark.lock || { \
		echo "Installing Spark beside the product (once; 450 MB) ..."; $(PY) -m venv --clear .venv-spark && \
		.venv-spark/bin/python -m pip install $(QUIET) --require-hashes -r requirements-spark.lock && \
		cp requirements-spark.lock .venv-spark/; }
	@$(PY) -c 'from kub.spark.session import java_version; import sys; sys.exit(java_version() < 17)' || { \
		echo "Spark needs Java 17 or newer. Debian and Ubuntu: sudo apt-get install openjdk-17-jre-headless"; exit 1; }
	@echo "spark: fine. A cluster on this machine: deploy/spark up"

scale: install-test spark  ## the import of a million KUB by DuckDB and by Spark, its tables compared; KUB=1000000
	@env -u KUB $(PY) -m tests.bench.bench_spark $(KUB)

# Both at once: the browser tests mostly wait, and what they print follows.
test: install-test chromium  ## every test but the slow ones; browser tests where a Chromium is, else it says so
	@failed=0; browser=; log=$$(mktemp); trap 'rm -f "$$log"' EXIT; \
	if $(PY) -m tests.browser.chromium >/dev/null; then \
		$(PY) -m pytest tests/browser -q $(ARGS) $(BROWSER_ARGS) >"$$log" 2>&1 & browser=$$!; \
	fi; \
	$(PY) -m pytest tests --ignore=tests/browser -n auto --dist worksteal -q $(ARGS) || failed=1; \
	if test -n "$$browser"; then wait "$$browser" || failed=1; cat "$$log"; \
	else \
		echo; echo "THE BROWSER TESTS WERE NOT RUN: there is no Chromium here."; \
		echo "Debian: sudo apt-get install chromium. Elsewhere: CHROMIUM=/path/to/chromium-or-chrome make test"; \
		test "$(BROWSER_TESTS)" != required || failed=1; \
	fi; exit $$failed

thorough: office nginx  ## `make test` and what it leaves out for time; before a release
	@$(MAKE) test ARGS="-m '' $(ARGS)"

faults: install-test  ## hours of hostile input, damaged files and small numbers to recover; SEARCH=5000 examples each
	@KUB_SEARCH=$(SEARCH) $(PY) -m pytest tests --ignore=tests/browser -m faults -n auto --dist worksteal -q $(ARGS)

coverage: install-test  ## which lines and branches no test runs (without the browser)
	@$(PY) -m pytest tests --ignore=tests/browser -n auto --cov -q $(ARGS)

check: install-test  ## lint, format, types, imports against requirements.txt and between rooms; changes nothing
	@$(PY) -m ruff check --quiet . && $(PY) -m ruff format --check --quiet . && $(PY) -m mypy && \
	$(PY) -m deptry . && $(PY) -m deptry tests --config tests/deptry.toml && .venv/bin/lint-imports >/dev/null && echo "check: fine"

hooks: install-test  ## run the checks before every commit too (pre-commit)
	@$(PY) -m pre_commit install

# Newest releases that the lists allow, for every system and Python from 3.11: `make lock LOCK=--upgrade` takes them all anew.
lock: venv  ## requirements*.lock anew from requirements*.txt; LOCK=--upgrade also moves what they do not pin
	@$(GET_UV); lock() { $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-annotate --custom-compile-command "make lock" $(LOCK) "$$@"; }; \
	lock requirements.txt -o requirements.lock && \
	lock requirements-test.txt -c requirements.lock -o requirements-test.lock

lock-spark: venv  ## requirements-spark.lock anew; apart from the others, since it fetches all of Spark to ask what it needs
	@$(GET_UV); $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make lock-spark" requirements-spark.txt -o requirements-spark.lock

bench: install-test  ## a table of ratios of many records to the sample, in minutes (tests/bench/RESULTS.md)
	@$(PY) -m tests.bench.results

bench-full: install-test  ## the same of a million KUB in all regencies
	@$(PY) -m tests.bench.results full

bench-parts: install-test chromium data  ## single measurements, printed with no verdict (tests/bench)
	@for name in questions import hostile view page present; do $(PY) -m tests.bench.bench_$$name || exit 1; done

audit: venv  ## known vulnerabilities of every locked package; a package that cannot be asked about fails it
	@$(PY) -c 'import pip_audit' 2>/dev/null || { $(ENSURE_PIP) && $(PIP) pip-audit==$(AUDIT); }
	@$(PY) -m pip_audit --strict --require-hashes --disable-pip -r requirements.lock

screenshots: install-test chromium  ## the pictures of the README; PAGES=all takes every page, language, mode and width
	@$(PY) -m tests.browser.screenshots $(PAGES)

film: install-test chromium  ## the moving picture of the README: a visit in a quarter of a minute
	@$(PY) -m tests.browser.film

clean:  ## remove .venv and caches; records in data/ stay
	@rm -rf .venv .pytest_cache .hypothesis .mypy_cache .ruff_cache htmlcov .coverage .coverage.*
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

venv:
	@$(PY) -c '$(NEW_ENOUGH)' 2>/dev/null || { \
		python="$(PYTHON)"; \
		test -n "$$python" || { echo "No Python 3.11 or newer was found. Install one, or: make run PYTHON=/path/to/python"; exit 1; }; \
		"$$python" -c '$(NEW_ENOUGH)' || { echo "Python 3.11 or newer is needed; $$python is not."; exit 1; }; \
		echo "Making .venv with $$("$$python" --version)"; \
		"$$python" -m venv --clear --without-pip .venv || { \
			echo "This Python cannot make environments. Debian and Ubuntu: sudo apt-get install python3-venv"; exit 1; }; }

install: venv
	@cmp -s requirements.lock .venv/requirements.lock || { \
		echo "Installing what the dashboard needs (once; half a minute or so) ..."; $(call get,requirements.lock); }

install-test: install
	@cmp -s requirements-test.lock .venv/requirements-test.lock || { \
		echo "Installing what the tests need (once) ..."; $(call get,requirements-test.lock); }

# Only where nobody has to be asked: as root, with apt. Elsewhere `make test` says what is missing.
chromium:
	@$(PY) -m tests.browser.chromium >/dev/null || { \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null || exit 0; \
		echo "Installing Debian's Chromium for the browser tests ..."; export DEBIAN_FRONTEND=noninteractive; \
		apt-get -qq update </dev/null && apt-get -qq install -y --no-install-recommends chromium </dev/null >/dev/null || true; }

# The same for what draws slides. Without it the tests of drawn slides say that they are left out.
office: install-test
	@$(PY) -m tests.support.office >/dev/null || { \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null || exit 0; \
		echo "Installing Debian's LibreOffice Impress for the tests of slides ..."; export DEBIAN_FRONTEND=noninteractive; \
		apt-get -qq update </dev/null && \
		apt-get -qq install -y --no-install-recommends libreoffice-impress poppler-utils </dev/null >/dev/null || true; }

# What tests of several processes stand behind. The package starts a server of its own; nobody asked for that one.
nginx:
	@command -v nginx >/dev/null || test -x /usr/sbin/nginx || { \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null || exit 0; \
		echo "Installing Debian's nginx for the tests of several processes ..."; export DEBIAN_FRONTEND=noninteractive; \
		apt-get -qq update </dev/null && RUNLEVEL=1 \
		apt-get -qq install -y --no-install-recommends nginx-light </dev/null >/dev/null || true; }

data: install
	@test -e "$${KUB_DATA:-data}/current" || { \
		echo "No records yet: building the database from the sample workbooks ..."; $(PY) -m kub info; }
