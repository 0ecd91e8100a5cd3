// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.MaxPool2d(2) and torch.nn.Upsample(scale_factor=2, mode="nearest"): halving and doubling
// of images.
#pragma once

#include "kernels/thread_pool.h"
#include "nn/layer.h"

namespace ganvas {

/// y[c][i][j] = the largest of the kernel x kernel window of x; windows do not overlap, a remainder
/// is left out.
template <typename T>
class MaxPool2d final : public Layer<T> {
 public:
  /// `input` is (channels, height, width), kernel at most its height and width.
  MaxPool2d(Shape input, int kernel, ThreadPool& pool)
      : Layer<T>(Shape{input[0], input[1] / kernel, input[2] / kernel}),
        input_(input),
        kernel_(kernel),
        pool_(pool) {}

  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;

 private:
  Shape input_;
  int kernel_;
  ThreadPool& pool_;
};

/// y[c][i][j] = x[c][i / 2][j / 2]
template <typename T>
class UpsampleNearest2x final : public Layer<T> {
 public:
  /// `input` is (channels, height, width).
  UpsampleNearest2x(Shape input, ThreadPool& pool)
      : Layer<T>(Shape{input[0], 2 * input[1], 2 * input[2]}), input_(input), pool_(pool) {}

  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;
  bool piecewise_linear() const override { return true; }
  void forward_tangent(BatchLayout layout, const T* y, const T* t_x, T* t_y) override;

 private:
  Shape input_;
  ThreadPool& pool_;
};

}  // namespace ganvas
