// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Base class of all layers: a function of activations in BatchLayout, and its derivative.
#pragma once

#include <cassert>
#include <cstdint>
#include <span>

#include "kernels/store.h"
#include "tensor/batch_layout.h"
#include "tensor/shape.h"

namespace ganvas {

/// What a backward pass does with the parameter gradients.
enum class Gradients {
  skip,
  overwrite,
  /// Adds only the gradients of matrix products, not those of biases: for passes along tangents
  /// (see gan/gradient_penalty.h).
  add_products,
};

/// How kernels store gradients unless they are skipped.
constexpr Store store_of(Gradients gradients) {
  return gradients == Gradients::overwrite ? Store::overwrite : Store::add;
}

/// The arguments of one backward pass. x, y and dy are in `layout`; padding lanes of dy are zero.
template <typename T>
struct BackwardPass {
  BatchLayout layout;
  const T* x;   // input of the forward pass
  const T* y;   // its output
  const T* dy;  // d loss / d y
  T* dx;        // d loss / d x, written; null if not needed; must not alias dy
  Gradients gradients;
};

template <typename T>
class Layer {
 public:
  explicit Layer(Shape output_shape) : output_shape_(output_shape) {}
  virtual ~Layer() = default;

  /// The shape of one sample of the output.
  const Shape& output_shape() const { return output_shape_; }
  int output_features() const { return static_cast<int>(output_shape_.size()); }

  /// Floating-point operations of the forward product for one sample. A multiply-add counts as two,
  /// and taps on padding count, as in torch.utils.flop_counter. Each of the two products of
  /// backward() costs the same. 0 for layers without a product.
  virtual std::int64_t product_flops() const { return 0; }

  virtual void forward(BatchLayout layout, const T* x, T* y) = 0;
  virtual void backward(const BackwardPass<T>& pass) = 0;

  /// t_y = (dy / dx) t_x at the last forward pass's x and y. Only for layers with the
  /// piecewise_linear trait.
  virtual void forward_tangent(BatchLayout, const T* /*y*/, const T* /*t_x*/, T* /*t_y*/) {
    assert(false && "layer is not piecewise linear");
  }

  /// Switches between training mode (batch statistics, dropout) and evaluation, as
  /// torch.nn.Module.train(mode).
  virtual void set_training(bool) {}
  /// Sets the classes of the next pass's samples, one per lane, for class-conditional layers
  /// (padding lanes need any valid class). The labels must not change until backward() has run.
  virtual void set_labels(std::span<const std::uint8_t>) {}
  /// Mixes a second class into each lane until the next set_labels(): (1 - share) of its label and
  /// share of the other. For layers that append the class, in passes that skip parameter gradients.
  virtual void mix_labels(std::span<const std::uint8_t> /*others*/, std::span<const T> /*shares*/) {
  }
  /// Sets the number of the next forward pass, for layers that draw random numbers: equal numbers
  /// draw equal values.
  virtual void set_pass_number(std::uint64_t) {}

 private:
  Shape output_shape_;
};

}  // namespace ganvas
