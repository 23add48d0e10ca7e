# Every target brings what it needs up to date first, and does only what changed.
SHELL := bash
PORT ?= 8000
WORKERS ?= 2
REPLICA_RONDES ?= 8
CLI := .venv/bin/sociale-triage

export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

# Each module is compiled once. Without this every server and every test process compiles all of Rasa again
# where the environment asks for no compiled files among the sources, as build machines do.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.bytecode

.DEFAULT_GOAL := help
.PHONY: help run test test-replicas setup environment taalmodel train bench soak lint evaluate evaluate-search bench-catalogue bench-widget bench-desk widget search-words evaluation-report safety-report coverage audit lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-18s %s\n", $$1, $$2}' Makefile

run: environment ## set up, train what is missing, serve on http://127.0.0.1:8000 (PORT= changes it)
	@PORT=$(PORT) $(CLI) serve

test: environment ## set up and run every test; the first that needs a model trains it
	@.ci/widget --best-effort
	@.ci/oidc --best-effort
	@.ci/stores --best-effort
	@.ci/promtool --best-effort
	@.ci/tests $(WORKERS)

test-replicas: train ## replicas with killed siblings and cut stores, many rounds: REPLICA_RONDES= (minutes)
	@.ci/stores
	@REPLICA_RONDES=$(REPLICA_RONDES) .venv/bin/python -m pytest tests/replicas

setup: train ## the environment in .venv/ and the trained model, without serving

environment: ## only the environment in .venv/ (and the Dutch language model, best effort)
	@.ci/setup

taalmodel: ## install the Dutch language model now; TAALMODEL_WHEEL=path installs another wheel
	@.ci/setup --taalmodel-now

train: environment ## train and sign the model where none of ours fits its inputs
	@$(CLI) train

bench: train ## beside stock Rasa with the same model: speed, memory, start-up; minutes; writes one JSON file
	@$(CLI) bench

evaluate: train ## score the exam, or one case file: make evaluate FILE=cases.jsonl
	@$(CLI) evaluate $(FILE)

evaluate-search: environment ## how the search of the catalogue reads our exam of queries, by group
	@$(CLI) evaluate-search

soak: train ## half an hour of mixed use with faults: memory and answers; writes one JSON file (MINUTES=)
	@.ci/stores --best-effort
	@$(CLI) soak --minutes $(or $(MINUTES),30)

bench-catalogue: environment ## the search on 1,000 to 100,000 invented initiatives, beside other ways; minutes
	@$(CLI) bench-catalogue

widget: ## build the chat of the website: api/widget/dist/sociale-triage.js
	@.ci/widget
	@cd api/widget && npm run --silent check && npm run --silent build

bench-widget: train ## the chat in a real browser: first render, first answer, shift, memory; writes one JSON file
	@.ci/widget --best-effort
	@$(CLI) bench-widget

bench-desk: train ## the front desk in a real browser: from the last key to the answer; writes one JSON file
	@.ci/widget --best-effort
	@$(CLI) bench-desk

search-words: environment ## learn the search words of the catalogue from the corpus again
	@$(CLI) learn-search-words

evaluation-report: train ## the program on the whole exam, against its targets; writes docs/evaluation.md
	@$(CLI) evaluation-report

safety-report: train ## rules against their examples and the program on the exam; writes docs/veiligheidsrapport.md
	@$(CLI) safety-report

coverage: environment ## what the catalogue holds per province, route and kind; writes docs/dekking.md and its map
	@$(CLI) catalogue coverage

audit: environment ## every locked package against the known advisories of data/security; no network
	@$(CLI) audit-dependencies

lint: environment ## ruff: rules and format
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .

lock: environment ## recompute requirements.lock and requirements-tools.lock from pyproject.toml
	@.ci/lock

clean: ## remove what was built and trained (.venv/ stays)
	rm -rf build models .bytecode .pytest_cache .ruff_cache .rasa
