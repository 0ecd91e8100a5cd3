#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# Provides the toolchain: the host's if it is sufficient, otherwise a Debian 13 root in the cache folder. The root is made
# under a temporary name and renamed once it is complete and checked, so that an interrupted run leaves nothing that looks
# complete. A damaged root is made again.

set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source "$ganvas_repo/toolchain/host.sh"
source "$ganvas_repo/toolchain/recipe.sh"

megabytes_needed=4500     # 3 GB for the root, plus the packages during unpacking
folder=$(toolchain_folder)

usage() {
  cat <<USAGE
usage: toolchain/provision.sh [--check] [--help]

Makes the Debian 13 build root for toolchain/run, unless the host has all requirements or the root exists.
  --check   only check whether the toolchain is complete (exit code 0) or not (1)
GANVAS_TOOLCHAIN=root makes the root even if the host has all requirements.
The cache folder is \$GANVAS_CACHE, else \$XDG_CACHE_HOME/ganvas, else ~/.cache/ganvas; now: $ganvas_cache
USAGE
}

# count_files ROOT: prints the number of files, to detect missing ones.
count_files() { find "$1/usr" | wc -l; }

# examine_root FOLDER: sets root_lacks to the problem of a root, or to "" if it has a stamp and all files and its compilers
# start.
examine_root() {
  local stamp=$1/stamp expected found
  root_lacks="it does not exist"
  [[ -d $1 ]] || return 0
  root_lacks="it has no stamp: making it was interrupted"
  [[ -f $stamp ]] || return 0
  expected=$(sed -n 's/^files: //p' "$stamp")
  root_lacks="its stamp is damaged"
  [[ $expected =~ ^[0-9]+$ ]] || return 0
  found=$(count_files "$1/root")
  root_lacks="$((expected - found)) of its $expected files are missing"
  [[ $found -ge $expected ]] || return 0
  root_lacks="its compilers do not start"
  "$ganvas_repo/toolchain/enter_root.sh" "$1/root" sh -c \
    'emcc --version && clang++ --version && cmake --version && ninja --version && test -f /usr/src/catch2/extras/catch_amalgamated.cpp' \
    >/dev/null 2>&1 || return 0
  root_lacks=""
}

write_stamp() {
  local files
  files=$(count_files "$1/root")
  {
    echo "files: $files"
    echo "packages:"
    # shellcheck disable=SC2046,SC2016  # the words are dpkg-query's
    "$ganvas_repo/toolchain/enter_root.sh" "$1/root" dpkg-query --admindir="$1/root/var/lib/dpkg" -W \
      -f '  ${Package} ${Version}\n' $(wanted_packages)
  } >"$1/stamp.new"
  mv "$1/stamp.new" "$1/stamp"
}

require_disk_space() {
  local free
  free=$(free_megabytes "$ganvas_cache")
  [[ $free -ge $megabytes_needed ]] \
    || fail "the toolchain needs $megabytes_needed MB in $ganvas_cache, and only $free MB are free there; make room or set GANVAS_CACHE to a folder with room"
  [[ $EUID -ne 0 ]] || return 0
  free=$(free_megabytes "${TMPDIR:-/tmp}")
  [[ $free -ge $megabytes_needed ]] \
    || fail "unpacking the toolchain needs $megabytes_needed MB in ${TMPDIR:-/tmp}, and only $free MB are free there; make room or set TMPDIR"
}

require_a_way_in() {
  [[ $(uname -s) == Linux ]] \
    || fail "the build root needs Linux, and this is $(uname -s); use a Linux machine or container, or install what toolchain/packages.txt lists ($host_lacks)"
  if [[ $EUID -eq 0 ]]; then
    unshare --mount true 2>/dev/null \
      || fail "root is not allowed to mount (a container without SYS_ADMIN?), so the build root cannot be entered; run the container with --cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined, or install the packages of toolchain/packages.txt on a Debian 13 host"
  else
    unshare --user --map-root-user --mount true 2>/dev/null \
      || fail "neither root nor user namespaces are available, so the build root cannot be entered; run this as root, allow user namespaces, or install the packages of toolchain/packages.txt on a Debian 13 host"
  fi
}

