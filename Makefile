# A thin wrapper: every target is one plain Python command, which the README also gives for Windows.
PYTHON ?= python3
DEMO ?= 1
PORT ?= 8501
export DEMO PORT

.PHONY: run setup test lint bench requirements migration clean

run:            ## serve the demonstration; DEMO=0 for real work, PORT= for another port
	@$(PYTHON) outils/lancer.py

setup:          ## only install
	@$(PYTHON) outils/installer.py

test:           ## install what the tests need and run them all
	@$(PYTHON) outils/tester.py

lint:           ## style and types only
	@$(PYTHON) outils/tester.py --lint

bench:          ## the benchmarks, apart
	@$(PYTHON) outils/tester.py --bench

requirements:   ## compile the pinned requirements from the short input files
	@$(PYTHON) outils/entretenir.py requirements

migration:      ## write a migration from the models: make migration NOM=mot_du_changement
	@$(PYTHON) outils/entretenir.py migration "$(NOM)"

clean:          ## remove what is made again by itself; data and the virtual environment stay
	@$(PYTHON) outils/entretenir.py clean
