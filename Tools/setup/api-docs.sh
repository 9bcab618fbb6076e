#!/usr/bin/env bash
# Makes the documentation of the Swift library as a folder of pages for a web server, in FOLDER (api-docs). What the
# comments name must exist.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly folder=${1:-api-docs}
mkdir -p "$folder"
RECSYS_DOCUMENTATION=1 swift package --scratch-path .build-docs --allow-writing-to-directory "$folder" \
    generate-documentation --target Artifacts --warnings-as-errors --transform-for-static-hosting \
    --output-path "$folder"
