// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Convolution and transposed convolution from the three kernels they share; see conv2d.h.
#include "nn/conv2d.h"

#include "kernels/reductions.h"

namespace ganvas {
namespace {

Shape output_shape_of(ConvDirection direction, const ConvGeometry& g) {
  return direction == ConvDirection::conv ? Shape{g.out_channels, g.out_height, g.out_width}
                                          : Shape{g.in_channels, g.in_height, g.in_width};
}

}  // namespace

template <typename T>
Conv2d<T>::Conv2d(const std::string& name, ConvDirection direction, const ConvGeometry& geometry,
                  Parameters<T>& parameters, ThreadPool& pool)
    : Layer<T>(output_shape_of(direction, geometry)),
      direction_(direction),
      geometry_(geometry),
      parameters_(parameters),
      pool_(pool),
      packed_weight_(packed_weight_size<T>(geometry)) {
  // torch's _calculate_fan_in_and_fan_out takes the weight's second axis for both: for a transposed
  // convolution that is its output channels.
  const int fan_in = geometry.in_channels * geometry.taps();
  weight_ = parameters.declare(
      name + ".weight",
      {geometry.out_channels, geometry.in_channels, geometry.kernel, geometry.kernel},
      InitRule::conv_weight, fan_in);
  bias_ = parameters.declare(name + ".bias", {this->output_shape()[0]}, InitRule::bias, fan_in);
}

template <typename T>
void Conv2d<T>::apply(const T* bias, BatchLayout layout, const T* x, T* y) {
  const T* weight = parameters_.value(weight_);
  if (direction_ == ConvDirection::conv) {
    convolve(geometry_, weight, bias, x, y, layout.blocks(), packed_weight_.data(), pool_);
  } else {
    convolve_adjoint(geometry_, weight, bias, x, y, layout.blocks(), packed_weight_.data(), pool_);
  }
}

template <typename T>
std::int64_t Conv2d<T>::product_flops() const {
  return 2 * std::int64_t{geometry_.in_channels} * geometry_.out_channels * geometry_.taps() *
         geometry_.out_pixels();
}

/// y = W * x + b
template <typename T>
void Conv2d<T>::forward(BatchLayout layout, const T* x, T* y) {
  apply(parameters_.value(bias_), layout, x, y);
}

/// dx = W^T * dy;  dW = sum dy x^T over patches;  db = sum dy
template <typename T>
void Conv2d<T>::backward(const BackwardPass<T>& pass) {
  const int blocks = pass.layout.blocks();
  const T* weight = parameters_.value(weight_);
  const bool conv = direction_ == ConvDirection::conv;
  if (pass.gradients != Gradients::skip) {
    sum_patch_products(geometry_, conv ? pass.dy : pass.x, conv ? pass.x : pass.dy,
                       parameters_.gradient(weight_), blocks, store_of(pass.gradients), pool_);
    if (pass.gradients == Gradients::overwrite) {
      const int channels = this->output_shape()[0];
      sum_channels(pass.dy, channels, this->output_features() / channels,
                   parameters_.gradient(bias_), blocks, pool_);
    }
  }
  if (!pass.dx) return;
  const T* no_bias = nullptr;
  if (conv) {
    convolve_adjoint(geometry_, weight, no_bias, pass.dy, pass.dx, blocks, packed_weight_.data(),
                     pool_);
  } else {
    convolve(geometry_, weight, no_bias, pass.dy, pass.dx, blocks, packed_weight_.data(), pool_);
  }
}

/// t_y = W * t_x
template <typename T>
void Conv2d<T>::forward_tangent(BatchLayout layout, const T*, const T* t_x, T* t_y) {
  const T* no_bias = nullptr;
  apply(no_bias, layout, t_x, t_y);
}

template class Conv2d<float>;
template class Conv2d<double>;

}  // namespace ganvas
