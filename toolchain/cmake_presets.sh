# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# Configures and builds the presets of CMakePresets.json. Meant to be sourced after common.sh.

set -euo pipefail

# drop_foreign_build PRESET: removes its build folder if it was configured in another checkout, which happens when a checkout
# is copied or moved. CMake refuses to use such a folder.
drop_foreign_build() {
  local folder=$ganvas_repo/build/$1 configured_in
  [[ -f $folder/CMakeCache.txt ]] || return 0
  configured_in=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$folder/CMakeCache.txt")
  if [[ ! $configured_in -ef $ganvas_repo ]]; then
    say "build/$1 was configured in ${configured_in:-another folder}; configuring it again"
    rm -rf "$folder"
  fi
}

configure_preset() {
  drop_foreign_build "$1"
  "$ganvas_repo/toolchain/run" cmake --preset "$1"
}

# build_preset PRESET [TARGET...]: configures the preset and builds the targets, by default all.
build_preset() {
  local preset=$1
  shift
  configure_preset "$preset"
  "$ganvas_repo/toolchain/run" cmake --build --preset "$preset" ${1:+--target "$@"} --parallel "$(nproc)"
}
