// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Forward and backward of Tanh and Sigmoid, whose derivatives are functions of y.
#include "nn/bounded_activations.h"

#include "kernels/elementwise.h"
#include "kernels/math.h"
#include "nn/layer_site.h"

namespace ganvas {
namespace {

template <typename T>
struct Tanh {
  static Vec<T> y_of(Vec<T> x) { return math::tanh(x); }
  /// dx = dy (1 - y^2)
  static Vec<T> dx_of(Vec<T> y, Vec<T> dy) { return dy * nmadd(y, y, Vec<T>(T{1})); }
};

template <typename T>
struct Sigmoid {
  /// y = 1 / (1 + e^-x)
  static Vec<T> y_of(Vec<T> x) { return math::sigmoid(x); }
  /// dx = dy y (1 - y)
  static Vec<T> dx_of(Vec<T> y, Vec<T> dy) { return dy * y * (Vec<T>(T{1}) - y); }
};

template <typename T, template <typename> typename Function>
class BoundedActivation final : public Layer<T> {
 public:
  explicit BoundedActivation(const LayerSite<T>& site) : Layer<T>(site.output), pool_(site.pool) {}

  void forward(BatchLayout layout, const T* x, T* y) override {
    transform(x, y, layout.storage(this->output_features()), pool_,
              [](Vec<T> value) { return Function<T>::y_of(value); });
  }

  void backward(const BackwardPass<T>& pass) override {
    if (!pass.dx) return;
    transform(pass.y, pass.dy, pass.dx, pass.layout.storage(this->output_features()), pool_,
              [](Vec<T> y, Vec<T> dy) { return Function<T>::dx_of(y, dy); });
  }

 private:
  ThreadPool& pool_;
};

}  // namespace

template <typename T>
LayerPointer<T> TanhSpec::build(const LayerSite<T>& site) const {
  return std::make_unique<BoundedActivation<T, Tanh>>(site);
}
GANVAS_INSTANTIATE_BUILD(TanhSpec);

template <typename T>
LayerPointer<T> SigmoidSpec::build(const LayerSite<T>& site) const {
  return std::make_unique<BoundedActivation<T, Sigmoid>>(site);
}
GANVAS_INSTANTIATE_BUILD(SigmoidSpec);

}  // namespace ganvas
