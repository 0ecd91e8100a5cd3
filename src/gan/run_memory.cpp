// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Counts the buffers of a run without allocating them; see run_memory.h.
#include "gan/run_memory.h"

#include <algorithm>
#include <limits>
#include <memory>

#include "gan/step_inputs.h"
#include "gan/trainer.h"
#include "tensor/allocation_scope.h"

namespace ganvas {
namespace {

// Of each shard: layers, names and lists, the checkpoint's header, and what the allocator adds to
// each block.
constexpr std::size_t kSmallObjects = 192 << 10;
#if defined(GANVAS_MAXIMUM_MEMORY)
// Static data, stacks, and the arguments and results of calls.
constexpr double kOverhead = 64 << 20;
#endif

/// The tensors in a checkpoint.
std::size_t checkpoint_size(Trainer<float>& trainer) {
  const std::size_t g = trainer.generator().parameters().flat_size();
  const std::size_t d = trainer.discriminator().parameters().flat_size();
  const std::size_t average = trainer.config().ema_decay > 0 ? 1 : 0;
  return (g * (1 + trainer.optimizer_g().state().size() + average) +
          d * (1 + trainer.optimizer_d().state().size()) +
          trainer.generator().buffers().flat_size() +
          trainer.discriminator().buffers().flat_size()) *
         sizeof(float);
}

/// The examples with their labels, and the order of an epoch.
std::size_t data_size(const GanConfig& config) {
  const std::size_t number = config.data == "images" ? sizeof(std::uint8_t) : sizeof(float);
  const std::size_t example = element_count(config.sample_shape) * number + sizeof(std::uint8_t);
  return static_cast<std::size_t>(config.examples) * (example + sizeof(std::uint32_t));
}

/// What is known of each lane: labels of real samples and of fakes; in a copy of G, two classes and
/// the share of the second.
std::size_t lanes_size(BatchLayout batch) {
  constexpr std::size_t kClasses = 4 * sizeof(std::uint8_t);
  return batch.storage(1) * (kClasses + sizeof(float));
}

}  // namespace

std::size_t memory_of_run(const GanConfig& config) {
  ThreadPool pool(1);
  const AllocationScope scope(AllocationScope::Mode::count);
  const auto trainer = Trainer<float>::allocate(config, pool);
  const BatchLayout batch = BatchLayout::of(config.batch_size);
  const auto copy = trainer.value()->generator().allocate_copy(batch.blocks());
  const AlignedBuffer<float> latents(batch.storage(config.latent_size));
  const AlignedBuffer<float> samples(batch.storage(config.sample_size()));
  GanConfig with_data = config;
  with_data.examples = std::max(1, config.examples);
  const RandomInputs<float> inputs(with_data, nullptr);
  return scope.bytes() + checkpoint_size(*trainer.value()) + data_size(config) + lanes_size(batch) +
         kSmallObjects * static_cast<std::size_t>(config.shards);
}

double memory_limit() {
#if defined(GANVAS_MAXIMUM_MEMORY)
  return GANVAS_MAXIMUM_MEMORY - kOverhead;
#else
  return std::numeric_limits<double>::infinity();
#endif
}

}  // namespace ganvas
