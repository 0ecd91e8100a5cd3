// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What every layer is: a function of activations in BatchLayout, and its derivative.
#pragma once

#include <cassert>
#include <cstdint>
#include <span>

#include "kernels/store.h"
#include "tensor/batch_layout.h"
#include "tensor/shape.h"

namespace ganvas {

/// What a backward pass does with d loss / d parameters.
enum class Gradients {
  skip,
  overwrite,
  /// Adds those of the products alone, without biases: what a pass along tangents needs (see
  /// gan/gradient_penalty.h).
  add_products,
};

/// How kernels store gradients that are not skipped.
constexpr Store store_of(Gradients gradients) {
  return gradients == Gradients::overwrite ? Store::overwrite : Store::add;
}

/// The arguments of one backward call. x, y and dy lie in `layout`; padding lanes of dy are zero.
template <typename T>
struct BackwardPass {
  BatchLayout layout;
  const T* x;   // the forward pass's input
  const T* y;   // and its output
  const T* dy;  // d loss / d y
  T* dx;        // where d loss / d x goes, or null when nobody needs it; may not alias dy
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

  /// Floating-point operations of one sample's forward product, a multiply-add being two (taps on
  /// padding counted, as torch.utils.flop_counter does). Each of the two products of backward()
  /// costs as much. 0 for layers that only pass over memory.
  virtual std::int64_t product_flops() const { return 0; }

  virtual void forward(BatchLayout layout, const T* x, T* y) = 0;
  virtual void backward(const BackwardPass<T>& pass) = 0;

  /// For layers whose traits say piecewise_linear: t_y = (dy / dx) t_x at the last forward pass's x
  /// and y.
  virtual void forward_tangent(BatchLayout, const T* /*y*/, const T* /*t_x*/, T* /*t_y*/) {
    assert(false && "asked of a layer that is not piecewise linear");
  }

  /// Training mode (batch statistics, dropout) or evaluation, as torch.nn.Module.train(mode).
  virtual void set_training(bool) {}
  /// The classes of the coming pass's samples, one a lane (blocks x kLanes; padding lanes hold some
  /// valid class), to layers that are conditioned on them. The labels must stay as they are until
  /// the pass's backward().
  virtual void set_labels(std::span<const std::uint8_t>) {}
  /// Makes each lane's class a mix, (1 - share) of its label and share of another, until the next
  /// set_labels(), to layers that append the class; for passes that skip parameters' gradients.
  virtual void mix_labels(std::span<const std::uint8_t> /*others*/, std::span<const T> /*shares*/) {
  }
  /// Names the coming forward pass to layers that draw random numbers: the same number draws the
  /// same ones.
  virtual void set_pass_number(std::uint64_t) {}

 private:
  Shape output_shape_;
};

}  // namespace ganvas
