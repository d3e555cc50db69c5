# Two commands matter: `make demo` and `make test`. Everything is installed into .venv, nothing outside it.
# Python may write its bytecode: each pass of the tests then starts in half the time.
.PHONY: demo test test-default test-postgres test-slow test-long lint bench install install-all clean

unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin
ARGS ?=

demo: install
	$(BIN)/tractage demo $(ARGS)

test: test-default test-postgres

test-default: install-all
	scripts/system-packages
	$(BIN)/pytest -n 2 --dist loadfile -m "not slow and not long" -rs $(ARGS)

test-postgres: install-all
	scripts/system-packages
	scripts/with-postgres $(BIN)/pytest -n 2 --dist loadfile -m "not slow and not long and not browser" -rs tests/hq tests/web $(ARGS)

test-slow: install-all
	scripts/system-packages
	$(BIN)/pytest -n 2 --dist loadfile -m slow -rs $(ARGS)

test-long: install-all
	scripts/system-packages
	$(BIN)/pytest -n 2 -m long -rs $(ARGS)

lint: install-all
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy

bench: install-all
	scripts/bench $(ARGS)

install:
	@scripts/install base

install-all:
	@scripts/install all

clean:
	rm -rf .venv var
