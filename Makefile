# The ways to work on recsys-pipelines. Each target is one script under Tools/; `make` alone lists them.

PREFIX ?= /usr/local
FUZZ_SECONDS ?= 60
.DEFAULT_GOAL := help
.PHONY: help setup build demo test bench fuzz torture api-docs lint format clean install dist

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install the system packages that the build needs, if any is missing
	@Tools/setup/install-packages.sh

build: setup ## build recsys-pipelines and its tools for release, in .build/release
	@Tools/setup/build.sh

demo: ## build, then run the whole job on the sample data, into demo-out
	@Tools/demo/demo.sh

test: ## everything that must hold: style, build, tests, documentation, comparison with DuckDB
	@Tools/test/test.sh

bench: setup ## measure the kernels one by one; fetches and builds what that needs
	@Tools/bench/bench.sh

fuzz: setup ## feed every reader with random inputs, each for FUZZ_SECONDS=60
	@Tools/fuzz/fuzz-all.sh "$(FUZZ_SECONDS)"

torture: setup ## kill and race the programs at full length: some minutes
	@Tools/torture/torture.sh

api-docs: setup ## make the documentation of the Swift library, in api-docs
	@Tools/setup/api-docs.sh

lint: ## check the layout of the sources
	@Tools/style/lint.sh

format: ## lay out the Swift sources
	@Tools/style/format.sh

clean: ## remove what was built and what the demo made
	@rm -rf .build .build-* api-docs demo-out dist

install: build ## copy programs, manual pages, completions to PREFIX (PREFIX=/usr/local)
	@Tools/setup/install.sh "$(PREFIX)"

dist: build ## pack programs and documentation into dist/, with a SHA-256
	@Tools/setup/dist.sh
