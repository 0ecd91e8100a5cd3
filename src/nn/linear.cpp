// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Linear's three products; see linear.h.
#include "nn/linear.h"

#include <cmath>

#include "kernels/gemm.h"

namespace ganvas {

template <typename T>
Linear<T>::Linear(const std::string& name, int in_features, int out_features,
                  Parameters<T>& parameters, ThreadPool& pool)
    : Layer<T>(Shape{out_features}),
      in_features_(in_features),
      out_features_(out_features),
      parameters_(parameters),
      pool_(pool) {
  // Linear.reset_parameters: kaiming_uniform_(a = sqrt(5)) of the weight is this same bound.
  const UniformInit init{1.0f / std::sqrt(static_cast<float>(in_features))};
  weight_ = parameters.declare(name + ".weight", {out_features, in_features}, init);
  bias_ = parameters.declare(name + ".bias", {out_features}, init);
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
  if (pass.parameter_gradients) {
    sum_outer_products(pass.dy, out_features_, pass.x, in_features_, parameters_.gradient(weight_),
                       blocks, pool_);
    sum_samples(pass.dy, out_features_, parameters_.gradient(bias_), blocks, pool_);
  }
  if (pass.dx) {
    multiply_transposed(parameters_.value(weight_), out_features_, in_features_, pass.dy, pass.dx,
                        blocks, pool_);
  }
}

template class Linear<float>;
template class Linear<double>;

}  // namespace ganvas
