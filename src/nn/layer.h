// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What every layer is: a function of activations in BatchLayout, and its derivative.
#pragma once

#include "tensor/batch_layout.h"
#include "tensor/shape.h"

namespace ganvas {

/// The arguments of one backward call. x, y and dy lie in `layout`; padding lanes of dy are zero.
template <typename T>
struct BackwardPass {
  BatchLayout layout;
  const T* x;   // the forward pass's input
  const T* y;   // and its output
  const T* dy;  // d loss / d y
  T* dx;        // where d loss / d x goes, or null when nobody needs it; may not alias dy
  bool parameter_gradients;  // whether to overwrite d loss / d parameters
};

template <typename T>
class Layer {
 public:
  explicit Layer(Shape output_shape) : output_shape_(output_shape) {}
  virtual ~Layer() = default;

  /// The shape of one sample of the output.
  const Shape& output_shape() const { return output_shape_; }
  int output_features() const { return static_cast<int>(output_shape_.size()); }

  virtual void forward(BatchLayout layout, const T* x, T* y) = 0;
  virtual void backward(const BackwardPass<T>& pass) = 0;

 private:
  Shape output_shape_;
};

}  // namespace ganvas
