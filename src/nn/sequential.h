// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A list of layers run in order, as torch.nn.Sequential, with its parameters, running statistics
// and all buffers that a pass needs. create() allocates all memory, for batches of up to max_blocks
// blocks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "kernels/thread_pool.h"
#include "nn/layer.h"
#include "nn/layer_spec.h"
#include "nn/parameters.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

/// Options of a network in addition to its layers.
struct NetworkOptions {
  std::string name;           // in error messages: "generator"
  std::uint32_t network = 0;  // number of the network in random streams
  std::uint64_t seed = 0;
  InitScheme init = InitScheme::pytorch;
  int classes = 0;  // 0 if samples have no labels
  int max_blocks = 1;
  bool tangents = false;  // whether forward_tangent() will be called
};

/// Is told in a backward pass which gradients have their last values.
class GradientWatcher {
 public:
  /// Those from `offset` on in the flat array.
  virtual void final_from(std::size_t offset) = 0;

 protected:
  ~GradientWatcher() = default;
};

template <typename T>
class Sequential {
 public:
  /// Builds the layers for samples of `input_shape` and draws their parameters. Fails with
  /// invalid_config for the first layer that does not fit: "generator.layers[2] (linear) ...".
  /// `pool` must outlive the network.
  static Result<std::unique_ptr<Sequential>> create(const NetworkOptions& options,
                                                    std::span<const LayerSpec> specs,
                                                    const Shape& input_shape, ThreadPool& pool);
  /// The same without initial values: all parameters are zero, or those of a lender, which has the
  /// same layers and must outlive the network. For use in an AllocationScope.
  static Result<std::unique_ptr<Sequential>> allocate(const NetworkOptions& options,
                                                      std::span<const LayerSpec> specs,
                                                      const Shape& input_shape, ThreadPool& pool,
                                                      Sequential* lender = nullptr);
  /// Draws the initial values of parameters and running statistics.
  void initialise();

  /// A copy with parameters and running statistics, for batches of up to max_blocks blocks. Fails
  /// with invalid_config if such a batch needs too many activations, or with out_of_memory.
  Result<std::unique_ptr<Sequential>> copy(int max_blocks) const;
  /// The memory of such a copy, with zeros. For use in an AllocationScope.
  Result<std::unique_ptr<Sequential>> allocate_copy(int max_blocks) const;
  /// Copies the parameters and running statistics of a network with the same layers.
  void copy_values(const Sequential& from);

  const Shape& input_shape() const { return input_shape_; }
  int input_features() const { return static_cast<int>(input_shape_.size()); }
  /// The shape of one sample after the last layer, and after every layer of the list.
  const Shape& output_shape() const { return output_shapes_.back(); }
  const std::vector<Shape>& output_shapes() const { return output_shapes_; }
  int output_features() const { return static_cast<int>(output_shape().size()); }
  Parameters<T>& parameters() { return parameters_; }
  const Parameters<T>& parameters() const { return parameters_; }
  /// Running statistics of batch normalisation.
  NamedTensors<T>& buffers() { return buffers_; }
  const NamedTensors<T>& buffers() const { return buffers_; }

  /// Floating-point operations of one sample's forward pass, and of the first layer that has
  /// parameters; see Layer::product_flops(). backward() computes the input gradient of that layer
  /// only if dx is requested.
  std::int64_t product_flops() const;
  std::int64_t first_product_flops() const;

  /// Settings for the next passes; see Layer.
  void set_training(bool training);
  void set_labels(std::span<const std::uint8_t> labels);
  void mix_labels(std::span<const std::uint8_t> others, std::span<const T> shares);
  void set_pass_number(std::uint64_t number);

  /// y = layers(x). x and y belong to the caller and must not change until backward() has run.
  void forward(BatchLayout layout, const T* x, T* y);

  /// The output of layer number `index` in the last forward(), in its layout.
  const T* activations(std::size_t index) const;

  /// The derivative of the last forward(): given d loss / d y, writes d loss / d x to dx (null: not
  /// computed) and treats parameter gradients as `gradients` says. `watcher`, if there is one, is
  /// told after each layer.
  void backward(const T* dy, T* dx, Gradients gradients, GradientWatcher* watcher = nullptr);

  /// Propagates a direction t_x through the last forward() for backward_tangent(): t_y = (dy / dx)
  /// t_x, kept inside. Requires that all layers are piecewise_linear.
  void forward_tangent(const T* t_x);
  /// Adds the derivative of <dy, t_y> to the parameter gradients.
  void backward_tangent(const T* dy);

 private:
  Sequential(NetworkOptions options, LayerSpecs specs, const Shape& input_shape, ThreadPool& pool);

  /// Builds the layers and allocates all memory. Parameters are zero, or the lender's.
  Status build(Sequential* lender);
  void allocate_buffers(Sequential* lender);
  bool is_last(std::size_t layer) const { return layer + 1 == layers_.size(); }

  NetworkOptions options_;
  LayerSpecs specs_;
  Shape input_shape_;
  ThreadPool& pool_;
  std::vector<Shape> output_shapes_;
  std::vector<std::size_t> layer_counts_;  // for each spec, the number of layers_ up to it
  Parameters<T> parameters_;
  NamedTensors<T> buffers_;
  std::vector<std::unique_ptr<Layer<T>>> layers_;
  std::vector<std::size_t> parameter_begins_;  // for each of them, where its gradients begin
  std::size_t first_trained_ = 0;              // the first layer that has parameters
  std::vector<AlignedBuffer<T>> hidden_;       // the output of every layer but the last
  std::vector<AlignedBuffer<T>> tangents_;     // their tangents
  AlignedBuffer<T> gradients_[2];              // d loss / d hidden, used alternately

  // The last forward pass.
  BatchLayout layout_;
  const T* x_ = nullptr;
  const T* y_ = nullptr;
  const T* t_x_ = nullptr;
};

}  // namespace ganvas
