// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Pooling and upsampling, a row of lanes at a time; see resampling.h.
#include "nn/resampling.h"

#include <algorithm>
#include <cstddef>

#include "kernels/simd.h"

namespace ganvas {
namespace {

/// Calls work(channel image index) for every channel of every block.
template <typename Work>
void for_each_image(BatchLayout layout, int channels, ThreadPool& pool, const Work& work) {
  pool.parallel_for(layout.blocks() * channels, 4, [&](int begin, int end) {
    for (int image = begin; image < end; ++image) work(static_cast<std::ptrdiff_t>(image));
  });
}

}  // namespace

/// y = max over the window; of equals the first, as in PyTorch
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
            largest = xsimd::max(
                largest, load(window + (tap / kernel_ * in_width + tap % kernel_) * kLanes));
          }
          largest.store_aligned(target + lane);
        }
      }
    }
  });
}

/// dx = dy where x was the largest (the first of equals), else 0
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

/// dx[c][i][j] = the sum of dy over the four pixels that x[c][i][j] went to
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

template class MaxPool2d<float>;
template class MaxPool2d<double>;
template class UpsampleNearest2x<float>;
template class UpsampleNearest2x<double>;

}  // namespace ganvas
