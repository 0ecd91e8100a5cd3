// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.Conv2d and torch.nn.ConvTranspose2d with square kernels. The two are each other's
// adjoints, so one class serves both: what is forward in one is the input gradient of the other,
// and the weight's layout is shared: (out, in, k, k) for Conv2d, (in, out, k, k) for
// ConvTranspose2d, bias (out,).
#pragma once

#include <cstdint>
#include <string>

#include "kernels/convolution.h"
#include "kernels/thread_pool.h"
#include "nn/layer.h"
#include "nn/parameters.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

enum class ConvDirection { conv, transposed };

template <typename T>
class Conv2d final : public Layer<T> {
 public:
  /// `geometry` is of the convolution: for a transposed one, `in` is the layer's output and `out`
  /// its input. Declares
  /// `<name>.weight` and `<name>.bias` in `parameters`, which must outlive the layer.
  Conv2d(const std::string& name, ConvDirection direction, const ConvGeometry& geometry,
         Parameters<T>& parameters, ThreadPool& pool);

  std::int64_t product_flops() const override;
  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;
  bool piecewise_linear() const override { return true; }
  void forward_tangent(BatchLayout layout, const T* y, const T* t_x, T* t_y) override;

 private:
  void apply(const T* bias, BatchLayout layout, const T* x, T* y);

  ConvDirection direction_;
  ConvGeometry geometry_;
  Parameters<T>& parameters_;
  ThreadPool& pool_;
  AlignedBuffer<T> packed_weight_;
  int weight_;
  int bias_;
};

}  // namespace ganvas
