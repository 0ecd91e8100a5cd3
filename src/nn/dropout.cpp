// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Dropout masks; see dropout.h.
#include "nn/dropout.h"

#include <algorithm>
#include <cstdint>

#include "kernels/random.h"
#include "kernels/simd.h"
#include "nn/layer_site.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {
namespace {

template <typename T>
class Dropout final : public Layer<T> {
 public:
  /// `pixels` is 1 for Dropout, or the pixels of a channel for Dropout2d.
  Dropout(double probability, int pixels, const LayerSite<T>& site);

  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;
  void forward_tangent(BatchLayout layout, const T* y, const T* t_x, T* t_y) override;
  void set_training(bool training) override { training_ = training; }
  void set_pass_number(std::uint64_t number) override { pass_number_ = number; }

 private:
  /// Number of units of a sample: elements, or channels of `pixels_` pixels. Each is dropped as a
  /// whole.
  int units() const { return this->output_features() / pixels_; }
  void draw_mask(BatchLayout layout);
  void apply_mask(BatchLayout layout, const T* values, T* out);

  double probability_;
  int pixels_;
  std::uint64_t seed_;
  std::uint32_t layer_number_;  // distinguishes the dropout layers of a model in random streams
  ThreadPool& pool_;
  bool training_ = true;
  std::uint64_t pass_number_ = 0;
  AlignedBuffer<T> mask_;         // (unit) in BatchLayout: 0 or 1 / (1 - p)
  AlignedBuffer<float> uniform_;  // one per element of mask_
};

template <typename T>
Dropout<T>::Dropout(double probability, int pixels, const LayerSite<T>& site)
    : Layer<T>(site.output),
      probability_(probability),
      pixels_(pixels),
      seed_(site.seed),
      layer_number_(site.network << 7 | static_cast<std::uint32_t>(site.index)),
      pool_(site.pool) {
  const std::size_t size =
      static_cast<std::size_t>(site.max_blocks) * static_cast<std::size_t>(units()) * kLanes;
  mask_ = AlignedBuffer<T>(size);
  uniform_ = AlignedBuffer<float>(size);
}

/// Draws one uniform number per unit and lane, in memory order; a unit is kept if its number is at
/// least p.
template <typename T>
void Dropout<T>::draw_mask(BatchLayout layout) {
  const auto uniform = uniform_.span().first(layout.storage(units()));
  RandomStream(seed_, StreamPurpose::dropout, pass_number_ << 8 | layer_number_)
      .fill_uniform(uniform, 0.0f, 1.0f);
  const T kept = T{1} / (T{1} - static_cast<T>(probability_));
  const auto dropped_below = static_cast<float>(probability_);
  for (std::size_t i = 0; i < uniform.size(); ++i) {
    mask_[i] = uniform[i] >= dropped_below ? kept : T{0};
  }
}

template <typename T>
void Dropout<T>::apply_mask(BatchLayout layout, const T* values, T* out) {
  pool_.parallel_for(layout.blocks() * units(), 512, [&](int begin, int end) {
    for (int row = begin; row < end; ++row) {
      for (int lane = 0; lane < kLanes; lane += kVecSize<T>) {
        const Vec<T> mask = load(mask_.data() + static_cast<std::ptrdiff_t>(row) * kLanes + lane);
        for (int pixel = 0; pixel < pixels_; ++pixel) {
          const std::ptrdiff_t i =
              (static_cast<std::ptrdiff_t>(row) * pixels_ + pixel) * kLanes + lane;
          (load(values + i) * mask).store_aligned(out + i);
        }
      }
    }
  });
}

/// y = mask x
template <typename T>
void Dropout<T>::forward(BatchLayout layout, const T* x, T* y) {
  if (training_) {
    draw_mask(layout);
  } else {
    std::fill_n(mask_.data(), layout.storage(units()), T{1});
  }
  apply_mask(layout, x, y);
}

/// dx = mask dy
template <typename T>
void Dropout<T>::backward(const BackwardPass<T>& pass) {
  if (pass.dx) apply_mask(pass.layout, pass.dy, pass.dx);
}

/// t_y = mask t_x
template <typename T>
void Dropout<T>::forward_tangent(BatchLayout layout, const T*, const T* t_x, T* t_y) {
  apply_mask(layout, t_x, t_y);
}

}  // namespace

template <typename T>
LayerPointer<T> DropoutSpec::build(const LayerSite<T>& site) const {
  return std::make_unique<Dropout<T>>(p, /*pixels=*/1, site);
}
GANVAS_INSTANTIATE_BUILD(DropoutSpec);

Inferred Dropout2dSpec::infer(const LayerInput& input) const {
  if (input.shape.rank() != 3) return Misfit{ProblemKind::needs_image};
  return LayerShape{input.shape};
}

template <typename T>
LayerPointer<T> Dropout2dSpec::build(const LayerSite<T>& site) const {
  return std::make_unique<Dropout<T>>(p, site.input[1] * site.input[2], site);
}
GANVAS_INSTANTIATE_BUILD(Dropout2dSpec);

}  // namespace ganvas
