// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.Linear: y = x W^T + b, W (out_features, in_features), b (out_features,).
#pragma once

#include <cstdint>
#include <string>

#include "kernels/thread_pool.h"
#include "nn/layer.h"
#include "nn/parameters.h"

namespace ganvas {

template <typename T>
class Linear final : public Layer<T> {
 public:
  /// Declares `<name>.weight` and `<name>.bias` in `parameters`, which must outlive the layer.
  Linear(const std::string& name, int in_features, int out_features, Parameters<T>& parameters,
         ThreadPool& pool);

  std::int64_t product_flops() const override;
  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;
  bool piecewise_linear() const override { return true; }
  void forward_tangent(BatchLayout layout, const T* y, const T* t_x, T* t_y) override;

 private:
  int in_features_;
  int out_features_;
  Parameters<T>& parameters_;
  ThreadPool& pool_;
  int weight_;
  int bias_;
};

}  // namespace ganvas
