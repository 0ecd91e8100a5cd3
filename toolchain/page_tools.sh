# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# node and npm for building and testing the page: the host's. If the host's node is too old (Debian 12 has 18), its npm
# downloads an npm that runs with the toolchain's node. To be sourced after common.sh.

set -euo pipefail

page_node_minimum=20.19
page_npm_version=10.9.2

require_page_tools() {
  command -v node >/dev/null || fail "node is missing; please install Node.js $page_node_minimum or later, with npm"
  command -v npm >/dev/null || fail "npm is missing; please install it (it comes with Node.js)"
}

# require_own_node WHAT: for what runs with the host's node, such as tests that start browsers.
require_own_node() {
  local version
  version=$(node --version | tr -d v)
  [[ $(oldest "$version" "$page_node_minimum") == "$page_node_minimum" ]] \
    || fail "$1 needs Node.js $page_node_minimum or later, and this host has $version"
}

# npm_for_toolchain_node: prints the folder of an npm that only needs node, and downloads it if necessary.
npm_for_toolchain_node() {
  local folder=$ganvas_cache/npm-$page_npm_version work
  if [[ ! -f $folder/bin/npm-cli.js ]]; then
    mkdir -p "$ganvas_cache"
    work=$(mktemp -d "$ganvas_cache/npm.XXXXXX")
    (cd "$work" && npm pack --silent "npm@$page_npm_version" >/dev/null && tar -xzf npm-*.tgz) \
      || { rm -rf "$work"; fail "npm could not get npm $page_npm_version, which is needed because this host's node is older than $page_node_minimum"; }
    rm -rf "$folder"
    mv -T "$work/package" "$folder"
    rm -rf "$work"
  fi
  printf '%s\n' "$folder"
}

# page_command: sets the array page_npm_command to the command that runs npm.
page_command() {
  local version folder
  version=$(node --version | tr -d v)
  if [[ $(oldest "$version" "$page_node_minimum") == "$page_node_minimum" ]]; then
    page_npm_command=(npm)
  else
    folder=$(npm_for_toolchain_node)
    page_npm_command=("$ganvas_repo/toolchain/run" node "$folder/bin/npm-cli.js")
  fi
}

page_npm() {
  page_command
  "${page_npm_command[@]}" "$@"
}

page_npm_exec() {
  page_command
  exec "${page_npm_command[@]}" "$@"
}

# install_page_packages: runs npm ci if node_modules is missing or older than package-lock.json.
install_page_packages() {
  local installed=$ganvas_repo/node_modules/.package-lock.json log=$ganvas_repo/build/logs/npm.log
  [[ $installed -nt $ganvas_repo/package-lock.json ]] && return
  mkdir -p "$(dirname "$log")"
  say "installing the page's npm packages"
  if ! (cd "$ganvas_repo" && npm ci --no-progress) >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    fail "npm ci failed (whole log: $log)"
  fi
}
