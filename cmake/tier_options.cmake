# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# ganvas_tier: the compiler options of a tier. All code is compiled with them, since they affect threads and rounding.
add_library(ganvas_tier INTERFACE)
target_compile_options(ganvas_tier INTERFACE
  -Wall -Wextra -Wshadow
  # For the same bits on every platform, a * b + c is fused only where the code calls madd().
  -ffp-contract=off
)

if(GANVAS_TIER STREQUAL "native")
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    target_compile_options(ganvas_tier INTERFACE -march=x86-64-v3)
  endif()
elseif(GANVAS_TIER STREQUAL "relaxed")
  target_compile_options(ganvas_tier INTERFACE -msimd128 -mrelaxed-simd)
elseif(GANVAS_TIER STREQUAL "simd")
  target_compile_options(ganvas_tier INTERFACE -msimd128)
elseif(GANVAS_TIER STREQUAL "scalar")
  target_compile_definitions(ganvas_tier INTERFACE GANVAS_SCALAR XSIMD_WITH_EMULATED=1)
else()
  message(FATAL_ERROR "GANVAS_TIER is '${GANVAS_TIER}', must be native, relaxed, simd or scalar")
endif()

if(EMSCRIPTEN AND NOT GANVAS_TIER STREQUAL "scalar")
  # Every browser with SIMD has these, and they make the code smaller.
  target_compile_options(ganvas_tier INTERFACE -mnontrapping-fptoint -mbulk-memory -msign-ext)
endif()

if(GANVAS_THREADS)
  target_compile_definitions(ganvas_tier INTERFACE GANVAS_THREADS)
  target_compile_options(ganvas_tier INTERFACE -pthread)
  target_link_options(ganvas_tier INTERFACE -pthread)
endif()
if(GANVAS_SANITIZE)
  target_compile_options(ganvas_tier INTERFACE -fsanitize=${GANVAS_SANITIZE} -fno-sanitize-recover=all
    -fsanitize-ignorelist=${PROJECT_SOURCE_DIR}/cmake/sanitizer_ignorelist.txt -fno-omit-frame-pointer)
  target_link_options(ganvas_tier INTERFACE -fsanitize=${GANVAS_SANITIZE})
endif()
