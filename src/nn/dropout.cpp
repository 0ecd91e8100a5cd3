// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Drawing and applying dropout's masks; see dropout.h.
#include "nn/dropout.h"

#include <algorithm>

#include "kernels/random.h"
#include "kernels/simd.h"

namespace ganvas {

template <typename T>
Dropout<T>::Dropout(Shape shape, double probability, DropoutUnit unit, std::uint64_t seed,
                    std::uint32_t layer_number, int max_blocks, ThreadPool& pool)
    : Layer<T>(shape),
      probability_(probability),
      pixels_(unit == DropoutUnit::channel ? static_cast<int>(shape.size()) / shape[0] : 1),
      seed_(seed),
      layer_number_(layer_number),
      pool_(pool) {
  const std::size_t size =
      static_cast<std::size_t>(max_blocks) * static_cast<std::size_t>(units()) * kLanes;
  mask_ = AlignedBuffer<T>(size);
  uniform_ = AlignedBuffer<float>(size);
}

/// One uniform number for each unit of each lane, in memory order: the unit is kept where it is at
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

template class Dropout<float>;
template class Dropout<double>;

}  // namespace ganvas
