#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# coverage.sh TARGET SOURCE...: how many lines of these sources a fuzz target reaches with its corpus and with what libFuzzer
# found, and which it does not.

set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../toolchain/common.sh"

[[ $# -ge 2 ]] || fail_usage "coverage.sh needs the name of a target and sources, as in: coverage.sh idx src/pictures/idx.cpp"
cd "$ganvas_repo"
target=$1
shift
build=build/coverage
run=toolchain/run
$run cmake --preset debug -B "$build" -DCMAKE_CXX_COMPILER=clang++ \
  -DCMAKE_CXX_FLAGS="-O1 -fprofile-instr-generate -fcoverage-mapping" >/dev/null
$run cmake --build "$build" --target "fuzz_$target" --parallel "$(nproc)" >/dev/null
inputs=$build/inputs/$target
rm -rf "$inputs"
mkdir -p "$inputs"
cp tests/fuzz/corpus/"$target"/* "$inputs"
find build/fuzz/found/"$target" -type f -not -name 'crash-*' -exec cp -t "$inputs" {} + 2>/dev/null || true
LLVM_PROFILE_FILE=$build/$target.profraw $run "$build/bin/fuzz_$target" "$inputs" 0
$run llvm-profdata merge -o "$build/$target.profdata" "$build/$target.profraw"
$run llvm-cov report "$build/bin/fuzz_$target" -instr-profile="$build/$target.profdata" "$@"
$run llvm-cov show "$build/bin/fuzz_$target" -instr-profile="$build/$target.profdata" "$@" | grep -E '^ +[0-9]+\| +0\|' || true
