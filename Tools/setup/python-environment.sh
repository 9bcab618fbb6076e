#!/usr/bin/env bash
# Makes .build-python, the Python environment of `make test`, from Tools/requirements.txt, with the reader in
# Tools/python as it stands there. Quick when it is up to date.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly environment=.build-python
readonly requirements=Tools/requirements.txt
readonly reader=Tools/python/pyproject.toml
readonly stamp=$environment/installed-requirements.txt

say() { printf '%s\n' "$*" >&2; }

# The stamp is a copy of the requirements, and of what the reader says of itself, as they were installed.
if cmp -s <(cat "$requirements" "$reader") "$stamp" && [[ -x $environment/bin/python ]]; then exit 0; fi

rm -rf "$environment"
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "The tests need Python 3.11 or later as python3; found: $(python3 --version 2>&1 || echo none)"
    exit 1
fi
python3 -m venv "$environment" || {
    say "python3 cannot make a virtual environment (on Debian: apt-get install python3-venv)."
    exit 1
}
if ! output=$("$environment/bin/python" -m pip install --disable-pip-version-check --quiet \
    --requirement "$requirements" 2>&1); then
    say "$output"
    # pip finds no version at all of a package where the index does not answer.
    if grep -qE 'from versions: none|Could not fetch URL|NewConnectionError|timed out|ProxyError' <<<"$output"; then
        say "pip cannot reach a package index. Connect this machine to one, or name a mirror in PIP_INDEX_URL."
    else
        say "pip could not install $requirements; its message stands above."
    fi
    exit 1
fi
cat "$requirements" "$reader" >"$stamp"
