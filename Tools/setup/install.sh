#!/usr/bin/env bash
# Copies the programs that `make build` made to PREFIX/bin, and their manual pages and shell completions to
# PREFIX/share. DESTDIR, if set, stands before PREFIX.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly prefix=${1:?usage: install.sh PREFIX}
readonly root="${DESTDIR:-}$prefix"
readonly folder="$root/bin"

install -d "$folder"
for program in recsys-pipelines recsys-dump recsys-generate; do
    install -m 755 ".build/release/$program" "$folder/$program"
    echo "$folder/$program"
done
Tools/setup/shell-files.sh "$root"
echo "$root/share: manual pages, completions for bash, zsh and fish"
