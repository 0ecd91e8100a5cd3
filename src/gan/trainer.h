// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A generator and a discriminator, and the training step of the PyTorch tutorial, extended to all
// objectives and to batches in shards. create(), set_data() and adjust() allocate memory; a step
// does not. A trainer can be used by one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "data/dataset.h"
#include "data/epoch_order.h"
#include "gan/config.h"
#include "gan/shard.h"
#include "gan/shard_exchange.h"
#include "gan/step_batch.h"
#include "gan/step_inputs.h"
#include "kernels/thread_pool.h"
#include "nn/optimizer.h"
#include "nn/sequential.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

/// Which parts of a run a trainer holds: all; both networks without optimiser state, for scoring
/// and inspection; or only G, for sampling.
enum class Holds { run, networks, generator };

/// Results of a step, from its last update of each network. In the middle of a step, the values of
/// the other half are NaN.
struct StepMetrics {
  std::int64_t step = 0;   // number of steps taken, including this one
  std::int64_t epoch = 0;  // of this step's first batch, from 0
  std::int64_t images_seen = 0;
  double loss_d = 0;
  double loss_g = 0;
  double d_real = 0;   // mean D(x) in D's update: a probability for bce and minimax
  double d_fake = 0;   // mean D(G(z)) in D's update
  double penalty = 0;  // the gradient penalty's part of loss_d
};

/// The settings that can change during a run. Others are fixed when it is created, including
/// `updates`, because the numbers of batches and draws are multiples of it.
struct Adjustment {
  double generator_lr;
  double discriminator_lr;
  double label_smoothing;
  double instance_noise;
};

/// Progress of a saved run, and which parts were saved.
struct SavedProgress {
  std::int64_t steps = 0;
  Holds holds = Holds::run;
};

template <typename T>
class Trainer {
 public:
  /// Builds a trainer with weights drawn from the config's seed. Fails with invalid_config if
  /// something does not fit, invalid_argument if the ranks of the exchange do not divide the
  /// shards, or with out_of_memory. `pool` and `exchange` must outlive the trainer.
  static Result<std::unique_ptr<Trainer>> create(
      GanConfig config, ThreadPool& pool,
      ShardExchange<T>& exchange = LocalExchange<T>::instance());
  /// The same without weights, which are zero. For use in an AllocationScope.
  static Result<std::unique_ptr<Trainer>> allocate(
      GanConfig config, ThreadPool& pool,
      ShardExchange<T>& exchange = LocalExchange<T>::instance());

  /// Sets the samples to train on: the first config().examples of them, or all if that is 0
  /// (config() then has their number). Fails with shape_mismatch if there are too few, their size
  /// is wrong, or labels that the networks take are missing; or with out_of_memory.
  Status set_data(std::shared_ptr<const Dataset> data);

  /// Runs one training step, or the rest of the current one. Fails with no_data, not_trainable, or
  /// non_finite if a loss, or anything that a checkpoint holds, is NaN or Inf.
  Result<StepMetrics> step();
  /// The same with other inputs.
  Result<StepMetrics> step_with(StepInputs<T>& inputs);
  /// Runs the next half of a step: all updates of one network. Two halves give the same bits as one
  /// step(); the second one returns the errors of the step.
  Result<StepMetrics> advance_half();
  /// The network that the next half updates.
  Network next_half() const;
  bool in_step() const { return in_step_; }

  /// Changes config() from the next update on. Fails with invalid_config if a value is out of
  /// range, or with out_of_memory, and then changes nothing.
  Status adjust(const Adjustment& adjustment);

  /// Continues a saved run. Its tensors must already be in the networks and, with Holds::run, in
  /// the optimisers and the moving average.
  void resume(const SavedProgress& saved);

  const GanConfig& config() const { return config_; }
  std::int64_t steps() const { return steps_; }
  bool has_data() const { return data_ != nullptr; }
  Holds holds() const { return holds_; }
  bool trainable() const { return holds_ == Holds::run; }
  /// Number of samples in all batches so far, and the epoch in which the next step starts.
  std::int64_t images_seen() const {
    return order_ ? order_->images_before(d_updates_before(steps_)) : 0;
  }
  std::int64_t epoch() const { return order_ ? order_->epoch_of(d_updates_before(steps_)) : 0; }

  /// The batch of the current step or, between steps, of the last one: the first shard's part.
  const StepBatch<T>& batch() const { return shards_.front()->batch(); }

  // Saved and restored by checkpoints.
  Sequential<T>& generator() { return shards_.front()->network(Network::generator); }
  const Sequential<T>& generator() const { return network(Network::generator); }
  Sequential<T>& discriminator() { return shards_.front()->network(Network::discriminator); }
  const Sequential<T>& discriminator() const { return network(Network::discriminator); }
  const Sequential<T>& network(Network which) const { return shards_.front()->network(which); }
  Optimizer<T>& optimizer_g() { return *optimizer_g_; }
  Optimizer<T>& optimizer_d() { return *optimizer_d_; }
  /// Moving average of G's parameters, in their layout; null if ema_decay is 0.
  T* generator_average() { return config_.ema_decay > 0 ? generator_average_.data() : nullptr; }
  const T* generator_average() const {
    return config_.ema_decay > 0 ? generator_average_.data() : nullptr;
  }
  /// Thread pool shared by networks and optimisers.
  ThreadPool& pool() const { return pool_; }

 private:
  Trainer(GanConfig config, ThreadPool& pool, ShardExchange<T>& exchange);
  Status allocate_parts();

  // The parts of a step.
  Result<StepMetrics> advance_half_with(StepInputs<T>& inputs);
  void begin_step(StepInputs<T>& inputs);
  void run_discriminator_half(StepInputs<T>& inputs);
  void run_generator_half(StepInputs<T>& inputs);
  Result<StepMetrics> finish_step();
  std::string origin_of_non_finite(Loss which) const;
  void for_each_shard(void (Shard<T>::*phase)(StepInputs<T>&), StepInputs<T>& inputs);
  void update_discriminator(StepInputs<T>& inputs);
  void update_generator(StepInputs<T>& inputs);
  void sum_gradients(Network which,
                     void (Shard<T>::*differentiate)(StepInputs<T>&, GradientWatcher*),
                     StepInputs<T>& inputs);
  void spread_statistics();
  void average_statistics();
  bool statistics_are_finite(Network which) const;
  void sum_losses();

  Adjustment exchange_adjustment(const Adjustment& adjustment);
  void start_average();
  void clip_weights();
  void update_average();

  std::int64_t d_updates_before(std::int64_t step) const {
    return step * config_.discriminator.updates;
  }

  GanConfig config_;
  ThreadPool& pool_;
  ShardExchange<T>& exchange_;
  std::vector<std::unique_ptr<Shard<T>>> shards_;  // this process's; all use the first's parameters
  std::vector<T*> arrays_;                         // of these shards, to be summed
  std::vector<Losses> losses_;                     // of all shards
  std::vector<Losses> loss_sums_;                  // the same, summed in the tree
  std::unique_ptr<Optimizer<T>> optimizer_g_;
  std::unique_ptr<Optimizer<T>> optimizer_d_;
  AlignedBuffer<T> generator_average_;  // empty if ema_decay is 0
  std::int64_t steps_ = 0;
  Holds holds_ = Holds::run;

  std::shared_ptr<const Dataset> data_;
  std::optional<RandomInputs<T>> inputs_;
  std::optional<EpochOrder> order_;  // set by set_data()

  // State of the current step.
  bool in_step_ = false;
  StepMetrics metrics_;
  bool d_is_finite_ = true;
  bool g_is_finite_ = true;
};

}  // namespace ganvas
