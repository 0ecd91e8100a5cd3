// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Sums over samples; see reductions.h.
#include "kernels/reductions.h"

#include <algorithm>
#include <cstddef>

#include "kernels/elementwise.h"

namespace ganvas {

template <typename T>
void sum_channels(const T* values, int channels, int pixels, T* sums, int blocks,
                  ThreadPool& pool) {
  const int grain = std::max(1, kMinElementsPerThread / (blocks * pixels * kLanes));
  pool.parallel_for(channels, grain, [&](int begin, int end) {
    alignas(kAlignment) T lanes[kLanes];
    for (int channel = begin; channel < end; ++channel) {
      std::fill_n(lanes, kLanes, T{0});
      for (int block = 0; block < blocks; ++block) {
        const T* row =
            values + (static_cast<std::ptrdiff_t>(block) * channels + channel) * pixels * kLanes;
        for (int lane = 0; lane < kLanes; lane += kVecSize<T>) {
          Vec<T> sum = load(lanes + lane);
          for (int pixel = 0; pixel < pixels; ++pixel) sum += load(row + pixel * kLanes + lane);
          sum.store_aligned(lanes + lane);
        }
      }
      sums[channel] = sum_lanes(lanes);
    }
  });
}

template void sum_channels<float>(const float*, int, int, float*, int, ThreadPool&);
template void sum_channels<double>(const double*, int, int, double*, int, ThreadPool&);

}  // namespace ganvas
