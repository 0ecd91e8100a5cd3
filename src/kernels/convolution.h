// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Strided 2-d convolution of activations in BatchLayout, its adjoint, and the gradient of its
// weight, without im2col. Since lanes are samples, a pixel fills whole registers, and all three are
// direct loops over taps around one micro-kernel. The weight is (out_channels, in_channels, kernel,
// kernel), row-major. A transposed convolution is the adjoint of a convolution: its input is that
// convolution's `out`, its output is `in`, and the weight layout is the same. Instantiated for
// float and double.
#pragma once

#include <cstddef>

#include "kernels/store.h"
#include "kernels/thread_pool.h"

namespace ganvas {

/// out[o][oy][ox] = sum w[o][i][ky][kx] in[i][oy stride - padding + ky][ox stride - padding + kx]
struct ConvGeometry {
  int in_channels = 0;
  int in_height = 0;
  int in_width = 0;
  int out_channels = 0;
  int out_height = 0;
  int out_width = 0;
  int kernel = 0;
  int stride = 1;
  int padding = 0;

  int in_pixels() const { return in_height * in_width; }
  int out_pixels() const { return out_height * out_width; }
  int taps() const { return kernel * kernel; }
};

/// Size in elements of the scratch memory in which convolve() and convolve_adjoint() reorder the
/// weight for the micro-kernel.
template <typename T>
std::size_t packed_weight_size(const ConvGeometry& geometry);

/// out = convolution of in, plus bias (out_channels), which can be null. `packed_weight` is scratch
/// memory of packed_weight_size() elements.
template <typename T>
void convolve(const ConvGeometry& geometry, const T* weight, const T* bias, const T* in, T* out,
              int blocks, T* packed_weight, ThreadPool& pool);

/// in = adjoint convolution of out, plus bias (in_channels), which can be null.
template <typename T>
void convolve_adjoint(const ConvGeometry& geometry, const T* weight, const T* bias, const T* out,
                      T* in, int blocks, T* packed_weight, ThreadPool& pool);

/// Gradient of the weight: weight = the sum over samples and output pixels of out times the patch
/// of `in` below it. Padding lanes must be zero in one of the two and finite in the other.
template <typename T>
void sum_patch_products(const ConvGeometry& geometry, const T* out, const T* in, T* weight,
                        int blocks, Store store, ThreadPool& pool);

}  // namespace ganvas
