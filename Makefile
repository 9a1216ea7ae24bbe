# Everything a person or CI runs is a target here.
SHELL := /bin/bash
.DEFAULT_GOAL := build

# Changing a flag rebuilds every dependency, so all targets share these.
SWIFT_FLAGS := --explicit-target-dependency-import-check error -Xswiftc -require-explicit-sendable
TEST_FLAGS := $(SWIFT_FLAGS) --disable-xctest

.PHONY: build lint test
build:
	swift build $(SWIFT_FLAGS)

lint:
	swift format lint --strict --parallel --recursive Package.swift Sources Tests
	! grep -rnE '^(package |public |internal )?import' Sources/HostCacheCore

test:
	swift test $(TEST_FLAGS)
