// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// mpirun -np N ganvas_mpi_steps PRESET SHARDS STEPS THREADS: training steps per second on N ranks,
// the bytes that a rank sends in each step, the share of a step that it spends in MPI, waiting for
// others included, and what a step allocates. Bytes and time are counted in the calls of MPI
// themselves, whose profiling interface lets a program put its own functions before them.
#include <mpi.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "distributed/job.h"
#include "gan/presets.h"
#include "gan/trainer.h"

using namespace ganvas;
using Clock = std::chrono::steady_clock;

namespace {

struct Counted {
  long long bytes = 0;
  double seconds = 0;
  long long allocations = 0;
} counted;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Adds the time until its end.
class Timed {
 public:
  ~Timed() { counted.seconds += seconds_since(start_); }

 private:
  Clock::time_point start_ = Clock::now();
};

void count_bytes(long long elements, MPI_Datatype type, long long times = 1) {
  int size = 0;
  MPI_Type_size(type, &size);
  counted.bytes += elements * size * times;
}

int size_of(MPI_Comm comm) {
  int size = 0;
  MPI_Comm_size(comm, &size);
  return size;
}

void* allocate(std::size_t size, std::size_t alignment) {
  ++counted.allocations;
  const std::size_t whole =
      (std::max(size, std::size_t{1}) + alignment - 1) / alignment * alignment;
  return std::aligned_alloc(alignment, whole);
}

}  // namespace

// What the exchange calls. Each rank sends its own part of a gathered array to all others.

int MPI_Isend(const void* buffer, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm,
              MPI_Request* request) {
  const Timed timed;
  count_bytes(count, type);
  return PMPI_Isend(buffer, count, type, to, tag, comm, request);
}

int MPI_Irecv(void* buffer, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm,
              MPI_Request* request) {
  const Timed timed;
  return PMPI_Irecv(buffer, count, type, from, tag, comm, request);
}

int MPI_Testall(int count, MPI_Request* requests, int* complete, MPI_Status* statuses) {
  const Timed timed;
  return PMPI_Testall(count, requests, complete, statuses);
}

int MPI_Waitall(int count, MPI_Request* requests, MPI_Status* statuses) {
  const Timed timed;
  return PMPI_Waitall(count, requests, statuses);
}

int MPI_Iallgatherv(const void* own, int own_count, MPI_Datatype own_type, void* all,
                    const int* counts, const int* displacements, MPI_Datatype type, MPI_Comm comm,
                    MPI_Request* request) {
  const Timed timed;
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  count_bytes(counts[rank], type, size_of(comm) - 1);
  return PMPI_Iallgatherv(own, own_count, own_type, all, counts, displacements, type, comm,
                          request);
}

int MPI_Allgather(const void* own, int own_count, MPI_Datatype own_type, void* all, int count,
                  MPI_Datatype type, MPI_Comm comm) {
  const Timed timed;
  count_bytes(count, type, size_of(comm) - 1);
  return PMPI_Allgather(own, own_count, own_type, all, count, type, comm);
}

void* operator new(std::size_t size) {
  return allocate(size, alignof(std::max_align_t));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate(size, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return allocate(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}

namespace {

template <typename Value>
Value or_exit(Result<Value> result) {
  if (result) return std::move(result).value();
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(2);
}

std::shared_ptr<const Dataset> noise(const GanConfig& config) {
  constexpr std::size_t kCount = 1000;
  std::vector<std::uint8_t> images(kCount * static_cast<std::size_t>(config.sample_size()));
  std::uint32_t state = 1;
  for (std::uint8_t& pixel : images) {
    state = state * 1664525 + 1013904223;
    pixel = static_cast<std::uint8_t>(state >> 24);
  }
  std::vector<std::uint8_t> labels(kCount);
  for (std::size_t i = 0; i < kCount; ++i) labels[i] = static_cast<std::uint8_t>(i % 10);
  return std::make_shared<const Dataset>(
      or_exit(Dataset::of_images(std::move(images), config.sample_size(), std::move(labels))));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: ganvas_mpi_steps PRESET SHARDS STEPS THREADS\n");
    return 2;
  }
  const int steps = std::atoi(argv[3]);
  const std::unique_ptr<Job> job = or_exit(Job::join());
  ThreadPool pool(std::atoi(argv[4]));
  auto preset = find_preset(argv[1]);
  if (!preset) return 2;
  GanConfig config = std::move(preset).value();
  config.shards = std::atoi(argv[2]);
  const auto trainer = or_exit(Trainer<float>::create(config, pool, job->exchange()));
  if (!trainer->set_data(noise(config))) return 2;
  for (int step = 0; step < 3; ++step) or_exit(trainer->step());
  job->any(false);
  counted = {};
  const auto start = Clock::now();
  for (int step = 0; step < steps; ++step) or_exit(trainer->step());
  const double seconds = seconds_since(start);
  const Counted in_steps = counted;
  const auto shares = job->gather(std::to_string(in_steps.seconds / seconds));
  double share = 0;
  for (const std::string& text : shares) share += std::stod(text) / job->ranks();
  if (!job->leads()) return 0;
  std::printf(
      "{\"preset\": \"%s\", \"ranks\": %d, \"threads\": %d, \"shards\": %d, \"stepsPerSecond\": "
      "%.4g, \"bytesSentPerStep\": %lld, \"shareInMpi\": %.4f, \"allocationsPerStep\": %.4g, "
      "\"parameters\": [%zu, %zu], \"statistics\": [%zu, %zu]}\n",
      argv[1], job->ranks(), pool.threads(), config.shards, steps / seconds, in_steps.bytes / steps,
      share, static_cast<double>(in_steps.allocations) / steps,
      trainer->generator().parameters().flat_size(),
      trainer->discriminator().parameters().flat_size(), trainer->generator().buffers().flat_size(),
      trainer->discriminator().buffers().flat_size());
}
