#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# coverage.sh TARGET[,TARGET...] SOURCE...: how many lines of these sources fuzz targets reach with their corpora and with what
# libFuzzer found, and which they do not.

set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../../toolchain/common.sh"

[[ $# -ge 2 ]] || fail_usage "coverage.sh needs the name of a target and sources, as in: coverage.sh idx src/pictures/idx.cpp"
cd "$ganvas_repo"
IFS=, read -ra targets <<<"$1"
shift
build=build/coverage
run=toolchain/run
$run cmake --preset debug -B "$build" -DCMAKE_CXX_COMPILER=clang++ \
  -DCMAKE_CXX_FLAGS="-O1 -fprofile-instr-generate -fcoverage-mapping" >/dev/null
$run cmake --build "$build" --target "${targets[@]/#/fuzz_}" --parallel "$(nproc)" >/dev/null
programs=()
profiles=()
for target in "${targets[@]}"; do
  inputs=$build/inputs/$target
  rm -rf "$inputs"
  mkdir -p "$inputs"
  cp tests/fuzz/corpus/"$target"/* "$inputs"
  find build/fuzz/found/"$target" -type f -not -name 'crash-*' -exec cp -t "$inputs" {} + 2>/dev/null || true
  LLVM_PROFILE_FILE=$build/$target.profraw $run "$build/bin/fuzz_$target" "$inputs" 0
  programs+=(-object "$build/bin/fuzz_$target")
  profiles+=("$build/$target.profraw")
done
$run llvm-profdata merge -o "$build/all.profdata" "${profiles[@]}"
$run llvm-cov report "${programs[@]}" -instr-profile="$build/all.profdata" -sources "$@"
$run llvm-cov show "${programs[@]}" -instr-profile="$build/all.profdata" -sources "$@" | grep -E '^ +[0-9]+\| +0\|' || true
