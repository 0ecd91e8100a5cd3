// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The order of examples in training.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ganvas {

/// A new permutation of the examples for each epoch, cut into batches; the last batch of an epoch
/// may be smaller (torch's DataLoader with shuffle=True, drop_last=False). A batch depends only on
/// the seed and the step.
class EpochOrder {
 public:
  EpochOrder(std::uint64_t seed, int examples, int batch_size);

  int batches_per_epoch() const { return (examples_ + batch_size_ - 1) / batch_size_; }
  std::int64_t epoch_of(std::int64_t step) const { return step / batches_per_epoch(); }
  /// Images in the batches of steps 0 .. step - 1.
  std::int64_t images_before(std::int64_t step) const;

  /// The examples of one step's batch.
  std::span<const std::uint32_t> batch(std::int64_t step);

 private:
  std::uint64_t seed_;
  int examples_;
  int batch_size_;
  std::int64_t shuffled_epoch_ = -1;
  std::vector<std::uint32_t> order_;
};

}  // namespace ganvas
