// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reduction by exchange; see mpi_exchange.h.
#include "distributed/mpi_exchange.h"

#include <algorithm>

namespace ganvas {
namespace {

/// 256 KB: small enough for several in a network, large enough for latency not to matter.
constexpr std::size_t kBucketSize = std::size_t{1} << 16;

std::size_t buckets_of(std::size_t size) {
  return (size + kBucketSize - 1) / kBucketSize;
}

}  // namespace

void MpiExchange::reserve(int own_shards, std::size_t size) {
  own_shards_ = own_shards;
  find_heads();
  const auto ranks = static_cast<std::size_t>(this->ranks());
  const std::size_t count = buckets_of(size);
  const std::size_t lines = std::min(size, kBucketSize) / kLanes;
  longest_slice_ = (lines + ranks - 1) / ranks * kLanes;
  received_ = AlignedBuffer<float>(count * others_ * longest_slice_);
  requests_per_bucket_ = others_ + (heads_.size() - others_) * (ranks - 1);
  slice_requests_.resize(count * requests_per_bucket_);
  sum_requests_.resize(count);
  counts_.resize(count * ranks);
  displacements_.resize(count * ranks);
}

/// Heads are the shards that are never added to another one of their rank.
void MpiExchange::find_heads() {
  const int shards = own_shards_ * ranks();
  std::vector<bool> added(static_cast<std::size_t>(shards));
  for_each_pair(shards, [&](int i, int j, int end) {
    if (is_local(i, end)) added[static_cast<std::size_t>(j)] = true;
  });
  heads_.clear();
  others_ = 0;
  places_.assign(static_cast<std::size_t>(shards), 0);
  slices_.resize(static_cast<std::size_t>(shards));
  for (int shard = 0; shard < shards; ++shard) {
    if (added[static_cast<std::size_t>(shard)]) continue;
    heads_.push_back(shard);
    if (rank_of(shard) != rank()) places_[static_cast<std::size_t>(shard)] = others_++;
  }
}

std::size_t MpiExchange::buckets() const {
  return buckets_of(size_);
}

MpiExchange::Bucket MpiExchange::bucket(std::size_t number) const {
  const std::size_t begin = (buckets() - 1 - number) * kBucketSize;
  return {number, begin, std::min(kBucketSize, size_ - begin)};
}

/// Slices begin at whole cache lines.
std::size_t MpiExchange::slice_begin(const Bucket& bucket, int rank) const {
  const std::size_t lines = bucket.size / kLanes;
  return bucket.begin +
         lines * static_cast<std::size_t>(rank) / static_cast<std::size_t>(ranks()) * kLanes;
}

std::span<MPI_Request> MpiExchange::requests_of(const Bucket& bucket) {
  return std::span(slice_requests_)
      .subspan(bucket.number * requests_per_bucket_, requests_per_bucket_);
}

void MpiExchange::set_size(std::size_t size) {
  if (size_ == size) return;
  size_ = size;
  const auto ranks = static_cast<std::size_t>(this->ranks());
  for (std::size_t number = 0; number < buckets(); ++number) {
    for (std::size_t rank = 0; rank < ranks; ++rank) {
      const std::size_t at = number * ranks + rank;
      counts_[at] = static_cast<int>(slice_size(bucket(number), static_cast<int>(rank)));
      displacements_[at] = static_cast<int>(slice_begin(bucket(number), static_cast<int>(rank)));
    }
  }
}

/// Where this rank has its slice of a head's bucket.
float* MpiExchange::slice(const Bucket& bucket, Arrays own, int head) {
  if (rank_of(head) == rank()) {
    return own[static_cast<std::size_t>(head - first_shard())] + slice_begin(bucket, rank());
  }
  const std::size_t place = bucket.number * others_ + places_[static_cast<std::size_t>(head)];
  return received_.data() + place * longest_slice_;
}

/// Adds up what this rank has of a bucket, and begins to exchange slices. All ranks do so with the
/// same buckets in the same order, so that a head is enough to tell messages apart.
void MpiExchange::send_slices(const Bucket& bucket, Arrays own, ThreadPool& pool) {
  for_each_pair(own_shards_ * ranks(), [&](int i, int j, int end) {
    if (rank_of(i) != rank() || !is_local(i, end)) return;
    add_to(own[static_cast<std::size_t>(i - first_shard())] + bucket.begin,
           own[static_cast<std::size_t>(j - first_shard())] + bucket.begin, bucket.size, pool);
  });
  const std::span<MPI_Request> requests = requests_of(bucket);
  std::size_t request = 0;
  for (const int head : heads_) {
    if (rank_of(head) == rank()) continue;
    MPI_Irecv(slice(bucket, own, head), static_cast<int>(slice_size(bucket, rank())), MPI_FLOAT,
              rank_of(head), head, MPI_COMM_WORLD, &requests[request++]);
  }
  // Each rank begins with the next one, so that they do not all send to the same.
  for (int distance = 1; distance < ranks(); ++distance) {
    const int to = (rank() + distance) % ranks();
    for (const int head : heads_) {
      if (rank_of(head) != rank()) continue;
      MPI_Isend(own[static_cast<std::size_t>(head - first_shard())] + slice_begin(bucket, to),
                static_cast<int>(slice_size(bucket, to)), MPI_FLOAT, to, head, MPI_COMM_WORLD,
                &requests[request++]);
    }
  }
}

/// Sums this rank's slices of a bucket, which have all come, and begins to gather all ranks' sums.
void MpiExchange::send_sum(const Bucket& bucket, Arrays own, ThreadPool& pool) {
  const std::size_t size = slice_size(bucket, rank());
  for (const int head : heads_) {
    slices_[static_cast<std::size_t>(head)] = slice(bucket, own, head);
  }
  for_each_pair(own_shards_ * ranks(), [&](int i, int j, int end) {
    if (is_local(i, end)) return;
    add_to(slices_[static_cast<std::size_t>(i)], slices_[static_cast<std::size_t>(j)], size, pool);
  });
  // A rank's first shard is never added to another of its own, so its array can take the sum.
  float* const sum = own.front() + slice_begin(bucket, rank());
  if (slices_.front() != sum) std::copy_n(slices_.front(), size, sum);
  const std::size_t first = bucket.number * static_cast<std::size_t>(ranks());
  MPI_Iallgatherv(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, own.front(), &counts_[first],
                  &displacements_[first], MPI_FLOAT, MPI_COMM_WORLD, &sum_requests_[bucket.number]);
}

void MpiExchange::sum_early(Arrays own, std::size_t size, std::size_t begin, ThreadPool& pool) {
  set_size(size);
  while (sent_ < buckets() && bucket(sent_).begin >= begin) {
    send_slices(bucket(sent_++), own, pool);
  }
  while (summed_ < sent_) {
    const Bucket next = bucket(summed_);
    int complete = 0;
    MPI_Testall(static_cast<int>(requests_per_bucket_), requests_of(next).data(), &complete,
                MPI_STATUSES_IGNORE);
    if (complete == 0) return;
    send_sum(next, own, pool);
    ++summed_;
  }
}

void MpiExchange::sum(Arrays own, std::size_t size, ThreadPool& pool) {
  set_size(size);
  for (; sent_ < buckets(); ++sent_) send_slices(bucket(sent_), own, pool);
  for (; summed_ < buckets(); ++summed_) {
    const Bucket next = bucket(summed_);
    MPI_Waitall(static_cast<int>(requests_per_bucket_), requests_of(next).data(),
                MPI_STATUSES_IGNORE);
    send_sum(next, own, pool);
  }
  MPI_Waitall(static_cast<int>(buckets()), sum_requests_.data(), MPI_STATUSES_IGNORE);
  sent_ = summed_ = 0;
}

void MpiExchange::share(std::span<double> numbers) {
  MPI_Allgather(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, numbers.data(),
                static_cast<int>(numbers.size()) / ranks(), MPI_DOUBLE, MPI_COMM_WORLD);
}

}  // namespace ganvas
