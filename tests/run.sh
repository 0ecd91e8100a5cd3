#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# Runs every test suite, one after another even when one fails, and ends with one line for each and the plain line
# "N passed, N failed". A suite that cannot be built, runs out of time or executes no test counts as one failure.

set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../toolchain/common.sh"

logs=$ganvas_repo/build/test-logs
suites=(build native mpi wasm-simd wasm-relaxed web browser consumers lint setup)
deep_suites=(browser-windows consumers-deep wasm-scalar debug asan-ubsan tsan asan-wasm wasm-simd-mt wasm-relaxed-mt bits faults fuzz mutation mutation-web audit)
minutes_for_a_suite=40
minutes_for_a_deep_suite=120

usage() {
  cat <<USAGE
usage: tests/run.sh [--deep] [--help] [SUITE...]

Runs the suites that are named, or all: ${suites[*]}
  --deep   also those that take longer: ${deep_suites[*]}
Logs go to build/test-logs. The exit code is 0 when all passed, 1 when a test failed, 2 for a wrong command line.
USAGE
}

parse_options() {
  deep=no
  chosen=()
  local argument
  for argument in "$@"; do
    case $argument in
      --deep) deep=yes ;;
      --help | -h)
        usage
        exit 0
        ;;
      -*) fail_usage "unknown option '$argument'" ;;
      *)
        [[ " ${suites[*]} ${deep_suites[*]} " == *" $argument "* ]] || fail_usage "unknown suite '$argument'"
        chosen+=("$argument")
        ;;
    esac
  done
  [[ ${#chosen[@]} -gt 0 ]] && return
  chosen=("${suites[@]}")
  if [[ $deep == yes ]]; then chosen+=("${deep_suites[@]}"); fi
}

minutes_for() {
  if [[ " ${deep_suites[*]} " == *" $1 "* ]]; then
    echo "$minutes_for_a_deep_suite"
  else
    echo "$minutes_for_a_suite"
  fi
}

# run_suite NAME: leaves its log and, in NAME.counts, "PASSED FAILED SKIPPED".
run_suite() {
  local name=$1 log=$logs/$1.log counts=$logs/$1.counts status=0
  local minutes
  minutes=$(minutes_for "$name")
  rm -f "$counts"
  say "$name: running"
  timeout --kill-after=30 "${minutes}m" bash "$ganvas_repo/tests/suites.sh" "$name" >"$log" 2>&1 7>&- &
  running=$!
  wait "$running" || status=$?
  running=""
  if [[ $status -eq 124 || $status -eq 137 ]]; then echo "error: stopped after $minutes minutes" >>"$log"; fi
  settle_counts "$status" "$counts"
}

# settle_counts STATUS FILE: a suite that failed without a failed test, or that ran none, has one failure.
settle_counts() {
  local passed=0 failed=0 skipped=0
  if [[ -s $2 ]]; then read -r passed failed skipped <"$2"; fi
  if [[ $failed -eq 0 && ($1 -ne 0 || $passed -eq 0) ]]; then failed=1; fi
  echo "$passed $failed $skipped" >"$2"
}

report_suite() {
  local name=$1 passed failed skipped
  read -r passed failed skipped <"$logs/$name.counts"
  if [[ $failed -gt 0 ]]; then
    printf -- '--- %s: the end of its log (build/test-logs/%s.log)\n' "$name" "$name" >&2
    tail -n 60 "$logs/$name.log" >&2
    printf -- '---\n' >&2
  fi
  say "$name: $(describe "$passed" "$failed" "$skipped")"
}

describe() {
  printf '%d passed, %d failed' "$1" "$2"
  if [[ $3 -gt 0 ]]; then printf ', %d skipped' "$3"; fi
}

summarise() {
  local name passed failed skipped all_passed=0 all_failed=0
  echo
  for name in "${chosen[@]}"; do
    read -r passed failed skipped <"$logs/$name.counts"
    printf '%s: %s\n' "$name" "$(describe "$passed" "$failed" "$skipped")"
    all_passed=$((all_passed + passed))
    all_failed=$((all_failed + failed))
  done
  echo
  node "$ganvas_repo/tests/figures.mjs" "${chosen[@]/#/$logs/}" || true
  printf '\n%d passed, %d failed\n' "$all_passed" "$all_failed"
  [[ $all_failed -eq 0 ]]
}

stop() {
  if [[ -n $running ]]; then kill "$running" 2>/dev/null || true; fi
  exit 130
}

parse_options "$@"
mkdir -p "$logs"
exec 7>"$logs/.lock"
flock -n 7 || fail "another tests/run.sh runs in this folder"
running=""
trap stop INT TERM
# Each suite says for itself what it lacks when this fails.
"$ganvas_repo/toolchain/provision.sh" || true
for suite in "${chosen[@]}"; do
  run_suite "$suite"
  report_suite "$suite"
done
summarise
