# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# The JavaScript modules of this tier: module/ganvas-<tier>[-mt].js and .wasm, and, for one thread, the judge as
# module/ganvas-judge-<tier>.js and .wasm. Their types come from the `simd` tier.
set(ganvas_module ganvas-${GANVAS_TIER})
if(GANVAS_THREADS)
  string(APPEND ganvas_module -mt)
endif()

# What has to download before it can run is as small as does not cost speed: the layers' loops are intrinsics, which -Os
# leaves as they are, and what sets a run up takes no time at all.
target_compile_options(ganvas_core PRIVATE -Oz)
target_compile_options(ganvas_judge PRIVATE -Oz)
target_compile_options(ganvas_nn PRIVATE -Os)
set_source_files_properties(${GANVAS_PRODUCTS} PROPERTIES COMPILE_OPTIONS -O2)
# These run once, or over a batch's outputs alone.
set_source_files_properties(src/nn/check_layers.cpp src/nn/losses.cpp src/nn/parameters.cpp src/nn/problem.cpp src/nn/sequential.cpp
  PROPERTIES COMPILE_OPTIONS -Oz)

# ganvas_javascript_module(TARGET NAME TYPES LIBRARY SOURCE...): module/NAME.{js,wasm} and, from `simd`, module/TYPES.
function(ganvas_javascript_module target name types library)
  add_executable(${target} ${ARGN})
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME ${name}
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/module)
  target_compile_definitions(${target} PRIVATE
    GANVAS_MODULE_TIER="${GANVAS_TIER}"
    GANVAS_VERSION="${PROJECT_VERSION}"
    EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)  # Embind without RTTI
  target_compile_options(${target} PRIVATE -fno-exceptions -fno-rtti -Oz)
  target_link_libraries(${target} PRIVATE ${library})
  target_link_options(${target} PRIVATE
    -lembind -fno-rtti  # also at link time: it picks the variant of Embind's own library
    -Oz  # what Binaryen then does costs no speed: 0.997 to 1.003 of -O3's time a step
    -sMODULARIZE -sEXPORT_ES6 -sENVIRONMENT=web,worker,node -sEXPORT_NAME=createGanvasModule
    -sDYNAMIC_EXECUTION=0  # the page's Content-Security-Policy has no unsafe-eval
    -sALLOW_MEMORY_GROWTH -sINITIAL_MEMORY=32MB -sMAXIMUM_MEMORY=1GB
    -sSTACK_SIZE=1MB -sMALLOC=emmalloc  # the small allocator: a step allocates nothing
    -sFILESYSTEM=0
    -sINCOMING_MODULE_JS_API=locateFile,instantiateWasm,wasmBinary,poolSize,print,printErr,onAbort
    -sASSERTIONS=0)
  if(GANVAS_TIER STREQUAL "simd" AND NOT GANVAS_THREADS)
    target_link_options(${target} PRIVATE --emit-tsd ${types})
  endif()
endfunction()

ganvas_javascript_module(ganvas_module ${ganvas_module} ganvas.d.ts ganvas_core
  src/wasm/bindings.cpp src/wasm/exploration.cpp)
if(GANVAS_THREADS)
  # Workers are started while the module loads, so that the pool never waits for the event loop.
  # The loader ends the pool of a module that it does not use, through PThread.
  target_link_options(ganvas_module PRIVATE "-sPTHREAD_POOL_SIZE=Module['poolSize']" -sDEFAULT_PTHREAD_STACK_SIZE=512KB
    -sEXPORTED_RUNTIME_METHODS=PThread)
else()
  ganvas_javascript_module(ganvas_judge_module ganvas-judge-${GANVAS_TIER} ganvas_judge.d.ts ganvas_judge
    src/wasm/judge_bindings.cpp)
endif()
