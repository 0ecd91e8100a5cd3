# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# The JavaScript module of this tier: module/ganvas-<tier>[-mt].js and .wasm, and from the `simd` tier its types.
set(ganvas_module ganvas-${GANVAS_TIER})
if(GANVAS_THREADS)
  string(APPEND ganvas_module -mt)
endif()

add_executable(ganvas_module src/wasm/bindings.cpp src/wasm/exploration.cpp)
set_target_properties(ganvas_module PROPERTIES
  OUTPUT_NAME ${ganvas_module}
  RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/module)
target_compile_definitions(ganvas_module PRIVATE
  GANVAS_MODULE_TIER="${GANVAS_TIER}"
  GANVAS_VERSION="${PROJECT_VERSION}"
  EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)  # Embind without RTTI
target_compile_options(ganvas_module PRIVATE -fno-exceptions -fno-rtti)
# What has to download before it can run is as small as does not cost speed: the layers' loops are intrinsics, which -Os
# leaves as they are, and what sets a run up takes no time at all.
target_compile_options(ganvas_core PRIVATE -Oz)
target_compile_options(ganvas_module PRIVATE -Oz)
target_compile_options(ganvas_nn PRIVATE -Os)
set_source_files_properties(${GANVAS_PRODUCTS} PROPERTIES COMPILE_OPTIONS -O2)
target_link_libraries(ganvas_module PRIVATE ganvas_core)
target_link_options(ganvas_module PRIVATE
  -lembind -fno-rtti  # also at link time: it picks the variant of Embind's own library
  -sMODULARIZE -sEXPORT_ES6 -sENVIRONMENT=web,worker,node -sEXPORT_NAME=createGanvasModule
  -sDYNAMIC_EXECUTION=0  # the page's Content-Security-Policy has no unsafe-eval
  -sALLOW_MEMORY_GROWTH -sINITIAL_MEMORY=32MB -sMAXIMUM_MEMORY=1GB
  -sSTACK_SIZE=1MB -sMALLOC=emmalloc  # the small allocator: a step allocates nothing
  -sFILESYSTEM=0
  -sINCOMING_MODULE_JS_API=locateFile,instantiateWasm,wasmBinary,poolSize,print,printErr,onAbort
  -sASSERTIONS=0)
if(GANVAS_THREADS)
  # Workers are started while the module loads, so that the pool never waits for the event loop.
  target_link_options(ganvas_module PRIVATE "-sPTHREAD_POOL_SIZE=Module['poolSize']" -sDEFAULT_PTHREAD_STACK_SIZE=512KB)
endif()
if(GANVAS_TIER STREQUAL "simd" AND NOT GANVAS_THREADS)
  target_link_options(ganvas_module PRIVATE --emit-tsd ganvas.d.ts)
endif()
