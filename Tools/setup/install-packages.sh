#!/usr/bin/env bash
# Makes sure that the system packages which the build and the tests need are there. Says nothing when they are.
set -euo pipefail

# What Package.swift links (zstd, zlib, xxhash, simdjson, libcsv), how it finds them (pkg-config), the C++ standard
# library that the clang of Swift compiles against (it comes with g++), and what the scripts call.
readonly debian_packages=(
    libzstd-dev zlib1g-dev libxxhash-dev libsimdjson-dev libcsv-dev pkg-config g++ make zstd python3 python3-venv
)
readonly homebrew_packages=(zstd zlib xxhash simdjson libcsv pkgconf)
# libcsv has nothing for pkg-config; its header is looked for instead.
readonly libraries=(libzstd zlib libxxhash simdjson)

say() { printf '%s\n' "$*" >&2; }

have() { command -v "$1" >/dev/null 2>&1; }

# True if the compiler can find every library, whoever installed it.
libraries_are_present() {
    have pkg-config && pkg-config --exists "${libraries[@]}" &&
        clang -E -x c - <<<'#include <stdio.h>
#include <csv.h>' >/dev/null 2>&1
}

# The Debian packages of the list that are not installed, one a line.
missing_debian_packages() {
    local installed
    installed=" $(dpkg-query -W -f '${Package}=${db:Status-Status} ' "${debian_packages[@]}" 2>/dev/null || true)"
    for package in "${debian_packages[@]}"; do
        [[ $installed == *" $package=installed "* ]] || printf '%s\n' "$package"
    done
}

# What to put before a command so that it runs as root without asking anybody; fails if there is no such way.
root_prefix() {
    if [[ $(id -u) -eq 0 ]]; then
        printf ''
    elif have sudo && sudo -n true 2>/dev/null; then
        printf 'sudo -n'
    else
        return 1
    fi
}

install_debian_packages() {
    local prefix=$1
    shift
    say "Installing missing packages: $*"
    # shellcheck disable=SC2086  # an empty prefix must vanish
    {
        $prefix env DEBIAN_FRONTEND=noninteractive apt-get update -qq
        $prefix env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
    } >&2
}

# Tells what to install and how; the build may go on if it has what it links.
advise() {
    say "Missing packages: $1"
    say "Install them with: $2"
    if libraries_are_present; then
        say "Going on: the libraries that the build links are present."
        return 0
    fi
    say "The build cannot succeed without ${libraries[*]} (looked for with pkg-config) and libcsv (csv.h)."
    return 1
}

on_debian() {
    local missing prefix
    mapfile -t missing < <(missing_debian_packages)
    [[ ${#missing[@]} -gt 0 ]] || return 0
    if prefix=$(root_prefix); then
        install_debian_packages "$prefix" "${missing[@]}" && return 0
        say "apt-get could not install them; see its message above."
    fi
    advise "${missing[*]}" "sudo apt-get install ${missing[*]}"
}

elsewhere() {
    libraries_are_present && return 0
    if have brew; then
        advise "some of ${homebrew_packages[*]}" "brew install ${homebrew_packages[*]}"
    else
        advise "the headers of zstd, xxhash, simdjson and libcsv, and pkg-config" \
            "your package manager (Homebrew: brew install ${homebrew_packages[*]})"
    fi
}

if have dpkg-query && have apt-get; then on_debian; else elsewhere; fi
