# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# ganvas_headers: the header-only libraries (Eigen, xtensor, xsimd, RapidJSON). Natively they come by find_package.
# Cross-compiling, their folders are linked into one of ours: the host's /usr/include itself must never be on emcc's path.
add_library(ganvas_headers INTERFACE)
target_compile_definitions(ganvas_headers INTERFACE
  EIGEN_MPL2_ONLY
  XTENSOR_DISABLE_EXCEPTIONS
)

if(NOT EMSCRIPTEN)
  find_package(Eigen3 3.4 REQUIRED)
  find_package(xtensor REQUIRED)
  find_package(xsimd REQUIRED)  # which calls no major version compatible with another
  if(xsimd_VERSION VERSION_LESS 10)
    message(FATAL_ERROR "xsimd is ${xsimd_VERSION}, need 10 or later")
  endif()
  find_path(GANVAS_rapidjson_DIR rapidjson/document.h REQUIRED)
  find_package(Threads REQUIRED)
  target_include_directories(ganvas_headers SYSTEM INTERFACE ${GANVAS_rapidjson_DIR})
  target_link_libraries(ganvas_headers INTERFACE Eigen3::Eigen xtensor xsimd Threads::Threads)
  return()
endif()

set(ganvas_include ${CMAKE_BINARY_DIR}/include)
file(MAKE_DIRECTORY ${ganvas_include})
foreach(probe
    Eigen/Core unsupported/Eigen/FFT xtensor/xtensor.hpp xtl/xtl_config.hpp xsimd/xsimd.hpp rapidjson/document.h
    catch2/catch_test_macros.hpp)
  string(REGEX REPLACE "/.*" "" folder ${probe})
  find_path(GANVAS_${folder}_DIR ${probe} PATHS /usr/local/include /usr/include PATH_SUFFIXES eigen3 REQUIRED NO_CMAKE_FIND_ROOT_PATH)
  file(CREATE_LINK ${GANVAS_${folder}_DIR}/${folder} ${ganvas_include}/${folder} SYMBOLIC)
endforeach()
target_include_directories(ganvas_headers SYSTEM INTERFACE ${ganvas_include})
