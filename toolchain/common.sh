# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# What every Ganvas script shares: where things lie, how it speaks, and how it gets a package that the host lacks.
# Meant to be sourced, by scripts that run under `set -euo pipefail`.

ganvas_repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
ganvas_cache=${GANVAS_CACHE:-${XDG_CACHE_HOME:-${HOME:?neither GANVAS_CACHE nor HOME is set}/.cache}/ganvas}
ganvas_started=${ganvas_started:-$SECONDS}

# say TEXT: one line of progress, with the minutes and seconds since the script began.
say() {
  local elapsed=$((SECONDS - ganvas_started))
  printf '[%d:%02d] %s\n' $((elapsed / 60)) $((elapsed % 60)) "$*" >&2
}

# fail TEXT: one line on what is wrong, exit 1.
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# fail_usage TEXT: the command line itself is wrong, exit 2.
fail_usage() {
  printf 'error: %s (see --help)\n' "$*" >&2
  exit 2
}

# at_least VERSION MINIMUM: compares dotted version numbers.
at_least() {
  [[ $(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1) == "$2" ]]
}

is_root() { [[ $(id -u) -eq 0 ]]; }

# install_on_host WHY PACKAGE...: gets Debian packages for the host itself, which only root can do.
install_on_host() {
  local why=$1
  shift
  command -v apt-get >/dev/null || fail "$why needs $*, and this host has no apt-get to install it with; please install it by hand"
  is_root || fail "$why needs $*; please run: sudo apt-get install $*"
  say "installing $* on the host ($why)"
  local log
  log=$(mktemp)
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    rm -f "$log"
    fail "could not install $* with apt-get (its last lines are above)"
  fi
  rm -f "$log"
}

# free_megabytes FOLDER: what df has left for it.
free_megabytes() {
  df --output=avail -BM "$1" | tail -n 1 | tr -dc '0-9'
}

# wanted_packages: the names in packages.txt.
wanted_packages() {
  sed -e 's/#.*//' "$ganvas_repo/toolchain/packages.txt" | tr -s '[:space:]' '\n' | sed '/^$/d'
}

# toolchain_folder: where the build root of exactly this recipe lies, or will.
toolchain_folder() {
  local key
  key=$( { wanted_packages; cat "$ganvas_repo/toolchain/recipe.sh"; } | sha256sum | cut -c 1-12)
  printf '%s/toolchain-%s\n' "$ganvas_cache" "$key"
}
