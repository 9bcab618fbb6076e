#!/usr/bin/env bash
# Measures every kernel by itself; see it with `make bench`. Arguments are passed on: `bench.sh --filter 'decode.*'`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# Package.swift offers the benchmarks only so. They reach what modules keep to themselves, and so are built apart.
export RECSYS_BENCHMARKS=1
exec swift package --scratch-path .build-benchmarks -Xswiftc -enable-testing benchmark --grouping metric \
    --no-progress "$@"
