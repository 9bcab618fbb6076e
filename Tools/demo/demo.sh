#!/usr/bin/env bash
# Builds the programs and runs the whole job on the sample data without any configuration; see it with `make demo`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly out=demo-out
readonly programs=.build/release
readonly key=(--tenant demo --surface home)

step() { printf '\n== %s\n' "$*"; }

# Prints a command as one would type it, then runs it.
show() {
    printf '$ %s\n' "$*"
    "$@"
}

build() {
    if [[ -x $programs/recsys-pipelines ]]; then
        step "Building what changed"
    else
        step "Building recsys-pipelines; the first time this takes some minutes, later seconds"
    fi
    local log
    log=$(mktemp)
    for product in recsys-pipelines recsys-dump; do
        if ! Tools/setup/build.sh --product "$product" >"$log" 2>&1; then
            cat "$log" >&2
            rm -f "$log"
            echo "demo: the build failed" >&2
            exit 1
        fi
    done
    rm -f "$log"
}

# One line for every folder below $out that holds files: how many, and their bytes.
list_folders() {
    find "$out" -type f -exec wc -c {} + | awk '
        $2 == "total" { next }
        { folder = $2; sub(/\/[^\/]*$/, "", folder); bytes[folder] += $1; files[folder] += 1 }
        END { for (folder in files) printf "%10d bytes %4d files  %s\n", bytes[folder], files[folder], folder }
    ' | LC_ALL=C sort -k 5
}

run_job() {
    step "Seven days of events: ingest, validate, compute, publish"
    rm -rf "$out"
    show "$programs/recsys-pipelines" run "${key[@]}" --start 2026-01-01 --end 2026-01-07 \
        --input Fixtures/demo/exposure.jsonl --out-dir "$out"
}

show_results() {
    step "What was made"
    list_folders
    step "What is current: $out/registry/current/demo/home/manifest.json"
    cat "$out/registry/current/demo/home/manifest.json"
}

suggest_next() {
    step "Try next"
    cat <<END
$programs/recsys-dump $(find "$out/canonical" -name '*.rspart' | LC_ALL=C sort | tail -1)
$programs/recsys-pipelines export popularity ${key[*]} --out-dir $out
$programs/recsys-pipelines rollback ${key[*]} --out-dir $out
END
}

Tools/setup/install-packages.sh
build
run_job
show_results
suggest_next
