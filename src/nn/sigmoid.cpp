// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Forward and backward of Sigmoid; see sigmoid.h.
#include "nn/sigmoid.h"

#include "kernels/elementwise.h"
#include "kernels/math.h"
#include "nn/layer_site.h"

namespace ganvas {
namespace {

template <typename T>
class Sigmoid final : public Layer<T> {
 public:
  explicit Sigmoid(const LayerSite<T>& site) : Layer<T>(site.output), pool_(site.pool) {}

  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;

 private:
  ThreadPool& pool_;
};

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

}  // namespace

template <typename T>
LayerPointer<T> SigmoidSpec::build(const LayerSite<T>& site) const {
  return std::make_unique<Sigmoid<T>>(site);
}
GANVAS_INSTANTIATE_BUILD(SigmoidSpec);

}  // namespace ganvas
