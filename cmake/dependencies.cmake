# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# One target each for the header-only libraries and threads. Native builds use find_package. When cross-compiling, each
# library's folder is linked into one of our own, because the host's /usr/include must never be on emcc's include path.
foreach(library eigen protozero rapidjson xsimd xxhash threads)
  add_library(ganvas_${library} INTERFACE)
endforeach()
target_compile_definitions(ganvas_eigen INTERFACE EIGEN_MPL2_ONLY)
# Without exceptions, Eigen tells of a lack of memory by asking operator new for more than there can be. GCC leaves that out,
# because nothing uses what it returns, and null is written to.
target_compile_options(ganvas_eigen INTERFACE $<$<CXX_COMPILER_ID:GNU>:-fno-allocation-dce>)

if(NOT EMSCRIPTEN)
  find_package(Eigen3 3.4 REQUIRED)
  find_package(xsimd REQUIRED)  # any version: its package only matches the same major version
  if(xsimd_VERSION VERSION_LESS 10)
    message(FATAL_ERROR "xsimd is ${xsimd_VERSION}, need 10 or later")
  endif()
  find_path(GANVAS_protozero_DIR protozero/pbf_writer.hpp REQUIRED)
  find_path(GANVAS_rapidjson_DIR rapidjson/document.h REQUIRED)
  find_path(GANVAS_xxhash_DIR xxhash.h REQUIRED)
  find_package(Threads REQUIRED)
  target_link_libraries(ganvas_eigen INTERFACE Eigen3::Eigen)
  target_link_libraries(ganvas_xsimd INTERFACE xsimd)
  target_include_directories(ganvas_protozero SYSTEM INTERFACE ${GANVAS_protozero_DIR})
  target_include_directories(ganvas_rapidjson SYSTEM INTERFACE ${GANVAS_rapidjson_DIR})
  target_include_directories(ganvas_xxhash SYSTEM INTERFACE ${GANVAS_xxhash_DIR})
  target_link_libraries(ganvas_threads INTERFACE Threads::Threads)
  return()
endif()

# ganvas_take_headers(TARGET HEADER...): adds the folders of these headers to a target's include path.
function(ganvas_take_headers target)
  set(root ${CMAKE_BINARY_DIR}/include/${target})
  file(MAKE_DIRECTORY ${root})
  foreach(header ${ARGN})
    string(REGEX REPLACE "/.*" "" folder ${header})
    find_path(GANVAS_${folder}_DIR ${header}
      PATHS /usr/local/include /usr/include PATH_SUFFIXES eigen3 REQUIRED NO_CMAKE_FIND_ROOT_PATH)
    file(CREATE_LINK ${GANVAS_${folder}_DIR}/${folder} ${root}/${folder} SYMBOLIC)
  endforeach()
  target_include_directories(${target} SYSTEM INTERFACE ${root})
endfunction()

ganvas_take_headers(ganvas_eigen Eigen/Core)
ganvas_take_headers(ganvas_protozero protozero/pbf_writer.hpp)
ganvas_take_headers(ganvas_rapidjson rapidjson/document.h)
ganvas_take_headers(ganvas_xsimd xsimd/xsimd.hpp)
ganvas_take_headers(ganvas_xxhash xxhash.h)
