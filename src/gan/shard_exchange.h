// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How the shards of a run come together. All sums over shards are made in one fixed binary tree, so
// that their bits do not depend on which process works on which shard: neighbours first, then pairs
// of neighbours.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include "kernels/elementwise.h"

namespace ganvas {

/// Calls add(i, j, end) for every addition of the tree, in an order in which item i += item j
/// leaves the sum of all in item 0. Item i then has the sum of items i to end - 1.
template <typename Add>
void for_each_pair(int count, const Add& add) {
  for (int stride = 1; stride < count; stride *= 2) {
    for (int i = 0; i + stride < count; i += 2 * stride) {
      add(i, i + stride, std::min(i + 2 * stride, count));
    }
  }
}

/// sum += addend, with sizes and addresses as in transform().
template <typename T>
void add_to(T* sum, const T* addend, std::size_t size, ThreadPool& pool) {
  transform(sum, addend, sum, size, pool, [](Vec<T> a, Vec<T> b) { return a + b; });
}

/// Each of `ranks` processes works on the same number of shards, in order. All make the same calls.
template <typename T>
class ShardExchange {
 public:
  ShardExchange(int rank, int ranks) : rank_(rank), ranks_(ranks) {}
  virtual ~ShardExchange() = default;

  /// Allocates what the sums of one trainer need, of `own_shards` arrays of up to `size` elements.
  /// For use in an AllocationScope.
  virtual void reserve(int own_shards, std::size_t size) = 0;
  /// The elements from `begin` on have their last values in all arrays, so that they can travel
  /// before the call of sum() with the same arrays. They are overwritten.
  virtual void sum_early(std::span<T* const> own, std::size_t size, std::size_t begin,
                         ThreadPool& pool) = 0;
  /// Leaves the sum over all shards in own[0]: `own` are the arrays of this process's shards, which
  /// are overwritten. Sizes and addresses are as in transform().
  virtual void sum(std::span<T* const> own, std::size_t size, ThreadPool& pool) = 0;
  /// Fills in what other processes know: `numbers` are of all shards, as many of each, and this
  /// process has written those of its own.
  virtual void share(std::span<double> numbers) = 0;

#if defined(__EMSCRIPTEN__)
  // So that pages do not download what only ranks need.
  static constexpr int rank() { return 0; }
  static constexpr int ranks() { return 1; }
#else
  int rank() const { return rank_; }
  int ranks() const { return ranks_; }
#endif

 private:
  int rank_;
  int ranks_;
};

/// All shards in one process.
template <typename T>
class LocalExchange final : public ShardExchange<T> {
 public:
  /// It has no state, so that one serves all trainers.
  static LocalExchange& instance() {
    static LocalExchange exchange;
    return exchange;
  }

  void reserve(int, std::size_t) override {}
  void sum_early(std::span<T* const>, std::size_t, std::size_t, ThreadPool&) override {}
  void sum(std::span<T* const> own, std::size_t size, ThreadPool& pool) override {
    for_each_pair(static_cast<int>(own.size()), [&](int i, int j, int) {
      add_to(own[static_cast<std::size_t>(i)], own[static_cast<std::size_t>(j)], size, pool);
    });
  }
  void share(std::span<double>) override {}

 private:
  LocalExchange() : ShardExchange<T>(0, 1) {}
};

}  // namespace ganvas
