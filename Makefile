# What a developer types. `make` alone lists it. Needs GNU make, git and Python 3.11 or newer;
# everything else is installed into .venv, from the exact versions in constraints.txt.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test check patterns docs bench browser lock clean

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PYTHON ?=
PROJECT := -e '.[bot]' --group dev
# semgrep pins what it needs so tightly that it gets an environment of its own; beside us is only its
# engine, which needs nothing: docs/explanation/decisions/0010-semgreps-engine-without-semgrep.md
SEMGREP := $(shell sed -n 's/^patterns = \["\(semgrep==[0-9.]*\)"\]$$/\1/p' pyproject.toml)
WHOLE_SEMGREP := .venv-semgrep/.installed

# uv when it is there, because it is faster; pip otherwise. Both read the same constraints.
PIP := $(shell command -v uv >/dev/null 2>&1 && echo uv pip || echo $(BIN)/python -m pip)
PIP_TARGET := $(if $(filter uv,$(PIP)),--python $(BIN)/python)

help: ## List the targets
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -e 's/:.*## /\t/' | while IFS="$$(printf '\t')" read -r name text; \
	  do printf '  make %-9s %s\n' "$$name" "$$text"; done

setup: $(STAMP) ## Create .venv with everything a developer needs (the others do it when needed)

demo: $(STAMP) ## Show the whole story on this machine, without an account (ARGS=--once to end by itself)
	@$(BIN)/changewarden demo $(ARGS)

test: $(STAMP) $(WHOLE_SEMGREP) ## Run the tests (T='tests/hooks -k staged' to choose)
	$(BIN)/pytest -n auto $(T)

check: $(STAMP) ## Format, lint, types, import contracts, dependencies, freshness of the reference
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry policies hooks bot
	$(BIN)/python policies/compile_patterns.py --check
	$(BIN)/python docs/generate.py --check

patterns: $(STAMP) ## Make the pack of insecure patterns anew from its rule files (and try them: ARGS='--try NAME')
	$(BIN)/python policies/compile_patterns.py $(ARGS)

docs: $(STAMP) ## Write docs/reference anew from the code
	$(BIN)/python docs/generate.py

bench: $(STAMP) $(WHOLE_SEMGREP) ## Time the hook and a tree against other scanners, decisions and replays against a JSON parser
	$(BIN)/python bench/secrets.py
	$(BIN)/python bench/patterns.py
	$(BIN)/python bench/policy.py

browser: ## Say whether a Chromium is here to look at the pages with, and how to get one
	@if command -v chromium >/dev/null 2>&1; then chromium --version; else \
	  echo "No chromium on this machine. On Debian: sudo apt-get install --yes chromium"; exit 1; fi

lock: $(STAMP) ## Renew constraints.txt with the newest versions that fit together
	$(PIP) install --quiet $(PIP_TARGET) --upgrade $(PROJECT)
	@{ echo '# Exact versions for developers and CI, written by `make lock`. Users of the wheel are not'; \
	   echo '# bound by them: docs/explanation/decisions/0008-constraints-instead-of-a-lock-file.md'; \
	   $(PIP) freeze $(PIP_TARGET) --exclude-editable | grep -v -e ' @ ' -e '^semgrep==' | LC_ALL=C sort -f; } > constraints.txt.new
	@mv constraints.txt.new constraints.txt
	@touch $(STAMP)

clean: ## Remove .venv, caches and build results
	rm -rf $(VENV) .venv-semgrep build dist htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find policies hooks bot tests docs bench -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): pyproject.toml constraints.txt
	@test -x $(BIN)/python || { python="$$(sh .ci/find-python '$(PYTHON)')" && \
	  echo "setting up $(VENV) with $$python, a minute or two the first time" && "$$python" -m venv $(VENV); }
	@$(if $(filter uv,$(PIP)),true,$(PIP) install --quiet --upgrade 'pip>=25.1')
	$(PIP) install --quiet $(PIP_TARGET) $(PROJECT) -c constraints.txt
	$(PIP) install --quiet $(PIP_TARGET) --no-deps $(SEMGREP)
	@touch $(STAMP)

$(WHOLE_SEMGREP): pyproject.toml
	@test -x .venv-semgrep/bin/python || "$$(sh .ci/find-python '$(PYTHON)')" -m venv .venv-semgrep
	.venv-semgrep/bin/python -m pip install --quiet $(SEMGREP)
	@touch $(WHOLE_SEMGREP)
