// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The three products of a linear layer; see linear.h.
#include "nn/linear.h"

#include "kernels/gemm.h"
#include "kernels/reductions.h"
#include "nn/layer_site.h"

namespace ganvas {
namespace {

template <typename T>
class Linear final : public Layer<T> {
 public:
  explicit Linear(const LayerSite<T>& site);

  std::int64_t product_flops() const override;
  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;
  void forward_tangent(BatchLayout layout, const T* y, const T* t_x, T* t_y) override;

 private:
  int in_features_;
  int out_features_;
  Parameters<T>& parameters_;
  ThreadPool& pool_;
  int weight_;
  int bias_;
};

template <typename T>
Linear<T>::Linear(const LayerSite<T>& site)
    : Layer<T>(site.output),
      in_features_(site.input[0]),
      out_features_(site.output[0]),
      parameters_(site.parameters),
      pool_(site.pool) {
  weight_ = parameters_.declare(site.name_of("weight"), {out_features_, in_features_},
                                InitRule::linear_weight, in_features_);
  bias_ = parameters_.declare(site.name_of("bias"), {out_features_}, InitRule::bias, in_features_);
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

}  // namespace

Inferred LinearSpec::infer(const LayerInput& input) const {
  if (input.shape.rank() != 1) return Misfit{ProblemKind::needs_flat};
  return LayerShape{Shape{out_features}, (std::int64_t{input.shape[0]} + 1) * out_features};
}

template <typename T>
LayerPointer<T> LinearSpec::build(const LayerSite<T>& site) const {
  return std::make_unique<Linear<T>>(site);
}
GANVAS_INSTANTIATE_BUILD(LinearSpec);

}  // namespace ganvas
