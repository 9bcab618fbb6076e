#!/usr/bin/env bash
# Packs the programs that `make build` made, with manual pages and completions, the license, the changelog and the
# documentation into
# dist/recsys-pipelines-<version>-<os>-<arch>.tar.gz, with its SHA-256 beside it. The same programs and the same commit
# give the same bytes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly programs=${1:-.build/release}
readonly folder=${2:-dist}
readonly program_names=(recsys-pipelines recsys-dump recsys-generate)

say() { printf '%s\n' "$*" >&2; }

# The shared libraries that the programs take from the system, one a line; nothing where there is no ldd.
shared_libraries() {
    command -v ldd >/dev/null 2>&1 || return 0
    # It fails on a program that needs none.
    { ldd "${program_names[@]/#/$programs/}" 2>/dev/null || true; } | awk '$2 == "=>" { print $1 }' | sort -u
}

# --sort and --mtime are GNU tar's.
if ! tar --version 2>/dev/null | grep -q 'GNU tar'; then
    say "The archive needs GNU tar as tar (Homebrew: brew install gnu-tar, and its gnubin folder on the PATH)."
    exit 1
fi
for name in "${program_names[@]}"; do
    [[ -x $programs/$name ]] || { say "$programs/$name is not there: build it first, with make build"; exit 1; }
done
libraries=$(shared_libraries)
if grep -qE '^lib(swift|Foundation|dispatch|BlocksRuntime)' <<<"$libraries"; then
    say "$programs has programs that need a Swift toolchain to run: build them with Tools/setup/build.sh"
    exit 1
fi

version=$("$programs/recsys-pipelines" --version)
name=recsys-pipelines-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
time=$(git log -1 --format=%ct)
staging=$(mktemp -d)
readonly version name time staging
trap 'rm -rf "$staging"' EXIT

install -d "$staging/$name/bin" "$folder"
install -m 755 "${program_names[@]/#/$programs/}" "$staging/$name/bin"
Tools/setup/shell-files.sh "$staging/$name" "$programs"
# Of the documentation what is committed, without what editors and systems leave beside it.
git ls-files -z LICENSE CHANGELOG.md README.md docs | tar --create --null --files-from=- |
    tar --extract --directory "$staging/$name"

tar --create --directory "$staging" --format=ustar --sort=name --mtime="@$time" --owner=0 --group=0 --numeric-owner \
    --mode='u=rwX,go=rX' "$name" | gzip -9 -n >"$folder/$name.tar.gz"
if command -v sha256sum >/dev/null 2>&1; then sum=(sha256sum); else sum=(shasum -a 256); fi
(cd "$folder" && "${sum[@]}" "$name.tar.gz" >"$name.tar.gz.sha256")

echo "$folder/$name.tar.gz"
echo "$folder/$name.tar.gz.sha256"
[[ -z $libraries ]] || say "The programs need of the system: $(paste -sd ' ' <<<"$libraries")"
