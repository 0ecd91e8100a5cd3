# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# Shared by all scripts: paths, messages, error handling and installation of packages on the host. To be sourced.

set -euo pipefail
if ((BASH_VERSINFO[0] < 5)); then
  echo "error: the scripts need bash 5 or later, and this is bash $BASH_VERSION" >&2
  exit 1
fi
shopt -s inherit_errexit  # otherwise failures inside $(...) are ignored

ganvas_repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
ganvas_cache=${GANVAS_CACHE:-${XDG_CACHE_HOME:-${HOME:?neither GANVAS_CACHE nor HOME is set}/.cache}/ganvas}
ganvas_started=${ganvas_started:-$SECONDS}

# say TEXT: prints a line of progress with the time since the script started (minutes:seconds).
say() {
  local elapsed=$((SECONDS - ganvas_started))
  printf '[%d:%02d] %s\n' $((elapsed / 60)) $((elapsed % 60)) "$*" >&2
}

# fail TEXT: prints an error and exits with code 1.
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# fail_usage TEXT: prints an error in the command line and exits with code 2.
fail_usage() {
  printf 'error: %s (see --help)\n' "$*" >&2
  exit 2
}

# attempt COMMAND...: runs a command or function in a subshell that exits at the first failure, and sets `attempted` to its
# exit code. Never run a function in a condition: in `if f`, `f || ...` and `! f`, bash ignores failures inside f. The lint
# reports such conditions (SC2310), unless the function's name is in a variable.
attempt() {
  set +e
  (
    set -e
    "$@"
  )
  # shellcheck disable=SC2034  # the caller reads it
  attempted=$?
  set -e
}

# oldest VERSION...: prints the oldest of dotted version numbers.
oldest() {
  printf '%s\n' "$@" | sort -V | sed -n 1p
}

# install_on_host WHY PACKAGE...: installs Debian packages on the host; requires root.
install_on_host() {
  local why=$1
  shift
  command -v apt-get >/dev/null || fail "$why needs $*, and this host has no apt-get to install it with; please install it by hand"
  [[ $EUID -eq 0 ]] || fail "$why needs $*; please run: sudo apt-get install $*"
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

# free_megabytes FOLDER: prints the free disk space of its file system.
free_megabytes() {
  df --output=avail -BM "$1" | tail -n 1 | tr -dc '0-9'
}

# wanted_packages: prints the package names in packages.txt.
wanted_packages() {
  sed -e 's/#.*//' "$ganvas_repo/toolchain/packages.txt" | tr -s '[:space:]' '\n' | sed '/^$/d'
}

# toolchain_folder: prints the folder of the build root for the current packages and recipe.
toolchain_folder() {
  local key
  key=$( { wanted_packages; cat "$ganvas_repo/toolchain/recipe.sh"; } | sha256sum | cut -c 1-12)
  printf '%s/toolchain-%s\n' "$ganvas_cache" "$key"
}
