// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Creation of a trainer: checks the networks against the config and the data against both, and
// allocates the memory of a run. The step itself is in trainer.cpp.
#include <algorithm>
#include <cassert>
#include <string>
#include <utility>
#include <variant>

#include "base/memory.h"
#include "gan/check_config.h"
#include "gan/trainer.h"

namespace ganvas {
namespace {

/// The learning rate of any optimiser config.
double& lr_of(OptimizerConfig& optimizer) {
  return std::visit([](auto& config) -> double& { return config.lr; }, optimizer);
}

}  // namespace

template <typename T>
Result<std::unique_ptr<Trainer<T>>> Trainer<T>::create(GanConfig config, ThreadPool& pool,
                                                       ShardExchange<T>& exchange) {
  if (const auto problem = find_problem(config)) return error_of(*problem);
  if (config.shards % exchange.ranks() != 0) {
    return Error{ErrorCode::invalid_argument, std::to_string(config.shards) +
                                                  (config.shards == 1 ? " shard" : " shards") +
                                                  " cannot be divided evenly among " +
                                                  std::to_string(exchange.ranks()) + " processes"};
  }
  const AllocationScope scope(AllocationScope::Mode::check);
  GANVAS_ASSIGN_OR_RETURN(std::unique_ptr<Trainer> trainer,
                          allocate(std::move(config), pool, exchange));
  if (scope.failed()) return out_of_memory("the run", scope.bytes());
  trainer->generator().initialise();
  trainer->discriminator().initialise();
  trainer->start_average();
  return trainer;
}

template <typename T>
Result<std::unique_ptr<Trainer<T>>> Trainer<T>::allocate(GanConfig config, ThreadPool& pool,
                                                         ShardExchange<T>& exchange) {
  std::unique_ptr<Trainer> trainer(new Trainer(std::move(config), pool, exchange));
  GANVAS_RETURN_IF_ERROR(trainer->allocate_parts());
  return trainer;
}

template <typename T>
Trainer<T>::Trainer(GanConfig config, ThreadPool& pool, ShardExchange<T>& exchange)
    : config_(std::move(config)), pool_(pool), exchange_(exchange) {
  if (config_.examples > 0) order_.emplace(config_.seed, config_.examples, config_.batch_size);
}

template <typename T>
Status Trainer<T>::allocate_parts() {
  assert(config_.shards % exchange_.ranks() == 0);
  const int own = config_.shards / exchange_.ranks();
  for (int i = 0; i < own; ++i) {
    Shard<T>* const lender = shards_.empty() ? nullptr : shards_.front().get();
    GANVAS_ASSIGN_OR_RETURN(std::unique_ptr<Shard<T>> shard,
                            Shard<T>::allocate(config_, exchange_.rank() * own + i, lender, pool_));
    shards_.push_back(std::move(shard));
  }
  arrays_.resize(shards_.size());
  losses_.resize(static_cast<std::size_t>(config_.shards));
  loss_sums_.resize(losses_.size());
  exchange_.reserve(
      own, std::max({generator().parameters().flat_size(), discriminator().parameters().flat_size(),
                     generator().buffers().flat_size(), discriminator().buffers().flat_size()}));
  optimizer_g_ = make_optimizer<T>(config_.generator.optimizer, generator().parameters(), pool_);
  optimizer_d_ =
      make_optimizer<T>(config_.discriminator.optimizer, discriminator().parameters(), pool_);
  if (config_.ema_decay > 0) {
    generator_average_ = AlignedBuffer<T>(generator().parameters().flat_size());
  }
  return {};
}

template <typename T>
void Trainer<T>::start_average() {
  std::copy_n(generator().parameters().values(), generator_average_.size(),
              generator_average_.data());
}

/// Sets the values in the config and returns the previous ones.
template <typename T>
Adjustment Trainer<T>::exchange_adjustment(const Adjustment& adjustment) {
  return {std::exchange(lr_of(config_.generator.optimizer), adjustment.generator_lr),
          std::exchange(lr_of(config_.discriminator.optimizer), adjustment.discriminator_lr),
          std::exchange(config_.label_smoothing, adjustment.label_smoothing),
          std::exchange(config_.instance_noise, adjustment.instance_noise)};
}

template <typename T>
Status Trainer<T>::adjust(const Adjustment& adjustment) {
  const Adjustment before = exchange_adjustment(adjustment);
  if (const auto problem = find_problem(config_)) {
    exchange_adjustment(before);
    return error_of(*problem);
  }
  for (const auto& shard : shards_) {
    Status allocated = shard->allocate_noise();
    if (allocated) continue;
    exchange_adjustment(before);
    return allocated;
  }
  optimizer_g_->set_lr(adjustment.generator_lr);
  optimizer_d_->set_lr(adjustment.discriminator_lr);
  return {};
}

template <typename T>
Status Trainer<T>::set_data(std::shared_ptr<const Dataset> data) {
  if (data->features() != config_.sample_size()) {
    return Error{ErrorCode::shape_mismatch, "samples have " + std::to_string(data->features()) +
                                                " numbers each, but the networks need " +
                                                std::to_string(config_.sample_size())};
  }
  if (data->size() < config_.examples && !config_.examples_at_most) {
    return Error{ErrorCode::shape_mismatch,
                 "the run trains on " + std::to_string(config_.examples) +
                     " examples, but the dataset has only " + std::to_string(data->size())};
  }
  const bool takes_labels = config_.auxiliary_classifier ||
                            take_classes(config_.generator.layers) ||
                            take_classes(config_.discriminator.layers);
  if (takes_labels && !data->has_labels()) {
    return Error{ErrorCode::shape_mismatch,
                 "the networks need class labels, but the dataset has none"};
  }
  const int used = config_.examples > 0 ? std::min(config_.examples, data->size()) : data->size();
  for (int i = 0; takes_labels && i < used; ++i) {
    if (data->label(i) < config_.classes) continue;
    return Error{ErrorCode::shape_mismatch,
                 "example " + std::to_string(i) + " has class " + std::to_string(data->label(i)) +
                     ", but the config has only " + std::to_string(config_.classes) + " classes"};
  }
  GanConfig config = config_;
  config.examples = used;
  const AllocationScope scope(AllocationScope::Mode::check);
  std::optional<RandomInputs<T>> inputs(std::in_place, config, data);
  if (scope.failed()) return out_of_memory("the run's batches", scope.bytes());
  config_.examples = used;
  config_.examples_at_most = false;
  order_.emplace(config_.seed, config_.examples, config_.batch_size);
  inputs_ = std::move(inputs);
  data_ = std::move(data);
  return {};
}

template Result<std::unique_ptr<Trainer<float>>> Trainer<float>::create(GanConfig, ThreadPool&,
                                                                        ShardExchange<float>&);
template Result<std::unique_ptr<Trainer<float>>> Trainer<float>::allocate(GanConfig, ThreadPool&,
                                                                          ShardExchange<float>&);
template void Trainer<float>::start_average();
template Status Trainer<float>::set_data(std::shared_ptr<const Dataset>);
template Status Trainer<float>::adjust(const Adjustment&);
template Result<std::unique_ptr<Trainer<double>>> Trainer<double>::create(GanConfig, ThreadPool&,
                                                                          ShardExchange<double>&);
template Result<std::unique_ptr<Trainer<double>>> Trainer<double>::allocate(GanConfig, ThreadPool&,
                                                                            ShardExchange<double>&);
template void Trainer<double>::start_average();
template Status Trainer<double>::set_data(std::shared_ptr<const Dataset>);
template Status Trainer<double>::adjust(const Adjustment&);

}  // namespace ganvas
