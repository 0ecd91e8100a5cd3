#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# From a fresh clone to the page: gets the toolchain, builds every WebAssembly tier of CMakePresets.json, then the page
# into web/dist, and serves it when asked to.

set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/toolchain/common.sh"
source "$ganvas_repo/toolchain/cmake_presets.sh"
source "$ganvas_repo/toolchain/page_tools.sh"

logs=$ganvas_repo/build/logs
modules=$ganvas_repo/build/modules
types=$ganvas_repo/web/engine/generated
most_at_first=150000

usage() {
  cat <<USAGE
usage: ./build-wasm.sh [--serve] [--port N] [--host ADDRESS] [--help]

Builds the WebAssembly modules and the page into web/dist.
  --serve          then serves it at http://localhost:8080 until Ctrl-C
  --port N         serves at this port; when it is taken, at the next free one
  --host ADDRESS   serves other machines too: at this address of this machine, or at all with 0.0.0.0
The toolchain is the host's own when that is good enough, else a Debian 13 root made once in
${GANVAS_CACHE:-\$GANVAS_CACHE, or ~/.cache/ganvas} (3 GB).
USAGE
}

parse_options() {
  serve=no
  port=8080
  host=()
  while [[ $# -gt 0 ]]; do
    case $1 in
      --serve) serve=yes ;;
      --port)
        [[ $# -gt 1 ]] || fail_usage "--port needs a number"
        port=$2
        shift
        ;;
      --port=*) port=${1#*=} ;;
      --host)
        [[ $# -gt 1 ]] || fail_usage "--host needs an address"
        host=("$2")
        shift
        ;;
      --host=*) host=("${1#*=}") ;;
      --help | -h)
        usage
        exit 0
        ;;
      *) fail_usage "unknown option '$1'" ;;
    esac
    shift
  done
  [[ $port =~ ^[1-9][0-9]{0,4}$ && $port -le 65535 ]] || fail_usage "--port needs a number from 1 to 65535, not '$port'"
}

# step WHAT LOG COMMAND...: runs it with its output in a log; if it fails, shows the end of the log and stops.
step() {
  local what=$1 log=$logs/$2.log
  shift 2
  say "$what"
  attempt "$@" >"$log" 2>&1
  if [[ $attempted -ne 0 ]]; then
    tail -n 30 "$log" >&2
    fail "$what: failed (whole log: $log)"
  fi
}

# Two runs in one clone would write the same files.
wait_for_other_runs() {
  exec 8>"$ganvas_repo/build/.lock"
  flock -n 8 || { say "another build runs in this folder; waiting for it"; flock 8; }
}

wasm_presets() {
  "$ganvas_repo/toolchain/run" cmake --list-presets=build | sed -n 's/^ *"\(wasm-[a-z0-9-]*\)".*/\1/p'
}

build_modules() {
  local preset presets targets
  presets=$(wasm_presets)
  [[ -n $presets ]] || fail "CMakePresets.json lists no wasm preset"
  for preset in $presets; do
    targets=(ganvas_module)
    if [[ $preset != *-mt ]]; then targets+=(ganvas_judge_module); fi
    if [[ $preset == wasm-simd ]]; then targets+=(ganvas_description); fi
    if [[ $preset == wasm-scalar ]]; then targets+=(ganvas_exchange_module ganvas_pictures_module); fi
    drop_foreign_build "$preset" # here, so that what it says is not lost in the log
    step "building the module $preset" "$preset" build_preset "$preset" "${targets[@]}"
  done
  mkdir -p "$modules" "$types"
  rm -f "$modules"/ganvas-*
  for preset in $presets; do
    cp "build/$preset/module/"*.{js,wasm} "$modules/"
  done
  # Only when it changed, so that nothing is rebuilt for a new time stamp.
  local file name
  for file in build/wasm-{simd/module/ganvas,simd/module/ganvas_judge,scalar/module/ganvas_exchange,scalar/module/ganvas_pictures}.d.ts; do
    name=$(basename "$file" .d.ts)
    cmp -s "$file" "$types/${name}_module.d.ts" || cp "$file" "$types/${name}_module.d.ts"
  done
  node build/wasm-simd/bin/ganvas_description.js | node web/write_description.mjs "$types/description"
}

build_page() {
  install_page_packages
  step "preparing the engine's files" engine page_npm run build:modules --workspace web
  step "building the page" page page_npm run build --workspace web
  step "building the page as one file" single_file page_npm run build:single_file --workspace web
  step "building the npm package" package page_npm run build:package --workspace web
}

gzipped() { cat "$@" | gzip -9 -c | wc -c; }

# sum_gzipped FILE...: each zipped by itself, as a server sends them.
sum_gzipped() {
  local file size sum=0
  for file in "$@"; do
    size=$(gzipped "$file")
    sum=$((sum + size))
  done
  echo "$sum"
}

# What is in the page and in the package; the WebAssembly is gzipped already.
print_sizes() {
  local file size tier page module glue worker
  printf '\n%-52s %12s %12s\n' file bytes gzipped
  for file in web/dist/index.html web/dist/assets/*.{js,gz}; do
    size=$(gzipped "$file")
    printf '%-52s %12d %12d\n' "$file" "$(wc -c <"$file")" "$size"
  done
  # What is fetched before the first samples are there, data and weights apart: the page, what its parts share, the worker.
  worker=$(grep -oh 'worker-[^"]*\.js' web/dist/assets/main-*.js) # the judge's has the same name
  page=$(sum_gzipped web/dist/index.html web/dist/assets/{index,shared,main}-*.js "web/dist/assets/$worker")
  printf '\n%-52s %12s %12s\n' 'first load' '' gzipped
  for tier in relaxed simd scalar relaxed-mt simd-mt; do
    glue=(web/dist/assets/ganvas-????????.js)
    if [[ $tier == *-mt ]]; then glue=(web/dist/assets/{ganvas-mt,thread}-*.js); fi
    module=$(sum_gzipped web/dist/assets/"ganvas-$tier.wasm"-*.gz "${glue[@]}")
    printf '%-52s %12s %12d\n' "$tier" '' "$((page + module))"
    [[ $((page + module)) -le $most_at_first ]] || fail "the first load of $tier is more than $most_at_first bytes"
  done
  printf '\n%-52s %12d\n' web/dist/ganvas.html "$(wc -c <web/dist/ganvas.html)"
  printf '\n%-52s %12s\n' 'npm package' bytes
  for file in web/dist-package/{,engine/}*; do
    if [[ -f $file ]]; then printf '%-52s %12d\n' "$file" "$(wc -c <"$file")"; fi
  done
  printf '\n'
}

parse_options "$@"
cd "$ganvas_repo"
mkdir -p "$logs"
require_page_tools
# An address that is not this machine's is told before the build.
node toolchain/page_addresses.mjs "$port" "${host[@]}" >/dev/null || exit 2
wait_for_other_runs
"$ganvas_repo/toolchain/provision.sh"
build_modules
build_page
print_sizes
say "built web/dist"
if [[ $serve == yes ]]; then
  exec 8>&- # the build lock is not the server's
  exec toolchain/serve_page.sh "$port" "${host[@]}"
fi
