#!/usr/bin/env bash
# Fuzzes every reader for some seconds, one after the other: fuzz-all.sh SECONDS; see it with `make fuzz`. Goes on after
# a finding, and fails at the end if there was one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly seconds=${1:?usage: fuzz-all.sh SECONDS}
log=$(mktemp)
readonly log
trap 'rm -f "$log"' EXIT

failed=
while IFS= read -r target; do
    printf '== %s\n' "$target"
    if Tools/fuzz/fuzz.sh "$target" "$seconds" >"$log" 2>&1; then
        tail -n 1 "$log"
    else
        cat "$log" >&2
        failed="$failed $target"
    fi
done < <(Tools/fuzz/fuzz.sh --list)
[[ -z $failed ]] || { printf 'findings, or no fuzzer:%s\n' "$failed" >&2; exit 1; }
