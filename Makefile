# The commands of the README and of CONTRIBUTING by short names.
BIN = .venv/bin
VENV = .venv/installed
NODE = node_modules/.package-lock.json
CHAPTERS = $(patsubst softmax_core/%/__init__.py,softmax_core.%,$(wildcard softmax_core/*/__init__.py))

.PHONY: help run test core night oldest lint format js docs hooks

help:
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile

$(VENV): requirements.txt requirements-dev.txt
	python3 -m venv .venv && $(BIN)/pip install -r requirements-dev.txt
	@touch $@

$(NODE): package.json package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

run: $(VENV) ## the app at http://localhost:8501
	$(BIN)/streamlit run streamlit_app.py

test: $(VENV) ## everything, four processes
	$(BIN)/python -m pytest

core: $(VENV) ## the tests of the mathematics alone
	$(BIN)/python -m pytest -n 0 tests/core

night: $(VENV) ## the same, each property with two thousand examples instead of 25
	SOFTMAX_LAB_NIGHT=1 $(BIN)/python -m pytest -o timeout=0 tests/core

oldest: ## those with the oldest NumPy that is allowed
	python3 -m venv .venv-oldest
	.venv-oldest/bin/pip install numpy==2.0.0 ml_dtypes pandas pyarrow scipy scikit-learn mpmath pytest pytest-xdist pytest-timeout hypothesis
	.venv-oldest/bin/python -m pytest -n 0 tests/core

lint: $(VENV) ## style and types, which fail fast
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV) ## mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

js: $(NODE) ## the same for the scripts in the browser
	npm run check

docs: $(VENV) ## the reference of the core, in docs/api
	$(BIN)/python -W error -m pdoc --docformat google -o docs/api softmax_core $(CHAPTERS) softmax_core.reference

hooks: $(VENV) ## lint at each commit
	$(BIN)/pre-commit install
