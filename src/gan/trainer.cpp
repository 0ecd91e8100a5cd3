// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The training step: shards differentiate the losses (see shard.h), and their sum updates the
// networks.
#include "gan/trainer.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>

#include "kernels/elementwise.h"

namespace ganvas {
namespace {

constexpr const char* kNoData = "no training data has been set";

}  // namespace

template <typename T>
Result<StepMetrics> Trainer<T>::step() {
  if (!data_) return Error{ErrorCode::no_data, kNoData};
  return step_with(*inputs_);
}

template <typename T>
Result<StepMetrics> Trainer<T>::step_with(StepInputs<T>& inputs) {
  Result<StepMetrics> metrics = advance_half_with(inputs);
  if (metrics.ok() && in_step_) metrics = advance_half_with(inputs);
  return metrics;
}

template <typename T>
Result<StepMetrics> Trainer<T>::advance_half() {
  if (!data_) return Error{ErrorCode::no_data, kNoData};
  return advance_half_with(*inputs_);
}

template <typename T>
Network Trainer<T>::next_half() const {
  return in_step_ ? other_network(config_.first_update) : config_.first_update;
}

template <typename T>
Result<StepMetrics> Trainer<T>::advance_half_with(StepInputs<T>& inputs) {
  if (!trainable()) {
    return Error{
        ErrorCode::not_trainable,
        "the loaded model cannot be trained: it lacks the discriminator or the optimiser state"};
  }
  if (!in_step_) begin_step(inputs);
  next_half() == Network::discriminator ? run_discriminator_half(inputs)
                                        : run_generator_half(inputs);
  sum_losses();
  in_step_ = !in_step_;
  if (in_step_) return metrics_;
  return finish_step();
}

template <typename T>
void Trainer<T>::begin_step(StepInputs<T>& inputs) {
  d_is_finite_ = g_is_finite_ = true;
  metrics_ = {.step = steps_ + 1, .epoch = epoch(), .images_seen = images_seen()};
  spread_statistics();
  for (const auto& shard : shards_) shard->begin_step(steps_);
  for_each_shard(&Shard<T>::load_real_batch, inputs);
  for_each_shard(&Shard<T>::make_fakes, inputs);
}

template <typename T>
void Trainer<T>::run_discriminator_half(StepInputs<T>& inputs) {
  update_discriminator(inputs);
  for (int k = 1; k < config_.discriminator.updates; ++k) {
    for_each_shard(&Shard<T>::load_real_batch, inputs);
    for_each_shard(&Shard<T>::make_fakes, inputs);
    update_discriminator(inputs);
  }
}

template <typename T>
void Trainer<T>::run_generator_half(StepInputs<T>& inputs) {
  update_generator(inputs);
  for (int k = 1; k < config_.generator.updates; ++k) {
    for_each_shard(&Shard<T>::make_fakes, inputs);
    update_generator(inputs);
  }
}

template <typename T>
Result<StepMetrics> Trainer<T>::finish_step() {
  average_statistics();
  update_average();
  ++steps_;
  metrics_.images_seen = images_seen();
  const auto non_finite = [&](const std::string& what) {
    return Error{ErrorCode::non_finite,
                 what + " is no longer a finite number at step " + std::to_string(steps_)};
  };
  if (!std::isfinite(metrics_.loss_d)) return non_finite("lossD" + origin_of_non_finite(Loss::d));
  if (!std::isfinite(metrics_.loss_g)) return non_finite("lossG" + origin_of_non_finite(Loss::g));
  if (!d_is_finite_ || !statistics_are_finite(Network::discriminator))
    return non_finite("a value of the discriminator or its optimiser");
  if (!g_is_finite_ || !statistics_are_finite(Network::generator))
    return non_finite("a value of the generator or its optimiser");
  return metrics_;
}

/// " of shard 3 on rank 1": the first shard whose part of a loss is not finite, if there are
/// several.
template <typename T>
std::string Trainer<T>::origin_of_non_finite(Loss which) const {
  if (config_.shards == 1) return "";
  std::size_t shard = 0;
  while (std::isfinite(losses_[shard][static_cast<std::size_t>(which)])) {
    if (++shard == losses_.size()) return "";  // only the sum is not
  }
  std::string origin = " of shard " + std::to_string(shard);
  if (exchange_.ranks() > 1) origin += " on rank " + std::to_string(shard / shards_.size());
  return origin;
}

/// One phase of all shards of this process.
template <typename T>
void Trainer<T>::for_each_shard(void (Shard<T>::*phase)(StepInputs<T>&), StepInputs<T>& inputs) {
  for (const auto& shard : shards_) ((*shard).*phase)(inputs);
}

/// lossD.backward();  optimizer_d.step()
template <typename T>
void Trainer<T>::update_discriminator(StepInputs<T>& inputs) {
  sum_gradients(Network::discriminator, &Shard<T>::differentiate_loss_d, inputs);
  d_is_finite_ = optimizer_d_->step() && d_is_finite_;
  if (config_.weight_clip > 0) clip_weights();
}

/// lossG.backward();  optimizer_g.step()
template <typename T>
void Trainer<T>::update_generator(StepInputs<T>& inputs) {
  sum_gradients(Network::generator, &Shard<T>::differentiate_loss_g, inputs);
  g_is_finite_ = optimizer_g_->step() && g_is_finite_;
}

/// Has all shards compute the gradients of a network, and sums them into those of the first shard.
/// While the last shard of this process computes, what is final already travels to others.
template <typename T>
void Trainer<T>::sum_gradients(Network which,
                               void (Shard<T>::*differentiate)(StepInputs<T>&, GradientWatcher*),
                               StepInputs<T>& inputs) {
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    arrays_[i] = shards_[i]->network(which).parameters().gradients();
  }
  const std::size_t size = network(which).parameters().flat_size();
  struct EarlySums final : GradientWatcher {
    EarlySums(Trainer& summing, std::size_t whole) : trainer(summing), size(whole) {}
    void final_from(std::size_t offset) override {
      trainer.exchange_.sum_early(trainer.arrays_, size, offset, trainer.pool_);
    }
    Trainer& trainer;
    std::size_t size;
  } early_sums(*this, size);
  for (const auto& shard : shards_) {
    const bool travels = exchange_.ranks() > 1 && shard == shards_.back();
    ((*shard).*differentiate)(inputs, travels ? &early_sums : nullptr);
  }
  exchange_.sum(arrays_, size, pool_);
}

