#!/usr/bin/env bash
# The checks of crashes and races at full length, some minutes each; see it with `make torture`. Goes on after a
# finding, and fails at the end if there was one. `make test` has the short forms.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly python=.build-python/bin/python
readonly programs=.build/release

log=$(mktemp)
readonly log
trap 'rm -f "$log"' EXIT

failed=
counts=

# part NAME COMMAND...: runs the command and shows what it said, without the tests that merely started or passed. The
# last line goes into the counts at the end.
part() {
    local name=$1 started=$SECONDS
    shift
    printf '== %s\n' "$name"
    "$@" >"$log" 2>&1 || failed="$failed, $name"
    grep -v -e '^◇' -e '^✔' "$log" || true
    counts+=$(printf '%s (%d s)\n  %s' "$name" "$((SECONDS - started))" "$(tail -n 1 "$log")")$'\n'
}

Tools/setup/python-environment.sh
Tools/setup/build.sh

part "kills of ingests" "$python" Tools/torture/kill_ingests.py --binary "$programs" --rounds 200
part "kills of publishers" "$python" Tools/torture/kill_publishers.py --binary "$programs" --kills 1000
part "races of publishers" "$python" Tools/torture/race_publishers.py --binary "$programs" --rounds 100
RECSYS_TORTURE=1 part "crashes, faults and garbage in the model" swift test -c release -Xswiftc -enable-testing \
    --scratch-path .build-torture --filter 'GarbageModelTests|CrashConsistencyTests|FaultTests'

printf '== counts\n%s' "$counts"
[[ -z $failed ]] || { printf 'findings in: %s\n' "${failed#, }" >&2; exit 1; }
