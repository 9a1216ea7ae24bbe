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

# Those that wait for two seconds at most, so nothing else may run beside them; a minute's load each, mostly
# asleep; and two servers or two daemons each.
QUICK_SUITES := UnblockTests|IntervalTests
LOAD_SUITES := FlushTests|KeepAliveTests|ProgramTests|RestartTests|BinaryLogTests|MotoTests|ExposureTests
PAIR_SUITES := TakeoverTests|ReplicaTests
# moto has a folder of its own.
RUN_TESTS = PATH="$$PATH:$$(.ci/moto 2>/dev/null || true)" swift test $(TEST_FLAGS) --skip-build

.PHONY: build demo test soak test-matrix bench docs lint rules alerts tsan asan release linkage unit deb package service ci clean

build:
	swift build $(SWIFT_FLAGS)

## demo: the main job on a throw-away server, with health checks, shown step by step
demo:
	.ci/install build test
	swift build $(SWIFT_FLAGS) --product Demo
	.build/debug/Demo

## test: all tests, on real servers; those that let real time pass in a few groups at the end, since servers that
## start all at once leave two cores no time for the rest
test:
	.ci/install build test
	.ci/server-roots || [ $$? -eq 75 ]
	.ci/moto >/dev/null || [ $$? -eq 75 ]
	.ci/mariadb-plugins >/dev/null || [ $$? -eq 75 ]
	swift build $(TEST_FLAGS) --build-tests
	$(RUN_TESTS) --skip '^(hostcachedTests|MatrixTests)\.'
	$(RUN_TESTS) --filter '^MatrixTests\.'
	$(RUN_TESTS) --filter '^hostcachedTests\.($(QUICK_SUITES))/'
	$(RUN_TESTS) --filter '^hostcachedTests\.($(LOAD_SUITES))/'
	$(RUN_TESTS) --filter '^hostcachedTests\.($(PAIR_SUITES))/'
	$(RUN_TESTS) --filter '^hostcachedTests\.' --skip '^hostcachedTests\.($(QUICK_SUITES)|$(LOAD_SUITES)|$(PAIR_SUITES))/'

## soak: the suites that load a server for a minute, for MINUTES, side by side; prints what came of it
MINUTES ?= 15
soak:
	.ci/install build test
	.ci/server-roots || [ $$? -eq 75 ]
	swift build $(TEST_FLAGS) --build-tests
	HOSTCACHED_SOAK_MINUTES=$(MINUTES) $(RUN_TESTS) --filter '^hostcachedTests\.(FlushTests|BlindTests|KeepAliveTests)/'

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

lint:
	swift format lint --strict --parallel --recursive Package.swift Sources Tests
	! grep -rnE '^(package |public |internal )?import' Sources/HostCacheCore Sources/PrometheusText Sources/Secrets

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
	.ci/package

## service: the package as a service under a real systemd, with real servers
service: deb
	.ci/install test ci
	.ci/service

ci:
	.ci/run

clean:
	rm -rf .build .build-asan .build-tsan .build-deb
