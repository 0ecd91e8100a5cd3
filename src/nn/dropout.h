// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.Dropout and Dropout2d: in training each element (each channel) is zero with probability
// p, the others are scaled by 1 / (1 - p); in evaluation nothing happens. Masks come from
// counter-based streams: a pass of the same number in the same run drops the same elements.
#pragma once

#include <cstdint>

#include "kernels/thread_pool.h"
#include "nn/layer.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

enum class DropoutUnit { element, channel };

template <typename T>
class Dropout final : public Layer<T> {
 public:
  /// 0 <= probability < 1. `layer_number` tells the dropout layers of a model apart.
  Dropout(Shape shape, double probability, DropoutUnit unit, std::uint64_t seed,
          std::uint32_t layer_number, int max_blocks, ThreadPool& pool);

  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;
  bool piecewise_linear() const override { return true; }
  void forward_tangent(BatchLayout layout, const T* y, const T* t_x, T* t_y) override;
  void set_training(bool training) override { training_ = training; }
  void set_pass_number(std::uint64_t number) override { pass_number_ = number; }

 private:
  /// Masks are per unit: an element, or a channel of so many pixels.
  int units() const { return this->output_features() / pixels_; }
  void draw_mask(BatchLayout layout);
  void apply_mask(BatchLayout layout, const T* values, T* out);

  double probability_;
  int pixels_;
  std::uint64_t seed_;
  std::uint32_t layer_number_;
  ThreadPool& pool_;
  bool training_ = true;
  std::uint64_t pass_number_ = 0;
  AlignedBuffer<T> mask_;         // (unit) in BatchLayout: 0 or 1 / (1 - p)
  AlignedBuffer<float> uniform_;  // what decides it, one for each
};

}  // namespace ganvas
