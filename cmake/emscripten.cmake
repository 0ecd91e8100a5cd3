# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# Includes Emscripten's own toolchain file, wherever emsdk or the distribution installed it.
execute_process(
  COMMAND em-config EMSCRIPTEN_ROOT
  OUTPUT_VARIABLE ganvas_emscripten_root
  OUTPUT_STRIP_TRAILING_WHITESPACE
  COMMAND_ERROR_IS_FATAL ANY)
include(${ganvas_emscripten_root}/cmake/Modules/Platform/Emscripten.cmake)
