// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.BatchNorm1d and BatchNorm2d (Ioffe and Szegedy 2015): per channel over samples and
// pixels, affine, with running statistics. Each group of a batch has statistics of its own, as if
// the groups had come in separate calls.
#pragma once

#include <string>

#include "kernels/thread_pool.h"
#include "nn/layer.h"
#include "nn/parameters.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

template <typename T>
class BatchNorm final : public Layer<T> {
 public:
  /// `shape` is (channels,) or (channels, height, width). Declares `<name>.weight` and `.bias` in
  /// `parameters`,
  /// `<name>.running_mean` and `.running_var` in `buffers`; both must outlive the layer.
  BatchNorm(const std::string& name, Shape shape, double eps, double momentum,
            Parameters<T>& parameters, NamedTensors<T>& buffers, ThreadPool& pool);

  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;
  void set_training(bool training) override { training_ = training; }

 private:
  static constexpr int kMaxGroups = 2;

  int channels() const { return this->output_shape()[0]; }
  int pixels() const { return this->output_features() / channels(); }
  /// Where mean_ and rstd_ keep a channel's statistic of one group.
  std::size_t statistic_index(int group, int channel) const {
    return static_cast<std::size_t>(group) * static_cast<std::size_t>(channels()) +
           static_cast<std::size_t>(channel);
  }

  T eps_;
  T momentum_;
  Parameters<T>& parameters_;
  NamedTensors<T>& buffers_;
  ThreadPool& pool_;
  int weight_;
  int bias_;
  int running_mean_;
  int running_var_;
  bool training_ = true;
  AlignedBuffer<T> mean_;  // (group, channel) of the last forward pass
  AlignedBuffer<T> rstd_;  // 1 / sqrt(var + eps)
};

}  // namespace ganvas
