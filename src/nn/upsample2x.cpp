// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Upsampling, one row of lanes at a time; see upsample2x.h.
#include "nn/upsample2x.h"

#include <algorithm>
#include <cstddef>

#include "kernels/simd.h"
#include "nn/image_passes.h"
#include "nn/layer_site.h"

namespace ganvas {
namespace {

template <typename T>
class UpsampleNearest2x final : public Layer<T> {
 public:
  explicit UpsampleNearest2x(const LayerSite<T>& site)
      : Layer<T>(site.output), input_(site.input), pool_(site.pool) {}

  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;
  void forward_tangent(BatchLayout layout, const T* y, const T* t_x, T* t_y) override;

 private:
  Shape input_;
  ThreadPool& pool_;
};

template <typename T>
void UpsampleNearest2x<T>::forward(BatchLayout layout, const T* x, T* y) {
  const int width = input_[2];
  for_each_image(layout, input_[0], pool_, [&](std::ptrdiff_t image) {
    const T* source = x + image * input_[1] * width * kLanes;
    T* target = y + image * 4 * input_[1] * width * kLanes;
    for (int i = 0; i < 2 * input_[1]; ++i) {
      for (int j = 0; j < 2 * width; ++j, target += kLanes) {
        std::copy_n(source + (static_cast<std::ptrdiff_t>(i / 2) * width + j / 2) * kLanes, kLanes,
                    target);
      }
    }
  });
}

/// dx[c][i][j] = the sum of dy over the four pixels that were copied from x[c][i][j]
template <typename T>
void UpsampleNearest2x<T>::backward(const BackwardPass<T>& pass) {
  if (!pass.dx) return;
  const int width = input_[2];
  const int out_row = 2 * width * kLanes;
  for_each_image(pass.layout, input_[0], pool_, [&](std::ptrdiff_t image) {
    const T* d_image = pass.dy + image * 4 * input_[1] * width * kLanes;
    T* target = pass.dx + image * input_[1] * width * kLanes;
    for (int i = 0; i < input_[1]; ++i) {
      for (int j = 0; j < width; ++j, target += kLanes) {
        const T* corner = d_image + static_cast<std::ptrdiff_t>(2 * i) * out_row + 2 * j * kLanes;
        for (int lane = 0; lane < kLanes; lane += kVecSize<T>) {
          const T* at = corner + lane;
          const Vec<T> upper = load(at) + load(at + kLanes);
          const Vec<T> lower = load(at + out_row) + load(at + out_row + kLanes);
          (upper + lower).store_aligned(target + lane);
        }
      }
    }
  });
}

template <typename T>
void UpsampleNearest2x<T>::forward_tangent(BatchLayout layout, const T*, const T* t_x, T* t_y) {
  forward(layout, t_x, t_y);
}

}  // namespace

Inferred Upsample2xSpec::infer(const LayerInput& input) const {
  const Shape& shape = input.shape;
  if (shape.rank() != 3) return Misfit{ProblemKind::needs_image};
  if (4 * shape.size() > kMaxFeatures) {
    return Misfit{.kind = ProblemKind::output_too_large, .value = kMaxFeatures};
  }
  return LayerShape{{shape[0], 2 * shape[1], 2 * shape[2]}};
}

template <typename T>
LayerPointer<T> Upsample2xSpec::build(const LayerSite<T>& site) const {
  return std::make_unique<UpsampleNearest2x<T>>(site);
}
GANVAS_INSTANTIATE_BUILD(Upsample2xSpec);

}  // namespace ganvas
