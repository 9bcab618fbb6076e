#!/usr/bin/env bash
# Looks for chunks of lines that the decoder of events gets wrong: fuzz.sh SECONDS [OPTIONS OF LIBFUZZER].
#
# Begins with the chunks in Fixtures/fuzz and with what earlier runs have found worth keeping. A finding ends the run
# with a message that names its file; make it small and put it into Fixtures/fuzz, where the tests replay it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if [[ $# -lt 1 ]]; then
    printf 'usage: %s SECONDS [OPTIONS OF LIBFUZZER]\n' "$0" >&2
    exit 2
fi
readonly seconds=$1
shift

readonly folder=.build/fuzz
readonly sources=Sources/CSimdjson
mkdir -p "$folder/corpus" "$folder/findings"
# libFuzzer comes with clang, also with the one of the Swift toolchain.
"${CXX:-clang++}" -std=c++17 -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer,address,undefined \
    -fno-sanitize-recover=undefined -Wall -Wextra -I "$sources/include" -I "$sources" \
    Tools/fuzz/*.cpp "$sources"/*.cpp -lsimdjson -o "$folder/decoder_fuzzer"

exec "$folder/decoder_fuzzer" -max_total_time="$seconds" -timeout=10 -max_len=4096 -print_final_stats=1 \
    -dict=Tools/fuzz/event.dict -artifact_prefix="$folder/findings/" "$@" "$folder/corpus" Fixtures/fuzz
