#!/usr/bin/env bash
# Makes the manual pages and the shell completions of the programs that `make build` made, in FOLDER/share, where
# systems look for them. The programs themselves say what they understand; swift-argument-parser writes it down.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly share=${1:?usage: shell-files.sh FOLDER [PROGRAMS]}/share
readonly programs=${2:-.build/release}
readonly parser=.build/checkouts/swift-argument-parser
readonly scratch=.build-manual

if ! output=$(swift build --package-path "$parser" --scratch-path "$scratch" --product generate-manual 2>&1); then
    printf '%s\n' "$output" >&2
    exit 1
fi
# Of the commit, so that the same commit gives the same pages; sources without commits are those of today.
date=$(git log -1 --format=%cs 2>/dev/null || date -u +%F)

install -d "$share"/{man/man1,bash-completion/completions,zsh/site-functions,fish/vendor_completions.d}
for program in recsys-pipelines recsys-dump recsys-generate; do
    "$scratch/debug/generate-manual" "$programs/$program" --multi-page --date "$date" \
        --output-directory "$share/man/man1"
    completion() { "$programs/$program" --generate-completion-script "$1"; }
    completion bash >"$share/bash-completion/completions/$program"
    completion zsh >"$share/zsh/site-functions/_$program"
    completion fish >"$share/fish/vendor_completions.d/$program.fish"
done
