// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A generator and a discriminator, and the training step of the PyTorch tutorial, widened to the
// family's objectives. Memory is allocated by create() and set_data(); a step allocates nothing. A
// trainer belongs to one thread at a time (its pool's).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "base/result.h"
#include "data/dataset.h"
#include "data/epoch_order.h"
#include "gan/config.h"
#include "gan/gradient_penalty.h"
#include "gan/step_batch.h"
#include "gan/step_inputs.h"
#include "kernels/thread_pool.h"
#include "nn/losses.h"
#include "nn/optimizer.h"
#include "nn/sequential.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

/// What a trainer holds of a run: all of it; both networks without their optimisers, to be asked;
/// or G alone, to sample from.
enum class Holds { run, networks, generator };

/// What one step saw, in the last of its updates of each network. In the middle of a step, what
/// belongs to the other half is NaN.
struct StepMetrics {
  std::int64_t step = 0;   // steps taken so far, this one included
  std::int64_t epoch = 0;  // of this step's first batch, from 0
  std::int64_t images_seen = 0;
  double loss_d = 0;
  double loss_g = 0;
  double d_real =
      0;  // mean D(x) in D's update: a probability for bce and minimax, else the critic's output
  double d_fake = 0;   // mean D(G(z)) in D's update
  double penalty = 0;  // the gradient penalty's part of loss_d
};

/// What of a config may change during a run. The rest is what the run was built from: `updates`,
/// too, of which the numbers of batches and draws are multiples.
struct Adjustment {
  double generator_lr;
  double discriminator_lr;
  double label_smoothing;
  double instance_noise;
};

/// How far a saved run had come, and what of it was saved.
struct SavedProgress {
  std::int64_t steps = 0;
  Holds holds = Holds::run;
};

template <typename T>
class Trainer {
 public:
  /// Draws fresh weights from the config's seed. invalid_config says what does not fit. `pool`
  /// outlives the trainer.
  static Result<std::unique_ptr<Trainer>> create(GanConfig config, ThreadPool& pool);

  /// Takes the samples to train on: the first config().examples of them, or all if that is 0 (and
  /// config() then says how many). shape_mismatch when there are too few, of another size, or
  /// without the labels that classes need.
  Status set_data(std::shared_ptr<const Dataset> data);

  /// One training step on the data or, in the middle of one, the rest of it. no_data,
  /// not_trainable, or non_finite when a loss or a weight no longer is a number, naming it.
  Result<StepMetrics> step();
  /// The same with everything random from elsewhere.
  Result<StepMetrics> step_with(StepInputs<T>& inputs);
  /// The next half alone: all updates of one network in a step. Two halves leave the bits of one
  /// step(), and the second reports the step's errors.
  Result<StepMetrics> advance_half();
  /// The network that learns in the next half.
  Network next_half() const;
  bool in_step() const { return in_step_; }

  /// Changes config() for the coming updates. invalid_config, without any effect, names what is out
  /// of its range.
  Status adjust(const Adjustment& adjustment);

  /// Goes on with a saved run, whose tensors have been read into the networks and, with Holds::run,
  /// into the optimisers and the moving average.
  void resume(const SavedProgress& saved);

  const GanConfig& config() const { return config_; }
  std::int64_t steps() const { return steps_; }
  bool has_data() const { return data_ != nullptr; }
  Holds holds() const { return holds_; }
  bool trainable() const { return holds_ == Holds::run; }
  /// Samples in the batches so far, and the epoch that the next step's first belongs to.
  std::int64_t images_seen() const {
    return order_ ? order_->images_before(d_updates_before(steps_)) : 0;
  }
  std::int64_t epoch() const { return order_ ? order_->epoch_of(d_updates_before(steps_)) : 0; }

  /// The batch of the last step or, in the middle of one, of that step.
  const StepBatch<T>& batch() const { return batch_; }

  // The parts that a checkpoint saves and restores.
  Sequential<T>& generator() { return *generator_; }
  const Sequential<T>& generator() const { return *generator_; }
  Sequential<T>& discriminator() { return *discriminator_; }
  const Sequential<T>& discriminator() const { return *discriminator_; }
  const Sequential<T>& network(Network which) const {
    return which == Network::generator ? *generator_ : *discriminator_;
  }
  Optimizer<T>& optimizer_g() { return *optimizer_g_; }
  Optimizer<T>& optimizer_d() { return *optimizer_d_; }
  /// The moving average of G's parameters, laid out as they are; null without one.
  T* generator_average() { return config_.ema_decay > 0 ? generator_average_.data() : nullptr; }
  const T* generator_average() const {
    return config_.ema_decay > 0 ? generator_average_.data() : nullptr;
  }
  /// The thread pool of both networks and optimisers.
  ThreadPool& pool() const { return pool_; }

 private:
  Trainer(GanConfig config, ThreadPool& pool, std::unique_ptr<Sequential<T>> generator,
          std::unique_ptr<Sequential<T>> discriminator);

  // A step, in its parts.
  Result<StepMetrics> advance_half_with(StepInputs<T>& inputs);
  void begin_step(StepInputs<T>& inputs);
  void run_discriminator_half(StepInputs<T>& inputs);
  void run_generator_half(StepInputs<T>& inputs);
  Result<StepMetrics> finish_step();
  void load_real_batch(StepInputs<T>& inputs);
  void make_fakes(StepInputs<T>& inputs);
  void update_discriminator(StepInputs<T>& inputs);
  void update_generator(StepInputs<T>& inputs);

  void leak_into_generator();
  double add_gradient_penalty(StepInputs<T>& inputs);
  const T* seen_by_d(StepInputs<T>& inputs, std::int64_t pass, BatchLayout layout,
                     const T* samples);
  LossOutputs<T> outputs_of_group(int group);
  Adjustment exchange_adjustment(const Adjustment& adjustment);
  void allocate_disturbed();
  void start_average();
  void clip_weights();
  void update_average();

  std::int64_t d_updates_before(std::int64_t step) const {
    return step * config_.discriminator.updates;
  }

  GanConfig config_;
  ThreadPool& pool_;
  std::unique_ptr<Sequential<T>> generator_;
  std::unique_ptr<Sequential<T>> discriminator_;
  std::unique_ptr<Optimizer<T>> optimizer_g_;
  std::unique_ptr<Optimizer<T>> optimizer_d_;
  AlignedBuffer<T> generator_average_;  // empty without one
  std::optional<GradientPenalty<T>> penalty_;
  std::int64_t steps_ = 0;
  Holds holds_ = Holds::run;

  std::shared_ptr<const Dataset> data_;
  std::optional<RandomInputs<T>> inputs_;
  std::optional<EpochOrder> order_;  // once the number of examples is known

  // Where the current step is.
  bool in_step_ = false;
  StepMetrics metrics_;
  StepBatch<T> batch_;
  std::int64_t d_updates_ = 0;
  std::int64_t draws_ = 0;
  std::int64_t passes_ = 0;
  bool d_is_finite_ = true;
  bool g_is_finite_ = true;

  AlignedBuffer<T> disturbed_;  // [real | fake] with instance noise, or points between the two
  AlignedBuffer<T> d_outputs_;  // d loss / d batch_.outputs
  AlignedBuffer<T>
      d_fake_;  // d lossG / d fake; without detach, d lossD / d [real | fake] before it
  AlignedBuffer<T> leaked_;  // without detach, d lossD / d G's parameters
};

}  // namespace ganvas
