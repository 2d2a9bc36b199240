# Everything is done by `python -m scripts`; make only gives it short names.
PYTHON ?= python3
.DEFAULT_GOAL := help
.PHONY: help serve test check build fix lock

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  The same without make: $(PYTHON) -m scripts --help"

serve: ## run the site at a printed address, rebuild on save
	@$(PYTHON) -m scripts serve

test: ## everything: checks, strict build, built pages, browser tests
	@$(PYTHON) -m scripts test

check: ## check docs/ without building, in seconds
	@$(PYTHON) -m scripts check

build: ## check, build the production site into site/
	@$(PYTHON) -m scripts build

fix: ## mend what needs no judgement
	@$(PYTHON) -m scripts fix

lock: ## renew requirements.txt from pyproject.toml (needs uv)
	@uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 -o requirements.txt pyproject.toml
