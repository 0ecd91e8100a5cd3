# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# Whether the host itself can build Ganvas, so that no build root is needed: Debian 13 with the packages of
# packages.txt, or any system that has their like. GANVAS_TOOLCHAIN=root asks for the pinned root all the same.
# Meant to be sourced after common.sh.
# shellcheck disable=SC2034  # host_lacks is for those who source this

host_lacks=""     # why not, after host_is_ready said no
host_lacks_catch2="no source of Catch2"

host_tools=(emcc node tsc clang++ clang-format clang-tidy ld.lld llvm-symbolizer cmake ninja ccache git pkg-config python3 shellcheck)
host_libraries=('eigen3 3.4' 'xtensor 0.25' 'xsimd 10' 'catch2 3' 'RapidJSON 1.1' 'CLI11 2.1' 'zlib 1.2' 'libpng 1.6')

version_of() {
  "$1" --version 2>/dev/null | grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)?' | head -n 1
}

host_has_tool_versions() {
  local tool minimum version
  while read -r tool minimum; do
    version=$(version_of "$tool")
    at_least "${version:-0}" "$minimum" || { host_lacks="$tool is ${version:-broken}, need $minimum"; return 1; }
  done <<<$'emcc 3.1.60\nclang++ 16\ncmake 3.25'
}

# host_is_ready: true when everything is here; otherwise host_lacks says what is not.
host_is_ready() {
  local tool library
  [[ ${GANVAS_TOOLCHAIN:-} != root ]] || { host_lacks="GANVAS_TOOLCHAIN asks for it"; return 1; }
  for tool in "${host_tools[@]}"; do
    command -v "$tool" >/dev/null || { host_lacks="no $tool"; return 1; }
  done
  host_has_tool_versions || return 1
  for library in "${host_libraries[@]}"; do
    pkg-config --atleast-version="${library#* }" "${library% *}" || { host_lacks="no ${library% *} >= ${library#* }"; return 1; }
  done
  python3 -c 'import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, ["torch", "safetensors", "numpy"])))' \
    || { host_lacks="no torch, safetensors or numpy for python3"; return 1; }
  # The last check: provision.sh can make this one good.
  [[ -f $(host_catch2_source)/extras/catch_amalgamated.cpp ]] || { host_lacks=$host_lacks_catch2; return 1; }
}

# host_catch2_source: where Catch2's source tree is, which has to be compiled to wasm; provision.sh gets it when it
# is the only thing that lacks.
host_catch2_source() {
  local folder
  for folder in "${GANVAS_CATCH2_SOURCE:-}" /usr/src/catch2; do
    if [[ -f $folder/extras/catch_amalgamated.cpp ]]; then
      printf '%s\n' "$folder"
      return
    fi
  done
  printf '%s\n' "$ganvas_cache/catch2"
}
