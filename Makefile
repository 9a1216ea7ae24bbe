# Everything a person or CI runs is a target here. `make demo` and `make test` install what is missing.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := build

# Changing a flag rebuilds every dependency, so all targets share these.
SWIFT_FLAGS := --explicit-target-dependency-import-check error -Xswiftc -require-explicit-sendable
TEST_FLAGS := $(SWIFT_FLAGS) --disable-xctest
RELEASE_FLAGS := $(SWIFT_FLAGS) --configuration release --product hostcached --static-swift-stdlib
# Suites that let real time pass run once, in `make test`; so do those of the stand-ins themselves, those that
# ask servers rather than this code, and the simulations of the pure core, which shares nothing and owns no memory.
SANITIZED := --skip '^(hostcachedTests|MatrixTests|TestSupportTests)\.' --skip ControllerSimulationTests

.PHONY: build demo test test-matrix bench lint tsan asan release linkage unit ci clean

build:
	swift build $(SWIFT_FLAGS)

## demo: the main job on a throw-away server, with health checks, shown step by step
demo:
	.ci/install build test
	swift build $(SWIFT_FLAGS) --product Demo
	.build/debug/Demo

## test: all tests, on real servers; those that let real time pass by themselves at the end
test:
	.ci/install build test
	.ci/server-roots || [ $$? -eq 75 ]
	swift build $(TEST_FLAGS) --build-tests
	moto=$$(.ci/moto) || [ $$? -eq 75 ]; PATH="$$PATH:$$moto"; export PATH; \
	  swift test $(TEST_FLAGS) --skip-build --skip '^hostcachedTests\.' && \
	  swift test $(TEST_FLAGS) --skip-build --filter '^hostcachedTests\.'

## test-matrix: what the project builds on, asked of MariaDB 10.5, the distribution's, 11.8 and MySQL of sid; a
## line for each server and case
test-matrix:
	.ci/install build test
	.ci/server-roots || [ $$? -eq 75 ]
	swift build $(TEST_FLAGS) --build-tests
	swift test $(TEST_FLAGS) --skip-build --filter '^MatrixTests\.'

## bench: processor time and memory of a look at a full host cache, beside the mariadb client reading it
bench:
	.ci/install build test
	swift build $(SWIFT_FLAGS) --configuration release --product Bench --static-swift-stdlib
	.build/release/Bench

lint:
	swift format lint --strict --parallel --recursive Package.swift Sources Tests
	! grep -rnE '^(package |public |internal )?import' Sources/HostCacheCore Sources/PrometheusText Sources/Secrets

## tsan, asan: the tests under the thread and the address sanitizer; the latter finds leaks too
tsan:
	TSAN_OPTIONS="suppressions=$(CURDIR)/.ci/tsan.supp" swift test $(TEST_FLAGS) --sanitize=thread --scratch-path .build-tsan $(SANITIZED)

asan:
	swift test $(TEST_FLAGS) --sanitize=address --scratch-path .build-asan $(SANITIZED)

## release: the program to install, as .build/release/hostcached
release:
	.ci/install build
	swift build $(RELEASE_FLAGS)
	strip .build/release/hostcached

## linkage: the dynamic build never links full Foundation, the static one stays small
linkage:
	.ci/linkage

## unit: the service unit is valid, and as closed as it claims
unit:
	.ci/unit

ci:
	.ci/run

clean:
	rm -rf .build .build-asan .build-tsan
