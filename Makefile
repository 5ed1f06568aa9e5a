# Two commands: `make run` and `make test`. The work is done by deploy/bootstrap and by `arasha`.
PYTHON ?= python3
BOOTSTRAP = $(PYTHON) deploy/bootstrap
BIN = .venv/bin
JOBS ?= 2
.DEFAULT_GOAL = run
# Compiled modules are kept, whatever the machine says: each process, and a test run has hundreds, would make them anew.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: run test test-all check bench docs security environment assets

environment:
	@$(BOOTSTRAP) environment

assets:
	@$(BOOTSTRAP) environment assets

run:
	@$(BOOTSTRAP) environment assets
	@exec $(BIN)/arasha run --end-with-parent

# Every test but the long ones; the last line is pytest's.
test:
	@$(BOOTSTRAP) environment assets browser
	@$(BIN)/arasha catalogues compile --verbosity=0
	@$(BIN)/pytest -q -n $(JOBS) -m "not long"

test-all:
	@$(BOOTSTRAP) environment assets browser
	@$(BIN)/arasha catalogues compile --verbosity=0
	@$(BIN)/pytest -q -n $(JOBS)

check:
	@$(BOOTSTRAP) environment
	@$(BIN)/python deploy/check.py

bench:
	@$(BOOTSTRAP) environment assets
	@$(BIN)/python -m benches $(ONLY)

docs:
	@$(BOOTSTRAP) environment
	@$(BIN)/python deploy/documents.py

security:
	@$(BOOTSTRAP) environment
	@$(BIN)/python deploy/security.py
