# What one can do here. `make` alone prints this list.
PYTHON ?= python3
UV := .tools/bin/uv
RUN := .venv/bin/python -W ignore

.DEFAULT_GOAL := help
.PHONY: help install run train check test eval eval-baselines bench clean

help:  ## print this list
	@echo "Co-creation tutor. One of:"
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

install: .venv/ready  ## set up everything that the other commands need (they do it themselves)

.tools/bin/uv:
	@command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON) is missing; install Python 3, or name it: make PYTHON=/path/to/python"; exit 1; }
	@echo "tutor: fetching uv"
	@{ $(PYTHON) -m venv .tools && .tools/bin/python -m pip install --quiet --disable-pip-version-check uv; } >/dev/null 2>&1 \
	  || $(PYTHON) -m pip install --quiet --disable-pip-version-check --target .tools uv \
	  || { echo "make: uv could not be installed; this Python needs pip (on Debian: apt install python3-venv), and the network"; exit 1; }

.venv/ready: $(UV) pyproject.toml uv.lock .python-version
	@echo "tutor: installing what is pinned in uv.lock"
	@$(UV) sync --frozen --no-install-project --compile-bytecode
	@touch .venv/ready

run: .venv/ready  ## start the tutor; prints its address when it is ready
	@$(RUN) tutor.py run

train: .venv/ready  ## train the model, if anything changed
	@$(RUN) tutor.py train

check: .venv/ready  ## the quick check: style, types, structure, content
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache
	@$(RUN) tutor.py check

test: check train  ## every test
	@.venv/bin/python -m pytest --numprocesses auto --maxprocesses 2 --dist loadfile

eval: train  ## measure the quality of answers beside simpler ways, and list every miss
	@$(RUN) -m tests.eval.measure

eval-baselines: .venv/ready  ## train Rasa's ResponseSelector on the same questions and keep its figures (some 10 minutes)
	@$(RUN) -m tests.eval.response_selector

bench: train  ## measure speed: turns beside the stock assistant, a crowd of learners, single questions, the desk, the page
	@$(RUN) -m benchmarks.turns
	@$(RUN) -m benchmarks.crowd
	@$(RUN) -m benchmarks.questions
	@$(RUN) -m benchmarks.desk
	@$(RUN) -m benchmarks.page

clean:  ## remove what can be made again; what people have done stays
	@rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis .rasa .import_linter_cache var/models var/bench
