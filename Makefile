# What one does daily. `make run` and `make test` set up everything they need.
BIN := .venv/bin
export RASA_TELEMETRY_ENABLED := false
# Compiled modules are kept, whatever the machine says otherwise: a start without them takes twice as long.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run test check lint types imports train trained shell bench bench-peer fuzz evaluate lock environment environment-dev browser

help: ## Show these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: environment ## Start the assistant on http://localhost:8080
	@exec $(BIN)/assistant run

test: environment-dev browser ## Everything that must hold: lint, types, imports, training, all tests
	@TQDM_DISABLE=1 $(MAKE) --no-print-directory --jobs=2 --output-sync lint types imports trained
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile

lint: environment-dev ## Format, lint, texts
	@$(BIN)/ruff check -q . && $(BIN)/ruff format -q --check . && $(BIN)/assistant knowledge lint && echo "lint: clean"

types: environment-dev ## Types of the rooms where a mistake would cost most
	@$(BIN)/mypy --no-error-summary && echo "types: clean"

imports: environment-dev ## Imports run one way
	@$(BIN)/lint-imports >.import-linter.log 2>&1 && echo "imports: clean" || { cat .import-linter.log; exit 1; }
	@rm -f .import-linter.log

trained: environment-dev
	@$(BIN)/assistant train

train: environment ## Train Rasa's model if its sources have changed
	@$(BIN)/assistant train

shell: environment ## Talk to the assistant in the terminal
	@$(BIN)/assistant rasa shell

bench: environment-dev ## Measure speed and size (docs/benchmarks.md)
	@$(BIN)/python -m tests.bench

bench-peer: environment-dev ## The same conversations against Rasa's default set-up (installs 2.7 GB)
	@$(BIN)/python -m tests.bench.peer

evaluate: environment-dev ## How well unseen messages are understood (docs/evaluation.md)
	@$(BIN)/python -m tests.evaluate

fuzz: environment-dev ## Random visitors talk to the assistant for thousands of turns
	@FUZZ_TURNS=$${FUZZ_TURNS:-6000} $(BIN)/python -m pytest -q tests/conversations/test_fuzzer.py

lock: environment-dev ## Write the pinned requirements anew from pyproject.toml
	@.tools/bin/uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 --no-header --quiet -o requirements.txt
	@.tools/bin/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --python-version 3.11 --no-header --quiet -c requirements.txt -o requirements-dev.txt

environment:
	@deploy/environment.sh run

environment-dev:
	@deploy/environment.sh dev

browser:
	@deploy/browser.sh
