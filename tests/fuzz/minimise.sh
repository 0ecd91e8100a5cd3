#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# minimise.sh TARGET: of what libFuzzer found for a target, adds to its corpus the fewest inputs that reach code that no
# file of the corpus reaches. Needs the preset `fuzz`; tests/run.sh fuzz finds.

set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../toolchain/common.sh"

[[ $# -eq 1 ]] || fail_usage "minimise.sh needs the name of a target"
cd "$ganvas_repo"
corpus=tests/fuzz/corpus/$1
chosen=build/fuzz/chosen/$1
rm -rf "$chosen"
mkdir -p "$chosen"
cp "$corpus"/* "$chosen"
# Whether code is reached counts, not how often: that would be hundreds of files.
toolchain/run "build/fuzz/bin/fuzz_$1" -merge=1 -use_counters=0 -max_len=8192 "$chosen" "build/fuzz/found/$1"
for input in "$chosen"/*; do
  [[ -e $corpus/$(basename "$input") ]] || cp "$input" "$corpus"
done
echo "$1: $(find "$corpus" -type f | wc -l) files"
