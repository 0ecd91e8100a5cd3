// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Element-wise layers: LeakyReLU (ReLU is the one with slope 0), Tanh and Sigmoid, each as in
// torch.nn. All of them keep the sample's shape, and find their derivative from their output.
#pragma once

#include "kernels/thread_pool.h"
#include "nn/layer.h"

namespace ganvas {

template <typename T>
class LeakyRelu final : public Layer<T> {
 public:
  /// negative_slope >= 0
  LeakyRelu(Shape shape, double negative_slope, ThreadPool& pool)
      : Layer<T>(shape), negative_slope_(static_cast<T>(negative_slope)), pool_(pool) {}

  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;
  bool piecewise_linear() const override { return true; }
  void forward_tangent(BatchLayout layout, const T* y, const T* t_x, T* t_y) override;

 private:
  /// out = slope where y <= 0, else 1, times values
  void scale_by_slope(BatchLayout layout, const T* y, const T* values, T* out);

  T negative_slope_;
  ThreadPool& pool_;
};

template <typename T>
class Tanh final : public Layer<T> {
 public:
  Tanh(Shape shape, ThreadPool& pool) : Layer<T>(shape), pool_(pool) {}

  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;

 private:
  ThreadPool& pool_;
};

template <typename T>
class Sigmoid final : public Layer<T> {
 public:
  Sigmoid(Shape shape, ThreadPool& pool) : Layer<T>(shape), pool_(pool) {}

  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;

 private:
  ThreadPool& pool_;
};

}  // namespace ganvas
