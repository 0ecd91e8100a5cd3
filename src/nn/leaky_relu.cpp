// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Forward and backward of LeakyReLU; see leaky_relu.h.
#include "nn/leaky_relu.h"

#include "kernels/elementwise.h"
#include "nn/layer_site.h"

namespace ganvas {
namespace {

template <typename T>
class LeakyRelu final : public Layer<T> {
 public:
  LeakyRelu(double negative_slope, const LayerSite<T>& site)
      : Layer<T>(site.output), negative_slope_(static_cast<T>(negative_slope)), pool_(site.pool) {}

  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;
  void forward_tangent(BatchLayout layout, const T* y, const T* t_x, T* t_y) override;

 private:
  /// out = values if y > 0, else slope values
  void scale_by_slope(BatchLayout layout, const T* y, const T* values, T* out);

  T negative_slope_;
  ThreadPool& pool_;
};

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

/// dx = dy if x > 0, else slope dy. y > 0 if and only if x > 0.
template <typename T>
void LeakyRelu<T>::backward(const BackwardPass<T>& pass) {
  if (pass.dx) scale_by_slope(pass.layout, pass.y, pass.dy, pass.dx);
}

/// t_y = t_x if x > 0, else slope t_x
template <typename T>
void LeakyRelu<T>::forward_tangent(BatchLayout layout, const T* y, const T* t_x, T* t_y) {
  scale_by_slope(layout, y, t_x, t_y);
}

}  // namespace

template <typename T>
LayerPointer<T> LeakyReluSpec::build(const LayerSite<T>& site) const {
  return std::make_unique<LeakyRelu<T>>(negative_slope, site);
}
GANVAS_INSTANTIATE_BUILD(LeakyReluSpec);

template <typename T>
LayerPointer<T> ReluSpec::build(const LayerSite<T>& site) const {
  return std::make_unique<LeakyRelu<T>>(0.0, site);
}
GANVAS_INSTANTIATE_BUILD(ReluSpec);

}  // namespace ganvas
