#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# serve_page.sh PORT [ADDRESS]: serves web/dist until it is stopped, at PORT or the next free one, and prints the links to
# type: at an address of this machine, at all (0.0.0.0), or for this machine alone if none is given.

set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source "$ganvas_repo/toolchain/page_tools.sh"

[[ $# -eq 1 || $# -eq 2 ]] || fail_usage "serve_page.sh needs a PORT and can take an ADDRESS; build-wasm.sh calls it"
wanted=$1
host=("${@:2}")

cd "$ganvas_repo"
port=$(node toolchain/free_port.mjs "$wanted") || exit 1
links=$(node toolchain/page_addresses.mjs "$port" "${host[@]}") || exit 2
[[ $port == "$wanted" ]] || say "port $wanted is taken, so the page is served at $port"
say "serving the page (Ctrl-C stops it) at"
printf '%s\n' "$links" | sed 's/^/  /' >&2
if [[ ${#host[@]} -gt 0 ]]; then
  say "other machines train with one thread: browsers allow threads only over https or on the machine itself"
fi
page_npm_exec run serve --workspace web -- --port "$port" --strictPort "${host[@]/#/--host=}"
