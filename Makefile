# Two commands need nothing but Python 3.11, git and make: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test check bench bench-rules bench-kill fuzz setup browser format handbook clean

demo: setup browser
	@$(BIN)/auditor audit fixtures/sites/sjoboda-2022/site.yaml --database auditor-data/demo.db --output auditor-report/sjoboda

test: setup browser check
	@$(BIN)/python -m pytest -q -n 2

check: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python fixtures/sources/build.py --check

# About twenty minutes; PAGES=2000 measures nights of that size, PARTS=kill the kill test.
bench: setup browser
	@$(BIN)/python -m benchmarks.performance $(PARTS) --pages $(or $(PAGES),400)

bench-rules: setup browser
	@$(BIN)/python -m benchmarks.rules

handbook: setup
	@$(BIN)/python -m sphinx -q -W --keep-going -b html docs/handbok auditor-report/handbok
	@echo auditor-report/handbok/index.html

bench-kill: setup browser
	@$(BIN)/python -m benchmarks.kill

fuzz: setup
	@AUDITOR_FUZZ=3000 $(BIN)/python -m pytest -q -n 2 tests/fuzz

setup: $(READY)

browser: setup
	@$(BIN)/python scripts/install_browser.py

format: setup
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

$(READY): requirements.lock pyproject.toml scripts/make_venv.sh
	@sh scripts/make_venv.sh "$(PYTHON)" "$(VENV)"
	@touch $(READY)

clean:
	@rm -rf $(VENV) auditor-data auditor-report .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
