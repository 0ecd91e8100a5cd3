// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Sums over the shards of several processes, in the order of the tree (gan/shard_exchange.h). MPI's
// own reductions will not do: the order of their additions depends on the number of ranks and on
// the length of the array. Here each rank receives its slice of all arrays, sums it, and sends the
// sum to all others. That moves as many bytes as a ring does.
//
// Arrays travel in buckets, the last one first, as a backward pass computes them. A bucket's slices
// are sent when its elements are final, and its sums when all slices have come; MPI moves both on
// whenever it is called.
#pragma once

#include <mpi.h>

#include <cstddef>
#include <span>
#include <vector>

#include "gan/shard_exchange.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

class MpiExchange final : public ShardExchange<float> {
 public:
  MpiExchange(int rank, int ranks) : ShardExchange(rank, ranks) {}

  void reserve(int own_shards, std::size_t size) override;
  void sum_early(std::span<float* const> own, std::size_t size, std::size_t begin,
                 ThreadPool& pool) override;
  void sum(std::span<float* const> own, std::size_t size, ThreadPool& pool) override;
  void share(std::span<double> numbers) override;

 private:
  using Arrays = std::span<float* const>;
  /// Elements of the arrays; their numbers count from the end.
  struct Bucket {
    std::size_t number;
    std::size_t begin;
    std::size_t size;
  };

  void find_heads();
  void set_size(std::size_t size);
  Bucket bucket(std::size_t number) const;
  std::size_t buckets() const;
  std::span<MPI_Request> requests_of(const Bucket& bucket);
  void send_slices(const Bucket& bucket, Arrays own, ThreadPool& pool);
  void send_sum(const Bucket& bucket, Arrays own, ThreadPool& pool);
  float* slice(const Bucket& bucket, Arrays own, int head);

  int first_shard() const { return rank() * own_shards_; }
  int rank_of(int shard) const { return shard / own_shards_; }
  /// Whether one rank has all shards that an addition of the tree brings together.
  bool is_local(int first, int end) const { return rank_of(first) == rank_of(end - 1); }
  std::size_t slice_begin(const Bucket& bucket, int rank) const;
  std::size_t slice_size(const Bucket& bucket, int rank) const {
    return slice_begin(bucket, rank + 1) - slice_begin(bucket, rank);
  }

  int own_shards_ = 0;
  std::vector<int> heads_;               // the shards that have their rank's sums, which travel
  std::vector<std::size_t> places_;      // of heads of other ranks among these, by shard
  std::size_t others_ = 0;               // heads of other ranks
  std::size_t requests_per_bucket_ = 0;  // for its slices
  std::size_t longest_slice_ = 0;
  AlignedBuffer<float> received_;            // this rank's slices of others' heads, by bucket
  std::vector<float*> slices_;               // of one bucket, by shard
  std::vector<MPI_Request> slice_requests_;  // by bucket
  std::vector<MPI_Request> sum_requests_;    // one for each bucket
  std::vector<int> counts_;                  // of the slices of all ranks, by bucket
  std::vector<int> displacements_;

  // The sum that is being made.
  std::size_t size_ = 0;
  std::size_t sent_ = 0;    // buckets whose slices are on their way
  std::size_t summed_ = 0;  // buckets whose sums are
};

}  // namespace ganvas
