#!/usr/bin/env bash
# Builds every product for release, in .build/release.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if ! command -v swift >/dev/null 2>&1; then
    echo "swift is not on the PATH: install Swift 6.3 or later from https://www.swift.org/install" >&2
    exit 1
fi

# Apple's systems have Swift's libraries. Elsewhere they go into the programs, which so start faster and run where no
# toolchain is.
if [[ $(uname) == Darwin ]]; then
    exec swift build -c release "$@"
fi
exec swift build -c release --static-swift-stdlib "$@"
