// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The memory that a run is said to need, against what operator new really hands out, and what
// happens when there is less.
#include "gan/run_memory.h"

#include <algorithm>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <limits>
#include <new>
#include <string>
#include <vector>

#include "gan/check_config.h"
#include "gan/presets.h"
#include "inference/frozen_network.h"
#include "io/checkpoint.h"
#include "support/small_gan.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();
std::atomic<std::size_t> live_bytes = 0;
std::atomic<std::size_t> peak_bytes = 0;
std::atomic<std::size_t> limit_bytes = kNoLimit;  // of live_bytes

/// A block with its size in front of it; null above the limit.
void* take(std::size_t size, std::size_t alignment) {
  if (size > limit_bytes || live_bytes + size > limit_bytes) return nullptr;
  const std::size_t front = std::max(alignment, alignof(std::max_align_t));
  const std::size_t whole = (front + size + front - 1) / front * front;
  auto* block = static_cast<std::byte*>(std::aligned_alloc(front, whole));
  if (!block) return nullptr;
  *reinterpret_cast<std::size_t*>(block) = size;
  const std::size_t now = live_bytes += size;
  if (now > peak_bytes) peak_bytes = now;
  return block + front;
}

void give_back(void* memory, std::size_t alignment) {
  if (!memory) return;
  auto* block = static_cast<std::byte*>(memory) - std::max(alignment, alignof(std::max_align_t));
  live_bytes -= *reinterpret_cast<std::size_t*>(block);
  std::free(block);
}

}  // namespace

