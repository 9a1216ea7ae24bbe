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

# How many tests run at a time: servers that all start at once leave two cores no time for anything else, and most of
# these tests mostly wait.
FEW_AT_A_TIME := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH
# moto has a folder of its own.
RUN_TESTS = PATH="$$PATH:$$(.ci/moto 2>/dev/null || true)" swift test $(TEST_FLAGS) --skip-build
# What starts a server for nearly every test.
ON_SERVERS := '^(hostcachedTests|MatrixTests)\.'

.PHONY: build demo test test-all test-servers fresh soak locks sweep test-matrix bench docs lint rules alerts tsan asan release linkage unit \
	deb package service ci clean

build:
	swift build $(SWIFT_FLAGS)

## demo: the main job on a throw-away server, with health checks, shown step by step
demo:
	.ci/install build test
	swift build $(SWIFT_FLAGS) --product Demo
	.build/debug/Demo

## test: unit tests, and every behaviour once on one real server of each flavour
test:
	.ci/install build test
	.ci/server-roots mysql-sid || [ $$? -eq 75 ]
	.ci/moto >/dev/null || [ $$? -eq 75 ]
	.ci/mariadb-plugins >/dev/null || [ $$? -eq 75 ]
	swift build $(TEST_FLAGS) --build-tests
	HOSTCACHED_TESTS=quick $(FEW_AT_A_TIME)=12 $(RUN_TESTS)

## test-all: all tests, on every server of the matrix and with minutes of load, then package and service
test-all: test-servers
	$(MAKE) package service

test-servers:
	.ci/install build test
	.ci/server-roots || [ $$? -eq 75 ]
	.ci/moto >/dev/null || [ $$? -eq 75 ]
	.ci/mariadb-plugins >/dev/null || [ $$? -eq 75 ]
	swift build $(TEST_FLAGS) --build-tests
	$(RUN_TESTS) --skip $(ON_SERVERS)
	$(RUN_TESTS) --filter '^MatrixTests\.'
	$(FEW_AT_A_TIME)=8 $(RUN_TESTS) --filter '^hostcachedTests\.'

## fresh: demo and test, or TARGETS, in clean roots of Debian 12, Debian 13 and Ubuntu, or those that FRESH names
TARGETS ?= demo test
fresh:
	.ci/install test
	.ci/fresh $(TARGETS)

## soak: the suites that load a server for a minute, for MINUTES, side by side; prints what came of it
MINUTES ?= 15
soak:
	.ci/install build test
	.ci/server-roots || [ $$? -eq 75 ]
	swift build $(TEST_FLAGS) --build-tests
	HOSTCACHED_SOAK_MINUTES=$(MINUTES) $(RUN_TESTS) --filter '^hostcachedTests\.(FlushTests|BlindTests|KeepAliveTests)/'

## locks: others' locks at a MySQL, held for MINUTES each (5 is what the daemon is measured by), with what they cost
locks:
	.ci/install build test
	.ci/server-roots || [ $$? -eq 75 ]
	swift build $(TEST_FLAGS) --build-tests
	HOSTCACHED_LOCK_MINUTES=$(MINUTES) $(RUN_TESTS) --filter '^hostcachedTests\.LockTests/'

## sweep: every global variable of every server of the matrix, set to extremes; a line for each that makes a
## difference, and a failure where docs/sweep.md does not have it
sweep:
	.ci/install build test
	.ci/server-roots || [ $$? -eq 75 ]
	swift build $(SWIFT_FLAGS) --product Sweep
	.build/debug/Sweep

## test-matrix: what the project builds on, asked of MariaDB 10.5, the distribution's, 11.8 and MySQL of sid; a
## line for each server and case
test-matrix:
	.ci/install build test
	.ci/server-roots || [ $$? -eq 75 ]
	swift build $(TEST_FLAGS) --build-tests
	$(RUN_TESTS) --filter '^MatrixTests\.'

## bench: processor time and memory of a look at a full host cache, beside the mariadb client reading it
bench:
	.ci/install build test
	swift build $(SWIFT_FLAGS) --configuration release --product Bench --static-swift-stdlib
	.build/release/Bench

## docs: writes what the documents take from the code anew: the table of metrics
docs:
	swift build $(TEST_FLAGS) --build-tests
	WRITE_GOLDEN=1 $(RUN_TESTS) --filter '^DaemonTests\.MetricsReferenceTests/'

## lint: the format, no import in the pure core, and no warning in a build of everything. Warnings are errors with
## HOSTCACHED_WARNINGS=errors alone, so that a compiler or library of tomorrow stops nobody who builds today: set it
## where you develop, or each change between the two builds everything anew
lint:
	swift format lint --strict --parallel --recursive Package.swift Sources Tests
	! grep -rnE '^(package |public |internal )?import' Sources/HostCacheCore Sources/PrometheusText Sources/Secrets
	.ci/install build
	HOSTCACHED_WARNINGS=errors swift build $(TEST_FLAGS) --build-tests

## rules: the Prometheus rules and the dashboard, tested, and with the documents held to the daemon's metrics
rules:
	.ci/install test
	.ci/rules

## alerts: a real server driven to the block and back, with a real Prometheus that alerts
alerts:
	.ci/install build test ci
	swift build $(SWIFT_FLAGS) --product hostcached
	.ci/alerts

## tsan, asan: the tests under the thread and the address sanitizer; the latter finds leaks too
# clang comes with the toolchain, and need not be on the path.
tsan:
	mkdir -p .build-tsan
	PATH="$$PATH:$$(dirname "$$(realpath "$$(command -v swift)")")" \
		clang -Wall -Werror -fPIC -c .ci/tsan-mutex.c -o .build-tsan/mutex.o
	swift test $(TEST_FLAGS) -Xlinker $(CURDIR)/.build-tsan/mutex.o --sanitize=thread --scratch-path .build-tsan $(SANITIZED)

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

## deb: the Debian package, in .build-deb
deb: release
	.ci/install package
	packaging/build

## package: what installing, upgrading, removing and purging it do in a clean Debian 12
package: deb
	.ci/install ci
	.ci/package || [ $$? -eq 75 ]

## service: the package as a service under a real systemd, with real servers
service: deb
	.ci/install test ci
	.ci/service || [ $$? -eq 75 ]

ci:
	.ci/run

clean:
	rm -rf .build .build-asan .build-tsan .build-deb
