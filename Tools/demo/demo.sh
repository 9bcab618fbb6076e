#!/usr/bin/env bash
# Builds the programs and runs the whole job on the sample data without any configuration; see it with `make demo`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly out=demo-out
readonly again=$out/again
readonly programs=.build/release
readonly events=Fixtures/demo/exposure.jsonl
readonly key=(--tenant demo --surface home)
readonly job=(run "${key[@]}" --start 2026-01-01 --end 2026-01-07 --input "$events")
readonly manifest=$out/registry/current/demo/home/manifest.json

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
    for product in recsys-pipelines recsys-dump; do
        build_product "$product" || {
            echo "demo: the build failed" >&2
            exit 1
        }
    done
}

# On a terminal with the progress of the build, else in silence unless it fails.
build_product() {
    local log status=0
    if [[ -t 1 ]]; then
        Tools/setup/build.sh --product "$1"
        return
    fi
    log=$(mktemp)
    Tools/setup/build.sh --product "$1" >"$log" 2>&1 || {
        status=$?
        cat "$log" >&2
    }
    rm -f "$log"
    return "$status"
}

run_job() {
    step "A week of exposure events, $(wc -l <"$events") lines of JSON: ingest, compute, publish"
    printf '  %s\n' "$(head -n 1 "$events")"
    rm -rf "$out"
    show "$programs/recsys-pipelines" "${job[@]}" --out-dir "$out"
}

# size_of PATTERN: how many files below $out/ match, and their bytes.
size_of() {
    find "$out" -path "$out/$1" -type f -exec cat {} + | wc -c
}

# row FOLDER TEXT: what is in a folder below $out.
row() {
    local count noun=files
    count=$(find "$out/$1" -type f | wc -l)
    [[ $count -ne 1 ]] || noun="file "
    printf '  %-34s %3d %s %8d bytes  %s\n' "$1" "$count" "$noun" "$(size_of "$1/*")" "$2"
}

list_results() {
    step "What was made, in $out (the events were $(wc -c <"$events") bytes)"
    row canonical/demo/home/exposures "partitions: the events of a day, in columns"
    row objectstore/demo/home/popularity "artifacts: the most shown items"
    row objectstore/demo/home/cooc "           items shown in the same sessions"
    row objectstore/demo/home/implicit "           the items of each user"
    row objectstore/demo/home/session_seq "           what users went on to see"
    row registry/records/demo/home "what made each artifact"
    row registry/history/demo/home "what was current, and since when"
    row registry/current/demo/home "what is current: the manifest"
    row ledger/demo/home "where the partitions came from"
}

# current KIND: the artifact file that the manifest names.
current() {
    sed -n "s|^ *\"$1\": \"file://\(.*\)\",*$|\1|p" "$manifest"
}

look_inside() {
    local cooc
    cooc=$(current cooc)
    cooc=$out${cooc#*"/$out"}
    step "What is current: a service reads this file, and opens the artifacts that it names"
    show cat "$manifest"
    step "Inside an artifact"
    show "$programs/recsys-dump" "$cooc"
    printf '$ %s\n' "$programs/recsys-dump rows $cooc | head -n 3 | cut -c 1-110"
    "$programs/recsys-dump" rows "$cooc" | head -n 3 | cut -c 1-110
}

run_again() {
    step "The same job with one thread: the same bytes"
    show "$programs/recsys-pipelines" "${job[@]}" --out-dir "$again" --threads 1 --quiet
    for folder in canonical objectstore; do show diff -r "$out/$folder" "$again/$folder"; done
    rm -rf "$again"
    echo "no difference"
}

suggest_next() {
    step "Try next"
    cat <<END
$programs/recsys-dump rows $out/canonical/demo/home/exposures/2026-01-07.rspart
$programs/recsys-pipelines export popularity ${key[*]} --out-dir $out
$programs/recsys-pipelines rollback ${key[*]} --out-dir $out --reason "trying it out"
$programs/recsys-pipelines versions ${key[*]} --out-dir $out

README.md says what is promised; docs/README.md lists the documentation.
END
}

Tools/setup/install-packages.sh
build
run_job
list_results
look_inside
run_again
suggest_next
