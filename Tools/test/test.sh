#!/usr/bin/env bash
# Everything that must hold, in the order of its cost; see it with `make test`. The first failure stops it.
# A step's output is shown when it fails, and all along with VERBOSE=1. With RECSYS_DATA_DIR set to a folder of real
# data sets, it is run on these too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly python=.build-python/bin/python
readonly programs=.build/release

log=$(mktemp)
scratch=$(mktemp -d)
readonly log scratch
trap 'rm -rf "$log" "$scratch"' EXIT

# step [--tail LINES] NAME COMMAND...: runs the command, with one line before and one after.
step() {
    local shown_lines=0
    if [[ $1 == --tail ]]; then
        shown_lines=$2
        shift 2
    fi
    local name=$1 started=$SECONDS
    shift
    printf '== %s\n' "$name"
    if run_logged "$@"; then
        [[ $shown_lines -eq 0 || ${VERBOSE:-0} != 0 ]] || tail -n "$shown_lines" "$log"
        printf '   ok, %d s\n' "$((SECONDS - started))"
    else
        local status=$?
        # Without what swift test says of tests that merely started or passed.
        [[ ${VERBOSE:-0} != 0 ]] || grep -v -e '^◇' -e '^✔' "$log" || true
        printf '   FAILED after %d s: %s (exit %d)\n' "$((SECONDS - started))" "$name" "$status" >&2
        exit 1
    fi
}

run_logged() {
    if [[ ${VERBOSE:-0} != 0 ]]; then
        "$@" 2>&1 | tee "$log"
    else
        "$@" >"$log" 2>&1
    fi
}

# The unit tests that stand beside the Python tools.
python_tests() {
    local folder
    while IFS= read -r folder; do
        "$python" -m unittest discover --start-directory "$folder" --pattern 'test_*.py' || return 1
    done < <(find Tools -name 'test_*.py' -exec dirname {} + | sort -u)
}

# The reader in Tools/python promises its types to those who import it.
python_reader() (
    cd Tools/python && ../../.build-python/bin/ruff format --check . && ../../.build-python/bin/ruff check . &&
        ../../.build-python/bin/mypy
)

cli_reference() {
    "$python" Tools/docs-check/cli_reference.py --binary "$programs"
}

# What `make install` copies: programs that run, manual pages, completions that shells understand.
installation() {
    local root=$scratch/installed program
    Tools/setup/install.sh "$root" || return 1
    for program in recsys-pipelines recsys-dump recsys-generate; do
        "$root/bin/$program" --version >/dev/null && bash -n "$root/share/bash-completion/completions/$program" &&
            [[ -s $root/share/man/man1/$program.1 && -s $root/share/zsh/site-functions/_$program ]] &&
            [[ -s $root/share/fish/vendor_completions.d/$program.fish ]] || return 1
    done
}

differential() {
    "$python" Tools/differential/differential.py --binary "$programs" --input Fixtures/demo/exposure.jsonl \
        --tenant demo --surface home --start 2026-01-01 --end 2026-01-07
}

# scores OPTIONS...: of the events that the options name.
scores() {
    "$python" Tools/differential/check_scores.py --binary "$programs" "$@"
}

determinism() {
    "$python" Tools/determinism/check_determinism.py --binary "$programs" "$@"
}

kill_ingests() {
    "$python" Tools/torture/kill_ingests.py --binary "$programs" --rounds 5
}

kill_publishers() {
    "$python" Tools/torture/kill_publishers.py --binary "$programs" --kills 40
}

race_publishers() {
    "$python" Tools/torture/race_publishers.py --binary "$programs" --rounds 8
}

thirty_nights() {
    "$python" Tools/simulation/thirty_nights.py --binary "$programs"
}

reference_digests() {
    "$python" Tools/reference/check_digests.py --binary "$programs" --data "$RECSYS_DATA_DIR"
}

# Unpacks a year of real events, which the steps below read.
unpack_year() {
    zstd -d -q -f "$RECSYS_DATA_DIR/completejourney.exposure.jsonl.zst" -o "$scratch/year.jsonl"
}

differential_of_a_year() {
    "$python" Tools/differential/differential.py --binary "$programs" --input "$scratch/year.jsonl" \
        --tenant completejourney --surface home --start 2017-01-01 --end 2017-12-31
}

on_real_data() {
    if [[ -z ${RECSYS_DATA_DIR:-} ]]; then
        printf '== real data: skipped, RECSYS_DATA_DIR is not set\n'
        return
    fi
    step --tail 1 "the same bytes run after run, on a year of real data" determinism --data "$RECSYS_DATA_DIR"
    step --tail 2 "the digests of the system before this one" reference_digests
    unpack_year
    step --tail 5 "the same results as DuckDB on a year of real data" differential_of_a_year
    step --tail 16 "the same scores as scipy on a month of real data" scores --input "$scratch/year.jsonl" \
        --tenant completejourney --surface home --start 2017-01-01 --end 2017-01-31
}

step "system packages" Tools/setup/install-packages.sh
step "Python environment" Tools/setup/python-environment.sh
step "layout of the sources" Tools/style/lint.sh
step "style and types of the Python reader" python_reader
step --tail 1 "release build" Tools/setup/build.sh
step --tail 3 "Swift tests" swift test
step "tests of the Python tools" python_tests
step --tail 12 "commands and links in the documentation" "$python" Tools/docs-check/check_docs.py --binary "$programs"
step --tail 1 "examples of schedules" "$python" Tools/examples-check/check_examples.py --binary "$programs"
step --tail 1 "reference of the command line" cli_reference
step --tail 1 "installation" installation
step "documentation of the Swift library" Tools/setup/api-docs.sh "$scratch/api-docs"
step --tail 3 "the same results as DuckDB on the sample data" differential
step --tail 16 "the same scores as scipy on the sample data" scores --input Fixtures/demo/exposure.jsonl \
    --tenant demo --surface home --start 2026-01-01 --end 2026-01-07
step --tail 1 "the same bytes run after run, on the sample data" determinism
step --tail 1 "partitions old or new, and nothing left behind, after kills at random moments" kill_ingests
step --tail 1 "manifests old or new, and all they name there, after kills at random moments" kill_publishers
step --tail 1 "no change lost when many publish at once" race_publishers
step --tail 1 "thirty nights of three tenants, with what goes wrong" thirty_nights
on_real_data
printf 'All tests passed in %d s.\n' "$SECONDS"
