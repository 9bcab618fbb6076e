#!/usr/bin/env bash
# Checks the layout of the Swift sources and the syntax of the scripts. The rules beyond layout are in Tests/StyleTests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

swift format lint --strict --recursive --parallel Package.swift Sources Tests Tools Benchmarks

while IFS= read -r script; do bash -n "$script"; done < <(find Tools .ci -name '*.sh' -o -path .ci/run)
