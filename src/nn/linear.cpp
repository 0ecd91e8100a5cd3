// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Linear's three products; see linear.h.
#include "nn/linear.h"

#include "kernels/gemm.h"
#include "kernels/reductions.h"

namespace ganvas {

template <typename T>
Linear<T>::Linear(const std::string& name, int in_features, int out_features,
                  Parameters<T>& parameters, ThreadPool& pool)
    : Layer<T>(Shape{out_features}),
      in_features_(in_features),
      out_features_(out_features),
      parameters_(parameters),
      pool_(pool) {
  weight_ = parameters.declare(name + ".weight", {out_features, in_features},
                               InitRule::linear_weight, in_features);
  bias_ = parameters.declare(name + ".bias", {out_features}, InitRule::bias, in_features);
}

template <typename T>
std::int64_t Linear<T>::product_flops() const {
  return 2 * std::int64_t{in_features_} * out_features_;
}

/// y = W x + b for every sample
template <typename T>
void Linear<T>::forward(BatchLayout layout, const T* x, T* y) {
  multiply(parameters_.value(weight_), out_features_, in_features_, parameters_.value(bias_), x, y,
           layout.blocks(), pool_);
}

/// dx = W^T dy;  dW = sum dy x^T;  db = sum dy
template <typename T>
void Linear<T>::backward(const BackwardPass<T>& pass) {
  const int blocks = pass.layout.blocks();
  if (pass.gradients != Gradients::skip) {
    sum_outer_products(pass.dy, out_features_, pass.x, in_features_, parameters_.gradient(weight_),
                       blocks, store_of(pass.gradients), pool_);
    if (pass.gradients == Gradients::overwrite) {
      sum_channels(pass.dy, out_features_, /*pixels=*/1, parameters_.gradient(bias_), blocks,
                   pool_);
    }
  }
  if (pass.dx) {
    multiply_transposed(parameters_.value(weight_), out_features_, in_features_, pass.dy, pass.dx,
                        blocks, pool_);
  }
}

/// t_y = W t_x
template <typename T>
void Linear<T>::forward_tangent(BatchLayout layout, const T*, const T* t_x, T* t_y) {
  const T* no_bias = nullptr;
  multiply(parameters_.value(weight_), out_features_, in_features_, no_bias, t_x, t_y,
           layout.blocks(), pool_);
}

template class Linear<float>;
template class Linear<double>;

}  // namespace ganvas