void* operator new(std::size_t size) {
  void* memory = take(size, alignof(std::max_align_t));
  if (!memory) std::abort();
  return memory;
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return take(size, alignof(std::max_align_t));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  void* memory = take(size, static_cast<std::size_t>(alignment));
  if (!memory) std::abort();
  return memory;
}
void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return take(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept {
  give_back(memory, alignof(std::max_align_t));
}
void operator delete(void* memory, std::size_t) noexcept {
  give_back(memory, alignof(std::max_align_t));
}
void operator delete(void* memory, std::align_val_t alignment) noexcept {
  give_back(memory, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory, std::size_t, std::align_val_t alignment) noexcept {
  give_back(memory, static_cast<std::size_t>(alignment));
}

namespace {

std::shared_ptr<const Dataset> examples_for(const GanConfig& config) {
  const auto count = std::size_t(config.examples);
  const int features = config.sample_size();
  const std::size_t numbers = count * std::size_t(features);
  auto data = config.data == "images"
                  ? Dataset::of_images(std::vector<std::uint8_t>(numbers), features,
                                       std::vector<std::uint8_t>(count))
                  : Dataset::of_points(std::vector<float>(numbers), features);
  REQUIRE(data.ok());
  return std::make_shared<const Dataset>(std::move(data).value());
}

ThreadPool one_thread(1);

/// The most memory in use while a run trains, samples and is saved.
std::size_t measured(const GanConfig& config) {
  const std::size_t before = live_bytes;
  auto data = examples_for(config);
  peak_bytes = live_bytes.load();
  auto trainer = Trainer<float>::create(config, one_thread);
  REQUIRE(trainer.ok());
  REQUIRE(trainer.value()->set_data(std::move(data)).ok());
  // A larger batch needs the same buffers of a step, and minutes.
  if (config.batch_size <= 16) REQUIRE(trainer.value()->step().ok());
  FrozenNetwork<float> samples(*trainer.value(), Network::generator);
  REQUIRE(!save_checkpoint(*trainer.value()).empty());
  return peak_bytes - before;
}

struct MemoryLimit {
  explicit MemoryLimit(std::size_t further) { limit_bytes = live_bytes + further; }
  ~MemoryLimit() { limit_bytes = kNoLimit; }
};

}  // namespace

TEST_CASE("The memory of a run is known before it is allocated", "[memory]") {
  for (const Preset& preset : presets()) {
    for (const int batch_size : {1, 16, 100, 1024}) {
      GanConfig config = preset.config();
      config.batch_size = batch_size;
      config.examples = 500;
      if (find_problem(config)) continue;
      const std::size_t needed = memory_of_run(config);
      const std::size_t used = measured(config);
      INFO(preset.name << ", batch " << batch_size << ": " << needed << " for " << used);
      CHECK(needed >= used);
      // 192 KiB for small objects matter only for the smallest networks.
      CHECK(double(needed) <= 1.03 * double(used) + (192 << 10));
    }
  }
}

TEST_CASE("Options that add buffers add them to the memory of a run", "[memory]") {
  GanConfig config = presets()[0].config();
  config.batch_size = 1024;
  config.examples = 100;
  const std::size_t plain = memory_of_run(config);
  const auto more = [&](const auto& change) {
    GanConfig changed = config;
    change(changed);
    const std::size_t needed = memory_of_run(changed);
    CHECK(needed >= measured(changed));
    return needed > plain;
  };
  CHECK(more([](GanConfig& c) { c.gradient_penalty = 10; }));
  CHECK(more([](GanConfig& c) { c.r1 = 1; }));
  CHECK(more([](GanConfig& c) { c.instance_noise = 0.1; }));
  CHECK(more([](GanConfig& c) { c.detach = false; }));
  CHECK(more([](GanConfig& c) { c.ema_decay = 0.9; }));
  CHECK(more([](GanConfig& c) { c.examples = 1000; }));
  GanConfig augmented = find_preset("quick").value();
  const std::size_t without = memory_of_run(augmented);
  augmented.augment_cutout = 0.5;
  CHECK(memory_of_run(augmented) > without);
  CHECK(memory_of_run(augmented) >= measured(augmented));
  augmented.shards = 5;
  CHECK(memory_of_run(augmented) >= measured(augmented));
}

TEST_CASE("Counting a run allocates none of it", "[memory]") {
  GanConfig config = presets()[0].config();
  config.batch_size = 4096;
  peak_bytes = live_bytes.load();
  const std::size_t before = live_bytes;
  CHECK(memory_of_run(config) > 50'000'000);
  CHECK(peak_bytes - before < 200'000);
}

TEST_CASE("A run that needs more memory than there can be is refused with both figures",
          "[memory]") {
  const GanConfig config = small_config();
  const double needed = double(memory_of_run(config));
  CHECK(!find_problem(config, needed));
  const auto problem = find_problem(config, needed - 1);
  REQUIRE(problem);
  CHECK(problem->kind == ProblemKind::too_much_memory);
  CHECK(problem->path.empty());
  CHECK(problem->value == needed);
  CHECK(problem->range.high == needed - 1);
  CHECK(error_of(*problem).code == ErrorCode::out_of_memory);

  CHECK(describe({.kind = ProblemKind::too_much_memory, .value = 3.1e9, .range = {0, 1e9}}) ==
        "the config needs 3100 MB of memory, but a run can have only 1000 MB here: try a smaller "
        "batch_size or smaller layers");
}

TEST_CASE("A run for which too little memory is free fails and leaves nothing behind", "[memory]") {
  GanConfig config = presets()[0].config();
  config.batch_size = 256;
  const std::size_t needed = memory_of_run(config);
  const std::size_t before = live_bytes;
  for (const double share : {0.05, 0.3, 0.5}) {
    const MemoryLimit limit(std::size_t(share * double(needed)));
    CHECK(Trainer<float>::create(config, one_thread).error().code == ErrorCode::out_of_memory);
  }
  CHECK(live_bytes - before < 1000);
  CHECK(Trainer<float>::create(config, one_thread).ok());
}

TEST_CASE("Data and copies for which too little memory is free leave the run as it was",
          "[memory]") {
  GanConfig config = small_config(1024);
  const auto trainer = Trainer<float>::create(config, one_thread);
  REQUIRE(trainer.ok());
  const auto data = some_images(64);
  {
    const MemoryLimit limit(50'000);
    const Status status = trainer.value()->set_data(data);
    REQUIRE(!status.ok());
    CHECK(status.error().code == ErrorCode::out_of_memory);
    CHECK(trainer.value()->config().examples == 0);
    CHECK(!trainer.value()->has_data());
    const Status adjusted = trainer.value()->adjust({1e-3, 1e-3, 0, 0.5});
    REQUIRE(!adjusted.ok());
    CHECK(adjusted.error().code == ErrorCode::out_of_memory);
    CHECK(trainer.value()->config() == config);
    const auto copy = trainer.value()->generator().copy(64);
    REQUIRE(!copy.ok());
    CHECK(copy.error().code == ErrorCode::out_of_memory);
  }
  REQUIRE(trainer.value()->set_data(data).ok());
  CHECK(trainer.value()->step().ok());
}
