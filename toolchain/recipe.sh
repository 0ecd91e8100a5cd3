# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# How the Debian 13 build root is made. The cache is keyed by this very text: change it and every machine makes a
# new root, so what does not shape the root (messages, locks, checks) stays in provision.sh.

# Emscripten's position-independent libraries serve dynamic linking, which Ganvas does not use: 0.8 GB.
recipe_left_out=(
  '/usr/share/doc/*' '/usr/share/man/*' '/usr/share/locale/*' '/usr/share/info/*' '/usr/lib/libtorch-test/*'
  '/usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/pic/*'
  '/usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/lto-pic/*'
)

# host_apt_options FILE: the host's way to the archive (proxies, certificates, clock checks), for the apt in the root.
host_apt_options() {
  { apt-config dump | grep -E '^Acquire::(http|https|Check-|Retries|ForceIP)' || true; } 2>/dev/null >"$1"
  printf 'Acquire::Languages "none";\n' >>"$1"
}

# fetch_catch2_source FOLDER: Catch2's package is a native library, and wasm needs the source, which the archive has
# too. Runs inside the root, and on a host that needs no root; leaves apt's own state and configuration alone.
fetch_catch2_source() {
  local folder=$1 work
  work=$(mktemp -d)
  mkdir -p "$work/sources" "$work/lists/partial" "$work/cache/archives/partial" "$(dirname "$folder")"
  cp /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources "$work/sources" 2>/dev/null || true
  sed -i -E 's/^deb /deb-src /; s/^Types:.*/Types: deb-src/' "$work"/sources/*
  local options=(-o Dir::Etc::SourceList=- -o "Dir::Etc::SourceParts=$work/sources" -o "Dir::State::Lists=$work/lists"
    -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=)
  apt-get "${options[@]}" update
  (cd "$work" && apt-get "${options[@]}" source catch2)
  mv "$work"/catch2-*/ "$folder"
  rm -rf "$work"
}

# make_root FOLDER SCRATCH PACKAGE...: fills FOLDER with the root.
make_root() {
  local folder=$1 scratch=$2
  shift 2
  local options=(--variant=apt --include="$(IFS=,; echo "$*")")
  local left_out
  for left_out in "${recipe_left_out[@]}"; do
    options+=(--dpkgopt="path-exclude=$left_out")
  done
  host_apt_options "$scratch/apt.conf"
  options+=(--aptopt="$scratch/apt.conf")
  { echo 'set -e'; declare -f fetch_catch2_source; echo fetch_catch2_source /usr/src/catch2; } >"$scratch/fetch.sh"
  options+=(--customize-hook="chroot \"\$1\" bash -s <'$scratch/fetch.sh'")
  if [[ $(id -u) -eq 0 ]]; then
    mmdebstrap "${options[@]}" trixie "$folder"
  else
    # In a user namespace the files would belong to subordinate ids, which their owner cannot delete again:
    # as a tar archive they become the caller's own.
    mmdebstrap --mode=unshare --format=tar "${options[@]}" trixie - | tar -x -C "$folder" --no-same-owner --exclude='./dev/*'
  fi
}
