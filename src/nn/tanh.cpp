// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Forward and backward of Tanh; see tanh.h.
#include "nn/tanh.h"

#include "kernels/elementwise.h"
#include "kernels/math.h"
#include "nn/layer_site.h"

namespace ganvas {
namespace {

template <typename T>
class Tanh final : public Layer<T> {
 public:
  explicit Tanh(const LayerSite<T>& site) : Layer<T>(site.output), pool_(site.pool) {}

  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;

 private:
  ThreadPool& pool_;
};

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

}  // namespace

template <typename T>
LayerPointer<T> TanhSpec::build(const LayerSite<T>& site) const {
  return std::make_unique<Tanh<T>>(site);
}
GANVAS_INSTANTIATE_BUILD(TanhSpec);

}  // namespace ganvas
