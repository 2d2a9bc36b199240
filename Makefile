# Everything is done by `python -m scripts`; make only gives it short names.
PYTHON ?= python3
.DEFAULT_GOAL := help
.PHONY: help serve test check build exports fix lock

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  The same without make: $(PYTHON) -m scripts --help"

serve: ## run the site at a printed address, rebuild on save
	@$(PYTHON) -m scripts serve

test: ## everything: checks, strict build, built pages, browser tests
	@$(PYTHON) -m scripts test

check: ## check docs/ without building, in seconds
	@$(PYTHON) -m scripts check

build: ## check, build the production site into site/
	@$(PYTHON) -m scripts build

exports: ## build the site and the packages for lecturers, into dist/
	@$(PYTHON) -m scripts exports

fix: ## mend what needs no judgement
	@$(PYTHON) -m scripts fix

lock: ## renew the locked requirements from pyproject.toml (needs uv)
	@uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 -o requirements.txt pyproject.toml
	@uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --all-extras -c requirements.txt -o requirements-test.txt pyproject.toml
	@uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --group care -o .github/requirements-care.txt
