# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# Checks whether the host can build Ganvas without the build root: Debian 13 with the packages in packages.txt, or any system
# with equivalent ones. GANVAS_TOOLCHAIN=root requests the pinned root anyway. To be sourced after common.sh.
# shellcheck disable=SC2034  # host_lacks is read by the scripts that source this

set -euo pipefail

host_lacks_catch2="no source of Catch2"

host_tools=(emcc node tsc clang++ clang-format clang-tidy llvm-symbolizer cmake ninja ccache pkg-config python3 shellcheck mpirun)
host_libraries=('eigen3 3.4' 'xtensor 0.25' 'xsimd 10' 'catch2 3' 'RapidJSON 1.1' 'libxxhash 0.8' 'CLI11 2.1' 'zlib 1.2' 'libpng 1.6'
  'libturbojpeg 2.1' 'libexif 0.6' 'minizip 1.2' 'ompi 5.0')

version_of() {
  "$1" --version 2>/dev/null | grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)?' | sed -n 1p || true
}

# examine_host: sets host_lacks to the first missing requirement, or to "" if the host has everything.
examine_host() {
  local tool library minimum version catch2
  host_lacks="GANVAS_TOOLCHAIN=root requests it"
  [[ ${GANVAS_TOOLCHAIN:-} != root ]] || return 0
  for tool in "${host_tools[@]}"; do
    host_lacks="no $tool"
    command -v "$tool" >/dev/null || return 0
  done
  while read -r tool minimum; do
    version=$(version_of "$tool")
    host_lacks="$tool is ${version:-broken}, need $minimum"
    [[ $(oldest "${version:-0}" "$minimum") == "$minimum" ]] || return 0
  done <<<$'emcc 3.1.60\nclang++ 16\ncmake 3.25'
  for library in "${host_libraries[@]}"; do
    host_lacks="no ${library% *} >= ${library#* }"
    pkg-config --atleast-version="${library#* }" "${library% *}" || return 0
  done
  host_lacks="no protozero"
  [[ -f /usr/include/protozero/version.hpp ]] || return 0
  host_lacks="no torch, safetensors, numpy, onnx or Pillow for python3"
  python3 -c 'import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, ["torch", "safetensors", "numpy", "onnx", "PIL"])))' || return 0
  # Checked last, since provision.sh can download it.
  host_lacks=$host_lacks_catch2
  catch2=$(host_catch2_source)
  [[ -f $catch2/extras/catch_amalgamated.cpp ]] || return 0
  host_lacks=""
}

# host_catch2_source: prints the path of Catch2's source tree, which is compiled to wasm. If it is the only missing
# requirement, provision.sh downloads it to this path.
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