/// Every shard begins a step with the running statistics of the first.
template <typename T>
void Trainer<T>::spread_statistics() {
  for (const Network which : {Network::generator, Network::discriminator}) {
    const NamedTensors<T>& statistics = shards_.front()->network(which).buffers();
    for (const auto& shard : std::span(shards_).subspan(1)) {
      std::copy_n(statistics.values(), statistics.flat_size(),
                  shard->network(which).buffers().values());
    }
  }
}

/// running statistics = their mean over shards
template <typename T>
void Trainer<T>::average_statistics() {
  if (config_.shards == 1) return;
  const Vec<T> shards(static_cast<T>(config_.shards));
  for (const Network which : {Network::generator, Network::discriminator}) {
    NamedTensors<T>& statistics = shards_.front()->network(which).buffers();
    if (statistics.flat_size() == 0) continue;
    for (std::size_t i = 0; i < shards_.size(); ++i) {
      arrays_[i] = shards_[i]->network(which).buffers().values();
    }
    exchange_.sum(arrays_, statistics.flat_size(), pool_);
    transform(statistics.values(), statistics.values(), statistics.flat_size(), pool_,
              [shards](Vec<T> sum) { return sum / shards; });
  }
}

/// A running variance can overflow while all outputs are finite.
template <typename T>
bool Trainer<T>::statistics_are_finite(Network which) const {
  const NamedTensors<T>& statistics = network(which).buffers();
  return std::all_of(statistics.values(), statistics.values() + statistics.flat_size(),
                     [](T value) { return std::isfinite(value); });
}

/// The sum of all shards' parts of the losses.
template <typename T>
void Trainer<T>::sum_losses() {
  const std::size_t first = static_cast<std::size_t>(exchange_.rank()) * shards_.size();
  for (std::size_t i = 0; i < shards_.size(); ++i) losses_[first + i] = shards_[i]->losses();
  exchange_.share({losses_.front().data(), losses_.size() * std::tuple_size_v<Losses>});
  std::ranges::copy(losses_, loss_sums_.begin());
  for_each_pair(config_.shards, [&](int i, int j, int) {
    const Losses& addend = loss_sums_[static_cast<std::size_t>(j)];
    for (std::size_t k = 0; k < addend.size(); ++k) {
      loss_sums_[static_cast<std::size_t>(i)][k] += addend[k];
    }
  });
  const auto sum = [&](Loss which) { return loss_sums_.front()[static_cast<std::size_t>(which)]; };
  metrics_.loss_d = sum(Loss::d);
  metrics_.loss_g = sum(Loss::g);
  metrics_.d_real = sum(Loss::d_real);
  metrics_.d_fake = sum(Loss::d_fake);
  metrics_.penalty = sum(Loss::penalty);
}

/// Clips every parameter of D to [-weight_clip, weight_clip], as in algorithm 1 of the WGAN paper.
template <typename T>
void Trainer<T>::clip_weights() {
  const Vec<T> limit(static_cast<T>(config_.weight_clip));
  T* values = discriminator().parameters().values();
  transform(values, values, discriminator().parameters().flat_size(), pool_, [limit](Vec<T> value) {
    // NaN stays NaN; with min() and max() it depends on the tier.
    return xsimd::select(value > limit, limit, xsimd::select(value < -limit, -limit, value));
  });
}

/// average = decay average + (1 - decay) parameters. The decay rises to ema_decay over the first
/// steps.
template <typename T>
void Trainer<T>::update_average() {
  if (config_.ema_decay == 0) return;
  const auto t = static_cast<double>(steps_ + 1);
  const Vec<T> rate(static_cast<T>(1 - std::min(config_.ema_decay, t / (t + 10))));
  transform(generator_average_.data(), generator().parameters().values(), generator_average_.data(),
            generator_average_.size(), pool_,
            [rate](Vec<T> average, Vec<T> value) { return madd(rate, value - average, average); });
}

template <typename T>
void Trainer<T>::resume(const SavedProgress& saved) {
  steps_ = saved.steps;
  holds_ = saved.holds;
  in_step_ = false;
  optimizer_g_->set_steps(steps_ * config_.generator.updates);
  optimizer_d_->set_steps(d_updates_before(steps_));
  // Files of networks without optimisers have the moving average in place of G's parameters.
  if (!trainable()) start_average();
}

template class Trainer<float>;
template class Trainer<double>;

}  // namespace ganvas