require_mmdebstrap() {
  local missing=()
  command -v mmdebstrap >/dev/null || missing+=(mmdebstrap)
  [[ -f /usr/share/keyrings/debian-archive-keyring.gpg ]] || missing+=(debian-archive-keyring)
  [[ $EUID -eq 0 ]] || command -v newuidmap >/dev/null || missing+=(uidmap)
  [[ ${#missing[@]} -eq 0 ]] || install_on_host "making the build root" "${missing[@]}"
  if [[ $EUID -ne 0 ]] && ! grep -q "^\($(id -un)\|$(id -u)\):" /etc/subuid 2>/dev/null; then
    fail "$(id -un) has no subordinate user ids in /etc/subuid; an administrator can give some: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $(id -un)"
  fi
}

# Removes folders left by interrupted runs. None is in use, since only the holder of the lock makes them.
remove_leftovers() {
  local leftover
  for leftover in "$ganvas_cache"/*.partial "$ganvas_cache"/*.broken; do
    [[ -d $leftover ]] || continue
    say "removing $leftover, left by a run that was stopped"
    remove_tree "$leftover"
  done
}

remove_tree() {
  find "$1" -type d ! -perm -u+w -exec chmod u+w {} +
  rm -rf "$1"
}

explain_failure() {
  local log=$1
  grep -E '^(E:|Err:|W: Failed)' "$log" | tail -n 5 >&2 || tail -n 5 "$log" >&2
  if grep -qE 'Could not (resolve|connect)|Temporary failure resolving|Cannot initiate the connection|Connection (timed out|refused)' "$log"; then
    fail "Debian's package archive cannot be reached: check the network, or the proxy in apt's configuration (whole log: $log)"
  fi
  fail "the build root could not be made (whole log: $log)"
}

build_root() {
  local partial=$folder.partial log=$ganvas_cache/provision.log names packages
  names=$(wanted_packages)
  mapfile -t packages <<<"$names"
  mkdir -p "$partial/root"
  # Not in the cache, because mmdebstrap in its user namespace may not have access to a private home folder.
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  chmod 755 "$scratch" "$partial/root"
  say "making the build root: ${#packages[@]} packages of Debian 13 and what they need, 2 to 5 minutes (log: $log)"
  attempt make_root_logged "$log" "$partial/root" "$scratch" "${packages[@]}"
  [[ $attempted -eq 0 ]] || explain_failure "$log"
  say "checking the build root"
  attempt write_stamp "$partial"
  [[ $attempted -eq 0 ]] || fail "the new build root cannot be entered, or lacks packages (whole log: $log)"
  examine_root "$partial"
  [[ -z $root_lacks ]] || fail "the new build root is not usable: $root_lacks (whole log: $log)"
  mv -T "$partial" "$folder"
}

# make_root_logged LOG FOLDER SCRATCH PACKAGE...: runs make_root with its output in the log and its steps on the terminal.
make_root_logged() {
  local log=$1
  shift
  make_root "$@" 2>&1 | tee "$log" | report_steps
}

# report_steps: prints mmdebstrap's step lines as progress.
report_steps() {
  local line
  while IFS= read -r line; do
    [[ $line == "I: "* ]] && say "  ${line#I: }"
  done
  return 0
}

# complete_host: like examine_host, but downloads Catch2's source to the cache folder if only that is missing.
complete_host() {
  examine_host
  if [[ $host_lacks != "$host_lacks_catch2" ]] || ! command -v apt-get >/dev/null; then return 0; fi
  mkdir -p "$ganvas_cache"
  exec 9>"$ganvas_cache/lock"
  flock 9
  examine_host # another run may have downloaded it meanwhile
  if [[ $host_lacks != "$host_lacks_catch2" ]]; then return; fi
  say "downloading Catch2's source, the only requirement this host lacks"
  rm -rf "$ganvas_cache/catch2" # left by a download that was stopped
  attempt fetch_catch2_source "$ganvas_cache/catch2" >"$ganvas_cache/provision.log" 2>&1
  examine_host
}

provision() {
  complete_host
  if [[ -z $host_lacks ]]; then
    say "toolchain: the host's (Emscripten $(version_of emcc), clang $(version_of clang++))"
    return
  fi
  require_a_way_in
  mkdir -p "$ganvas_cache" || fail "cannot create the cache folder $ganvas_cache"
  exec 9>"$ganvas_cache/lock"
  flock -n 9 || { say "another run is making the toolchain; waiting for it"; flock 9; }
  examine_root "$folder"
  if [[ -z $root_lacks ]]; then
    say "toolchain: $folder"
    return
  fi
  say "using a Debian 13 build root instead of this host's tools: $host_lacks"
  remove_leftovers
  if [[ -d $folder ]]; then
    say "the build root in $folder is broken ($root_lacks); making it again"
    mv -T "$folder" "$folder.broken"
    remove_tree "$folder.broken"
  fi
  require_disk_space
  require_mmdebstrap
  build_root
  say "toolchain: $folder ($(du -sh "$folder" | cut -f 1))"
}

check() {
  examine_host
  [[ -n $host_lacks ]] || { echo "the host's toolchain is sufficient"; return; }
  examine_root "$folder"
  [[ -n $root_lacks ]] || { echo "the build root in $folder is complete"; return; }
  echo "no toolchain: this host's tools are not sufficient ($host_lacks), and the build root $folder is not usable ($root_lacks)"
  exit 1
}

case ${1-} in
  "") provision ;;
  --check) check ;;
  --help | -h) usage ;;
  *) fail_usage "unknown option '$1'" ;;
esac
