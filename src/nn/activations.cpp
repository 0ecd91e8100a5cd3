// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Forward and backward of the element-wise layers; see activations.h.
#include "nn/activations.h"

#include "kernels/elementwise.h"
#include "kernels/math.h"

namespace ganvas {

/// y = x if x > 0, else slope x
template <typename T>
void LeakyRelu<T>::forward(BatchLayout layout, const T* x, T* y) {
  const Vec<T> slope(negative_slope_);
  transform(x, y, layout.storage(this->output_features()), pool_, [slope](Vec<T> value) {
    return xsimd::select(value > Vec<T>(T{0}), value, slope * value);
  });
}

template <typename T>
void LeakyRelu<T>::scale_by_slope(BatchLayout layout, const T* y, const T* values, T* out) {
  const Vec<T> slope(negative_slope_);
  transform(y, values, out, layout.storage(this->output_features()), pool_,
            [slope](Vec<T> output, Vec<T> value) {
              return xsimd::select(output > Vec<T>(T{0}), value, slope * value);
            });
}

/// dx = dy if x > 0, else slope dy; y > 0 exactly where x > 0
template <typename T>
void LeakyRelu<T>::backward(const BackwardPass<T>& pass) {
  if (pass.dx) scale_by_slope(pass.layout, pass.y, pass.dy, pass.dx);
}

/// t_y = t_x if x > 0, else slope t_x
template <typename T>
void LeakyRelu<T>::forward_tangent(BatchLayout layout, const T* y, const T* t_x, T* t_y) {
  scale_by_slope(layout, y, t_x, t_y);
}

/// y = tanh(x)
template <typename T>
void Tanh<T>::forward(BatchLayout layout, const T* x, T* y) {
  transform(x, y, layout.storage(this->output_features()), pool_,
            [](Vec<T> value) { return math::tanh(value); });
}

/// dx = dy (1 - y^2)
template <typename T>
void Tanh<T>::backward(const BackwardPass<T>& pass) {
  if (!pass.dx) return;
  transform(pass.y, pass.dy, pass.dx, pass.layout.storage(this->output_features()), pool_,
            [](Vec<T> y, Vec<T> dy) { return dy * nmadd(y, y, Vec<T>(T{1})); });
}

/// y = 1 / (1 + e^-x)
template <typename T>
void Sigmoid<T>::forward(BatchLayout layout, const T* x, T* y) {
  transform(x, y, layout.storage(this->output_features()), pool_,
            [](Vec<T> value) { return math::sigmoid(value); });
}

/// dx = dy y (1 - y)
template <typename T>
void Sigmoid<T>::backward(const BackwardPass<T>& pass) {
  if (!pass.dx) return;
  transform(pass.y, pass.dy, pass.dx, pass.layout.storage(this->output_features()), pool_,
            [](Vec<T> y, Vec<T> dy) { return dy * y * (Vec<T>(T{1}) - y); });
}

template class LeakyRelu<float>;
template class LeakyRelu<double>;
template class Tanh<float>;
template class Tanh<double>;
template class Sigmoid<float>;
template class Sigmoid<double>;

}  // namespace ganvas
