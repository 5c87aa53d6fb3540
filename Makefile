# The two commands of the README are `make demo` and `make test`. Everything they need is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export NO_MKDOCS_2_WARNING := 1

.PHONY: demo test docs site browser pictures bench golden clean machine

demo: $(VENV)/.demo
	@$(BIN)/necessity assess examples/founding/case.yaml

# MkDocs: with --quiet, --strict would count no warning.
test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/necessity check policies
	$(BIN)/necessity format --check policies
	$(BIN)/necessity test --cover-min 100
	$(BIN)/python docs/language.py --check
	$(BIN)/python docs/checks.py --check
	$(BIN)/mkdocs build --strict
	$(BIN)/python -m pytest

docs: $(VENV)/.test
	$(BIN)/python docs/language.py
	$(BIN)/python docs/checks.py
	$(BIN)/mkdocs build --strict
	@echo "open site/index.html"

# The published criteria. For a sitemap and canonical addresses, say where they are published: SITE_URL=https://... make site
site: $(VENV)/.test
	$(BIN)/mkdocs build --strict
	@echo "the site is in site/; to read it:"
	@echo "  $(BIN)/python -m http.server --bind 127.0.0.1 --directory site 8000"
	@echo "  then open http://127.0.0.1:8000/policies/"
	@echo "to see a policy while you edit it: $(BIN)/mkdocs serve"

# Debian's Chromium, for the tests of the site in a browser; they are skipped where there is none, in CI never.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
	  command -v apt-get >/dev/null || { echo "error: no Chromium, and no apt-get to install it"; \
	  echo "  help: install Chromium with the packages of your system"; exit 1; }; \
	  SUDO=$$(test "$$(id -u)" = 0 || echo sudo); \
	  $$SUDO apt-get update -qq && $$SUDO apt-get install -qq -y --no-install-recommends chromium; }

# The pictures of docs/site.md, of the site as it is; look at them before you commit them.
pictures: $(VENV)/.test browser
	$(BIN)/mkdocs build --quiet
	$(BIN)/python -m docs.pictures

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/one_case.py
	$(BIN)/python benchmarks/batch.py

# Record the golden reports anew; read the difference before you commit it.
golden: $(VENV)/.test
	$(BIN)/python -m pytest tests/test_golden.py --record -n 0

$(VENV)/.demo: pyproject.toml constraints.txt | machine
	@echo "installing into $(VENV) (once) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { \
	  echo "error: Python cannot make a virtual environment"; \
	  echo "  help: install its venv module (on Debian and Ubuntu: apt-get install python3-venv)"; exit 1; }
	@$(BIN)/pip install --quiet --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.demo
	@echo "installing what the tests and the documentation need (once) ..."
	@$(BIN)/pip install --quiet --editable '.[authoring,batch,browser,site,test]'
	@touch $@

$(VENV)/.bench: $(VENV)/.test
	@echo "installing what the benchmarks compare with (once) ..."
	@$(BIN)/pip install --quiet --editable '.[bench]'
	@touch $@

# durable_rules, the engine, comes as C source.
machine:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "error: Python 3.11 or newer is needed, and \`$(PYTHON)\` is not"; \
	  echo "  help: install it, or name one: make PYTHON=python3.12 demo"; exit 1; }
	@command -v cc >/dev/null || command -v gcc >/dev/null || command -v clang >/dev/null || { \
	  echo "error: there is no C compiler, and the rule engine is built from C source"; \
	  echo "  help: install one (Debian, Ubuntu: apt-get install build-essential python3-dev; Fedora: dnf install gcc python3-devel; macOS: xcode-select --install)"; exit 1; }
	@$(PYTHON) -c 'import sysconfig, os, sys; sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' || { \
	  echo "error: the headers of Python are missing, and the rule engine is built against them"; \
	  echo "  help: install them (Debian, Ubuntu: apt-get install python3-dev; Fedora: dnf install python3-devel)"; exit 1; }

clean:
	rm -rf $(VENV) site .pytest_cache .mypy_cache .ruff_cache .hypothesis
