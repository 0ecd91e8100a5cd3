// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A list of layers run in order, as torch.nn.Sequential, with its parameters and every buffer that
// a pass needs. All memory is allocated by create(), for batches of up to max_blocks blocks.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "kernels/thread_pool.h"
#include "nn/layer.h"
#include "nn/layer_spec.h"
#include "nn/parameters.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

template <typename T>
class Sequential {
 public:
  /// Builds the layers on samples of `input_shape`. invalid_config names the first layer that does
  /// not fit, as "generator layer 2 (linear): ...". `pool` outlives the network.
  static Result<std::unique_ptr<Sequential>> create(const std::string& network_name,
                                                    const LayerSpecs& specs, Shape input_shape,
                                                    int max_blocks, ThreadPool& pool);

  int input_features() const { return static_cast<int>(input_shape_.size()); }
  const Shape& output_shape() const;
  int output_features() const { return static_cast<int>(output_shape().size()); }
  int max_blocks() const { return max_blocks_; }
  Parameters<T>& parameters() { return parameters_; }
  const Parameters<T>& parameters() const { return parameters_; }

  /// y = layers(x). x and y are the caller's and must stay as they are until backward().
  void forward(BatchLayout layout, const T* x, T* y);

  /// The derivative of the last forward(): given d loss / d y, writes d loss / d x into dx (null:
  /// not needed, and not computed) and, if asked, overwrites d loss / d parameters.
  void backward(const T* dy, T* dx, bool parameter_gradients);

 private:
  Sequential(Shape input_shape, int max_blocks)
      : input_shape_(input_shape), max_blocks_(max_blocks) {}

  Shape input_shape_;
  int max_blocks_;
  Parameters<T> parameters_;
  std::vector<std::unique_ptr<Layer<T>>> layers_;
  std::vector<AlignedBuffer<T>> hidden_;  // the output of every layer but the last
  AlignedBuffer<T> gradients_[2];         // d loss / d hidden, in turns

  // The last forward pass.
  BatchLayout layout_;
  const T* x_ = nullptr;
  const T* y_ = nullptr;
};

}  // namespace ganvas
