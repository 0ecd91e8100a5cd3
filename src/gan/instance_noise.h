// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Instance noise: normal noise on all of D's inputs (Arjovsky and Bottou 2017).
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/elementwise.h"
#include "kernels/random.h"
#include "kernels/simd.h"
#include "kernels/thread_pool.h"

namespace ganvas {

/// The random stream of one pass through D; passes are counted over the run.
inline RandomStream instance_noise_stream(std::uint64_t seed, std::int64_t pass) {
  return {seed, StreamPurpose::instance_noise, static_cast<std::uint64_t>(pass)};
}

/// noise = samples + deviation * noise
template <typename T>
void add_instance_noise(const T* samples, double deviation, T* noise, std::size_t size,
                        ThreadPool& pool) {
  const Vec<T> scale(static_cast<T>(deviation));
  transform(noise, samples, noise, size, pool,
            [scale](Vec<T> value, Vec<T> sample) { return madd(scale, value, sample); });
}

}  // namespace ganvas
