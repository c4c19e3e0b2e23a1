# Wraps the plain Python commands that the README also gives for Windows.
PYTHON ?= python3
DEMO ?= 1
PORT ?= 8501

.PHONY: run setup test bench lint requirements migration clean

run: ## serve the dashboard at http://localhost:8501 (DEMO=0 for real work)
	$(PYTHON) outils/lancer.py --port $(PORT) $(if $(filter 0,$(DEMO)),--reel)

setup: ## install only
	$(PYTHON) outils/installer.py

test: ## install what the tests need and run them all
	$(PYTHON) outils/tester.py

bench: ## benchmarks against a bare Streamlit page; results in benchmarks/RESULTS.md
	$(PYTHON) outils/installer.py --tests
	.venv/bin/python -m benchmarks

lint: ## style and types
	.venv/bin/python -m ruff check . && .venv/bin/python -m ruff format --check . && .venv/bin/python -m mypy

requirements: ## compile the pins
	.venv/bin/python -m piptools compile -q --strip-extras --no-emit-index-url -o requirements.txt requirements.in
	.venv/bin/python -m piptools compile -q --strip-extras --no-emit-index-url -o requirements-dev.txt requirements-dev.in

clean: ## remove what can be made again (never the data)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis assets/tiers
