// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Shuffling of epochs; see epoch_order.h.
#include "data/epoch_order.h"

#include <algorithm>
#include <cassert>

#include "kernels/random.h"

namespace ganvas {

EpochOrder::EpochOrder(std::uint64_t seed, int examples, int batch_size)
    : seed_(seed), examples_(examples), batch_size_(batch_size) {
  assert(examples > 0 && batch_size > 0);
}

std::int64_t EpochOrder::images_before(std::int64_t step) const {
  return epoch_of(step) * examples_ + step % batches_per_epoch() * batch_size_;
}

std::span<const std::uint32_t> EpochOrder::batch(std::int64_t step) {
  const std::int64_t epoch = epoch_of(step);
  if (epoch != shuffled_epoch_) {
    order_.resize(static_cast<std::size_t>(examples_));
    RandomStream(seed_, StreamPurpose::shuffle, static_cast<std::uint64_t>(epoch))
        .fill_permutation(order_);
    shuffled_epoch_ = epoch;
  }
  const auto start = static_cast<std::size_t>(step % batches_per_epoch() * batch_size_);
  const std::size_t count = std::min(static_cast<std::size_t>(batch_size_), order_.size() - start);
  return std::span(order_).subspan(start, count);
}

}  // namespace ganvas
