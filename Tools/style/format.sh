#!/usr/bin/env bash
# Lays out the Swift sources as .swift-format says.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

exec swift format --in-place --recursive --parallel Package.swift Sources Tests Tools Benchmarks
