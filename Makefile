# Two commands are enough on a fresh Debian machine with Swift: `make demo` and `make test`.

SWIFT ?= swift
BUILD ?= release
RUNG := .build/$(BUILD)/rung

.DEFAULT_GOAL := help
.PHONY: help build demo test check generate format bench clean

help: ## Show the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

build: ## Build the rung binary (BUILD=debug for a quick one)
	@scripts/system-libraries.sh
	$(SWIFT) build -c $(BUILD) --product rung $(if $(filter release,$(BUILD)),--static-swift-stdlib)
	@echo "built $(RUNG)"

demo: ## Build, run the suites of the sample organization, assess it, say where the reports lie
	@scripts/system-libraries.sh
	$(SWIFT) build -c $(BUILD) --product rung $(if $(filter release,$(BUILD)),--static-swift-stdlib)
	@scripts/demo.sh $(RUNG)

test: ## Build and run all tests; the last line counts them
	@scripts/system-libraries.sh
	@scripts/test.sh

check: ## What must hold before every commit: format, imports, warnings, tests, generated files, self-gate
	@scripts/system-libraries.sh
	@scripts/check.sh

generate: ## Write the generated files anew: embedded texts, schemas, reference pages
	@scripts/embed.sh
	$(SWIFT) build --product rung
	.build/debug/rung generate --root .

format: ## Format the Swift sources in place
	$(SWIFT) format format --in-place --recursive --parallel Sources Tests Benchmarks/Benchmarks Package.swift

bench: ## Measure speed and memory against the budgets; slow, needs nothing but time
	@scripts/system-libraries.sh
	@scripts/bench.sh

clean: ## Remove what was built
	$(SWIFT) package clean
