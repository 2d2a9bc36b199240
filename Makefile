# Everything is done by `python -m scripts`; make only gives it short names.
PYTHON ?= python3
.DEFAULT_GOAL := help
.PHONY: help serve test check changed prose new fix hook build exports bench schemas lock

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  The same without make: $(PYTHON) -m scripts --help"

serve: ## run the site at a printed address, rebuild on save
	@$(PYTHON) -m scripts serve

test: ## everything: checks, strict build, built pages, browser tests
	@$(PYTHON) -m scripts test

check: ## check docs/ without building, in seconds
	@$(PYTHON) -m scripts check

changed: ## check only what differs from main, and what that can break
	@$(PYTHON) -m scripts check --changed

prose: ## check the spelling in both languages, and advise on style
	@$(PYTHON) -m scripts prose

new: ## write a new case, term, chapter, question or missing half; asks
	@$(PYTHON) -m scripts new

fix: ## mend what needs no judgement, and say what
	@$(PYTHON) -m scripts fix

hook: ## check before every commit from now on
	@$(PYTHON) -m scripts hook

build: ## check, build the production site into site/
	@$(PYTHON) -m scripts build

exports: ## build the site and the packages for lecturers, into dist/
	@$(PYTHON) -m scripts exports

bench: ## measure the site beside stock Material on the same pages, as ratios; takes minutes
	@$(PYTHON) -m scripts bench

schemas: ## renew what editors know of the data files, after a change of the models
	@$(PYTHON) -m scripts schemas

lock: ## renew the locked requirements from pyproject.toml (needs uv)
	@uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 -o requirements.txt pyproject.toml
	@uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --all-extras -c requirements.txt -o requirements-test.txt pyproject.toml
	@uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --group care -o .github/requirements-care.txt
