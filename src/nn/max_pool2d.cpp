// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Max pooling, one row of lanes at a time; see max_pool2d.h.
#include "nn/max_pool2d.h"

#include <algorithm>
#include <cstddef>

#include "kernels/simd.h"
#include "nn/image_passes.h"
#include "nn/layer_site.h"

namespace ganvas {
namespace {

template <typename T>
class MaxPool2d final : public Layer<T> {
 public:
  MaxPool2d(int kernel, const LayerSite<T>& site)
      : Layer<T>(site.output), input_(site.input), kernel_(kernel), pool_(site.pool) {}

  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;

 private:
  Shape input_;
  int kernel_;
  ThreadPool& pool_;
};

/// y = max over the window
template <typename T>
void MaxPool2d<T>::forward(BatchLayout layout, const T* x, T* y) {
  const Shape& output = this->output_shape();
  const int in_width = input_[2];
  const std::ptrdiff_t in_size = static_cast<std::ptrdiff_t>(input_[1]) * in_width * kLanes;
  for_each_image(layout, input_[0], pool_, [&](std::ptrdiff_t image) {
    const T* source = x + image * in_size;
    T* target = y + image * output[1] * output[2] * kLanes;
    for (int i = 0; i < output[1]; ++i) {
      for (int j = 0; j < output[2]; ++j, target += kLanes) {
        for (int lane = 0; lane < kLanes; lane += kVecSize<T>) {
          const T* window =
              source + (static_cast<std::ptrdiff_t>(i) * in_width + j) * kernel_ * kLanes + lane;
          Vec<T> largest = load(window);
          for (int tap = 1; tap < kernel_ * kernel_; ++tap) {
            const Vec<T> value = load(window + (tap / kernel_ * in_width + tap % kernel_) * kLanes);
            // NaN wins, as in PyTorch; with max() it depends on the tier.
            largest = xsimd::select((value > largest) | (value != value), value, largest);
          }
          largest.store_aligned(target + lane);
        }
      }
    }
  });
}

/// dx = dy at the maximum (the first one if several are equal, as in PyTorch), else 0
template <typename T>
void MaxPool2d<T>::backward(const BackwardPass<T>& pass) {
  if (!pass.dx) return;
  const Shape& output = this->output_shape();
  const int in_width = input_[2];
  const std::ptrdiff_t in_size = static_cast<std::ptrdiff_t>(input_[1]) * in_width * kLanes;
  for_each_image(pass.layout, input_[0], pool_, [&](std::ptrdiff_t image) {
    const T* source = pass.x + image * in_size;
    T* d_source = pass.dx + image * in_size;
    std::fill_n(d_source, in_size, T{0});
    std::ptrdiff_t target = image * output[1] * output[2] * kLanes;
    for (int i = 0; i < output[1]; ++i) {
      for (int j = 0; j < output[2]; ++j, target += kLanes) {
        for (int lane = 0; lane < kLanes; lane += kVecSize<T>) {
          const std::ptrdiff_t window =
              (static_cast<std::ptrdiff_t>(i) * in_width + j) * kernel_ * kLanes + lane;
          const Vec<T> largest = load(pass.y + target + lane);
          Vec<T> remaining = load(pass.dy + target + lane);
          for (int tap = 0; tap < kernel_ * kernel_; ++tap) {
            const std::ptrdiff_t at = window + (tap / kernel_ * in_width + tap % kernel_) * kLanes;
            const auto chosen = load(source + at) == largest;
            xsimd::select(chosen, remaining, Vec<T>(T{0})).store_aligned(d_source + at);
            remaining = xsimd::select(chosen, Vec<T>(T{0}), remaining);
          }
        }
      }
    }
  });
}

}  // namespace

Inferred MaxPool2dSpec::infer(const LayerInput& input) const {
  const Shape& shape = input.shape;
  if (shape.rank() != 3) return Misfit{ProblemKind::needs_image};
  if (kernel_size > std::min(shape[1], shape[2])) {
    return Misfit{.kind = ProblemKind::kernel_too_large,
                  .field = "kernel_size",
                  .value = static_cast<double>(kernel_size)};
  }
  return LayerShape{{shape[0], shape[1] / kernel_size, shape[2] / kernel_size}};
}

template <typename T>
LayerPointer<T> MaxPool2dSpec::build(const LayerSite<T>& site) const {
  return std::make_unique<MaxPool2d<T>>(kernel_size, site);
}
GANVAS_INSTANTIATE_BUILD(MaxPool2dSpec);

}  // namespace ganvas
