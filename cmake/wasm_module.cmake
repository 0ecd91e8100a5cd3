# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# The JavaScript modules of this tier: module/ganvas-<tier>[-mt].js and .wasm, and without threads the judge module,
# module/ganvas-judge-<tier>.js and .wasm. The `simd` tier generates their types. The `scalar` tier also has the modules of
# which one tier serves all: ganvas-exchange, which writes and reads files of other tools, and ganvas-pictures, which reads
# anybody's pictures. Included by src/CMakeLists.txt.
set(ganvas_module ganvas-${GANVAS_TIER})
if(GANVAS_THREADS)
  string(APPEND ganvas_module -mt)
endif()

# Optimise for download size where that costs no speed: the layers' loops are intrinsics, which -Os does not change;
# matrix products get -O2; code that only sets up a run gets -Oz.
foreach(folder base data exchange gan inference io judge pictures)
  target_compile_options(ganvas_${folder} PRIVATE -Oz)
endforeach()
target_compile_options(ganvas_kernels PRIVATE -Os)
target_compile_options(ganvas_nn PRIVATE -Os)
set_source_files_properties(kernels/convolution.cpp kernels/gemm.cpp kernels/patch_products.cpp
  PROPERTIES COMPILE_OPTIONS -O2)
# These run once, or only over the outputs of a batch.
set_source_files_properties(nn/check_layers.cpp nn/losses.cpp nn/parameters.cpp nn/problem.cpp nn/sequential.cpp
  PROPERTIES COMPILE_OPTIONS -Oz)

# Nothing asks for the type of an object, and one thread makes all static objects.
foreach(folder base data gan inference io judge kernels nn pictures)
  target_compile_options(ganvas_${folder} PRIVATE -fno-rtti -fno-threadsafe-statics)
endforeach()

set(ganvas_maximum_memory 1073741824)  # bytes
target_compile_definitions(ganvas_gan PRIVATE GANVAS_MAXIMUM_MEMORY=${ganvas_maximum_memory})

# How the sources of the modules are compiled.
add_library(ganvas_wasm INTERFACE)
target_link_libraries(ganvas_wasm INTERFACE ganvas_tier)
target_compile_definitions(ganvas_wasm INTERFACE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)  # Embind without RTTI
target_compile_options(ganvas_wasm INTERFACE -fno-exceptions -fno-rtti -fno-threadsafe-statics -Oz)

# In the place of Embind's library, whose name tells Emscripten that Embind is used.
add_library(ganvas_embind STATIC wasm/embind_types.cpp)
target_link_libraries(ganvas_embind PRIVATE ganvas_wasm)
set_target_properties(ganvas_embind PROPERTIES OUTPUT_NAME embind ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/embind)

# ganvas_javascript_module(TARGET NAME TYPES_TIER TYPES SOURCE...): module/NAME.{js,wasm} and, from that tier, module/TYPES.
function(ganvas_javascript_module target name types_tier types)
  add_executable(${target} ${ARGN})
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME ${name}
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/module)
  target_compile_definitions(${target} PRIVATE
    GANVAS_MODULE_TIER="${GANVAS_TIER}"
    GANVAS_VERSION="${PROJECT_VERSION}")
  target_link_libraries(${target} PRIVATE ganvas_wasm)
  set_property(TARGET ${target} PROPERTY LINK_DEPENDS $<TARGET_FILE:ganvas_embind>)
  ganvas_include_root(${target} PRIVATE wasm)
  target_link_options(${target} PRIVATE
    -L${CMAKE_BINARY_DIR}/embind -lembind -fno-rtti
    -Oz  # also for Binaryen: a step takes 0.997 to 1.003 times as long as with -O3
    -sMODULARIZE -sEXPORT_ES6 -sENVIRONMENT=web,worker,node -sEXPORT_NAME=createGanvasModule
    -sDYNAMIC_EXECUTION=0  # the page's Content-Security-Policy has no unsafe-eval
    -sALLOW_MEMORY_GROWTH -sINITIAL_MEMORY=32MB -sMAXIMUM_MEMORY=${ganvas_maximum_memory}
    -sSTACK_SIZE=1MB -sMALLOC=emmalloc  # a small allocator is enough: a training step allocates nothing
    -sFILESYSTEM=0
    -sINCOMING_MODULE_JS_API=instantiateWasm,poolSize
    -sWASM_BIGINT -sTEXTDECODER=2  # no code for browsers that could not load the page
    -sBINARYEN_EXTRA_PASSES=--skip-pass=memory-packing  # gzip packs zeros into less than code that fills memory
    -sASSERTIONS=0)
  if(GANVAS_TIER STREQUAL types_tier AND NOT GANVAS_THREADS)
    target_link_options(${target} PRIVATE --emit-tsd ${types})
    target_compile_definitions(${target} PRIVATE GANVAS_DECLARATIONS)
  endif()
endfunction()

ganvas_javascript_module(ganvas_module ${ganvas_module} simd ganvas.d.ts wasm/bindings.cpp wasm/exploration.cpp)
target_link_libraries(ganvas_module PRIVATE ganvas_inference ganvas_io)
if(GANVAS_THREADS)
  # Start workers while the module loads, because the pool cannot wait for the event loop. The loader uses PThread to
  # end the workers of a module that it does not use.
  target_link_options(ganvas_module PRIVATE "-sPTHREAD_POOL_SIZE=Module['poolSize']" -sDEFAULT_PTHREAD_STACK_SIZE=512KB
    -sEXPORTED_RUNTIME_METHODS=PThread)
else()
  ganvas_javascript_module(ganvas_judge_module ganvas-judge-${GANVAS_TIER} simd ganvas_judge.d.ts wasm/judge_bindings.cpp)
  target_link_libraries(ganvas_judge_module PRIVATE ganvas_judge)
endif()
if(GANVAS_TIER STREQUAL "scalar")
  ganvas_javascript_module(ganvas_exchange_module ganvas-exchange scalar ganvas_exchange.d.ts wasm/exchange_bindings.cpp)
  target_link_libraries(ganvas_exchange_module PRIVATE ganvas_exchange)
  ganvas_javascript_module(ganvas_pictures_module ganvas-pictures scalar ganvas_pictures.d.ts wasm/pictures_bindings.cpp)
  target_link_libraries(ganvas_pictures_module PRIVATE ganvas_pictures)
  # Fitting and hashing go through every pixel.
  set_source_files_properties(pictures/fit.cpp pictures/picture_set.cpp PROPERTIES COMPILE_OPTIONS -O2
    SKIP_UNITY_BUILD_INCLUSION ON)
endif()
