#!/usr/bin/env bash
# Feeds a reader with inputs that nobody would think of: fuzz.sh TARGET SECONDS [OPTIONS OF LIBFUZZER] [INPUT].
# README.md beside this file says what there is.
#
# Begins with what is in Fixtures/fuzz and with what earlier runs have found worth keeping. A finding ends the run with
# a message that names its file; make it small and put it into Fixtures/fuzz, where the tests replay it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

targets="partition window artifact json-v1 manifest record history note ledger checkpoint configuration"
targets="$targets catalog-csv catalog-jsonl events"
readonly targets
if [[ ${1:-} == --list ]]; then
    tr ' ' '\n' <<<"$targets"
    exit
fi
if [[ $# -lt 2 || " $targets " != *" $1 "* ]]; then
    printf 'usage: %s TARGET SECONDS [OPTIONS OF LIBFUZZER] [INPUT]\ntargets: %s\n' "$0" "$targets" >&2
    exit 2
fi
readonly target=$1 seconds=$2
shift 2

readonly build=.build-fuzz
readonly folder=$build/$target
mkdir -p "$folder/corpus" "$folder/findings"

# The decoder of events is in C++, and so is what feeds it. libFuzzer comes with clang, also with Swift's.
build_decoder_fuzzer() {
    local sources=Sources/CSimdjson
    program=$build/decoder_fuzzer
    "${CXX:-clang++}" -std=c++17 -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer,address,undefined \
        -fno-sanitize-recover=undefined -Wall -Wextra -I "$sources/include" -I "$sources" \
        Tools/fuzz/Events/*.cpp "$sources"/*.cpp -lsimdjson -o "$program"
}

# The driver of Swift would link libFuzzer with a main function of its own, which packages have no room for. So the
# compiler alone is told to count what is reached, and libFuzzer is linked as the library that it also is.
build_reader_fuzzer() {
    local libraries
    libraries=$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')/clang/lib/linux
    export RECSYS_FUZZING=1
    swift build -c release --scratch-path "$build" --product recsys-fuzz \
        -Xswiftc -sanitize=address -Xswiftc -Xfrontend -Xswiftc -sanitize=fuzzer,address \
        -Xcxx -fsanitize=fuzzer-no-link,address \
        -Xlinker "$libraries/libclang_rt.fuzzer_no_main-$(uname -m).a" -Xlinker -lstdc++
    program=$build/release/recsys-fuzz
}

fixtures=$target
options=(-max_total_time="$seconds" -timeout=10 -max_len=4096 -rss_limit_mb=512 -malloc_limit_mb=160)
case $target in
    window) fixtures=partition ;;
    partition | artifact) ;;
    catalog-*) options+=(-dict=Tools/fuzz/Dictionaries/catalog.dict) ;;
    events) options+=(-dict=Tools/fuzz/Dictionaries/event.dict) ;;
    *) options+=(-dict=Tools/fuzz/Dictionaries/json.dict) ;;
esac
if [[ $target == events ]]; then build_decoder_fuzzer; else build_reader_fuzzer; fi

# What readers read are files, and in memory they are written fastest.
scratch=$(mktemp -d -p "$([[ -w /dev/shm ]] && echo /dev/shm || echo "${TMPDIR:-/tmp}")")
trap 'rm -rf "$scratch"' EXIT
export ASAN_OPTIONS=quarantine_size_mb=16
inputs=("$folder/corpus" "Fixtures/fuzz/$fixtures")
# The golden files have every encoding.
case $fixtures in
    partition) golden=rspart ;;
    artifact) golden=rsart ;;
    *) golden= ;;
esac
if [[ -n $golden ]]; then
    mkdir "$scratch/golden"
    cp Fixtures/golden/v*/*."$golden" "$scratch/golden"
    inputs+=("$scratch/golden")
fi
# A single input is judged, or made small.
for argument in "$@"; do [[ ! -f $argument ]] || inputs=(); done
TMPDIR=$scratch RECSYS_FUZZ_TARGET=$target SWIFT_BACKTRACE=enable=no "$program" "${options[@]}" \
    -artifact_prefix="$folder/findings/" "$@" "${inputs[@]}"
