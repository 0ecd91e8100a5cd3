// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A shard computes the gradients of one part of every batch, with random numbers and batch-norm
// statistics of its own ("ghost batch norm", Hoffer, Hubara and Soudry 2017; in PyTorch a process
// of DistributedDataParallel). Losses and gradients are its samples' share of the batch's mean, so
// that the sum over shards weighs samples equally. A run is defined by its shards, whatever
// processes work on them; with one shard, the part is the batch.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "base/result.h"
#include "gan/config.h"
#include "gan/gradient_penalty.h"
#include "gan/step_batch.h"
#include "gan/step_inputs.h"
#include "kernels/thread_pool.h"
#include "nn/losses.h"
#include "nn/sequential.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

/// A shard's parts of what a step measures; NaN in the half of a step that is not known yet.
enum class Loss : std::size_t { d, g, d_real, d_fake, penalty };
using Losses = std::array<double, 5>;

template <typename T>
class Shard {
 public:
  /// Shard number `index` of config.shards. Its networks use the parameters of `lender`, if there
  /// is one, which must outlive it, as must config and pool. For use in an AllocationScope.
  static Result<std::unique_ptr<Shard>> allocate(const GanConfig& config, int index, Shard* lender,
                                                 ThreadPool& pool);
  /// Allocates what instance noise needs, if the config has any. Error: out_of_memory.
  Status allocate_noise();

  // The parts of a step.
  void begin_step(std::int64_t step);
  void load_real_batch(StepInputs<T>& inputs);
  void make_fakes(StepInputs<T>& inputs);
  /// Overwrites D's gradients with those of lossD. `watcher`, if there is one, is told which of
  /// them are final while others are computed, unless terms are added to all of them at the end.
  void differentiate_loss_d(StepInputs<T>& inputs, GradientWatcher* watcher);
  /// The same for G and lossG.
  void differentiate_loss_g(StepInputs<T>& inputs, GradientWatcher* watcher);

  const StepBatch<T>& batch() const { return batch_; }
  const Losses& losses() const { return losses_; }
  Sequential<T>& network(Network which) {
    return which == Network::generator ? *generator_ : *discriminator_;
  }

 private:
  Shard(const GanConfig& config, int index, std::unique_ptr<Sequential<T>> generator,
        std::unique_ptr<Sequential<T>> discriminator, ThreadPool& pool);

  void leak_into_generator();
  double add_gradient_penalty(StepInputs<T>& inputs);
  const T* input_for_d(StepInputs<T>& inputs, std::int64_t pass, BatchLayout layout,
                       const T* samples);
  void return_through_augmentation(std::int64_t pass, BatchLayout layout);
  LossOutputs<T> outputs_of_group(int group);
  bool is_empty() const { return batch_.layout.group_size == 0; }
  double& loss(Loss which) { return losses_[static_cast<std::size_t>(which)]; }
  /// The next number of a count, among those of all shards; see StepInputs.
  std::int64_t number(std::int64_t count) const { return count * config_.shards + index_; }
  std::int64_t next_pass() { return number(passes_++); }

  const GanConfig& config_;
  int index_;
  ThreadPool& pool_;
  std::unique_ptr<Sequential<T>> generator_;
  std::unique_ptr<Sequential<T>> discriminator_;
  std::optional<GradientPenalty<T>> penalty_;

  // State of the current step.
  StepBatch<T> batch_;
  int whole_batch_ = 0;  // samples of all shards
  Losses losses_{};
  std::int64_t d_updates_ = 0;
  std::int64_t draws_ = 0;
  std::int64_t passes_ = 0;

  AlignedBuffer<T> augmented_;  // [real | fake]
  AlignedBuffer<T> d_input_;    // [real | fake] with instance noise, or points between them
  AlignedBuffer<T> d_outputs_;  // d loss / d batch_.outputs
  AlignedBuffer<T> d_fake_;     // d lossG / d fake; without detach, first d lossD / d [real | fake]
  AlignedBuffer<T> leaked_;     // without detach, d lossD / d G's parameters
};

}  // namespace ganvas
