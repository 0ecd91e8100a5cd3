// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Creation of a trainer: checks the networks against the config and the data against both, and
// allocates the memory of a run. The step itself is in trainer.cpp.
#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "base/memory.h"
#include "gan/augmentation.h"
#include "gan/check_config.h"
#include "gan/trainer.h"

namespace ganvas {
namespace {

/// The learning rate of any optimiser config.
double& lr_of(OptimizerConfig& optimizer) {
  return std::visit([](auto& config) -> double& { return config.lr; }, optimizer);
}

bool is_penalised(const GanConfig& config) {
  return config.gradient_penalty > 0 || config.r1 > 0;
}

NetworkOptions options_of(const GanConfig& config, Network network, int max_blocks) {
  return {.name = std::string(name_of(network)),
          .network = static_cast<std::uint32_t>(network),
          .seed = config.seed,
          .init = config.network(network).init,
          .classes = config.classes,
          .max_blocks = max_blocks};
}

}  // namespace

template <typename T>
Result<std::unique_ptr<Trainer<T>>> Trainer<T>::create(GanConfig config, ThreadPool& pool) {
  if (const auto problem = find_problem(config)) return error_of(*problem);
  const AllocationScope scope(AllocationScope::Mode::check);
  GANVAS_ASSIGN_OR_RETURN(std::unique_ptr<Trainer> trainer, allocate(std::move(config), pool));
  if (scope.failed()) return out_of_memory("the run", scope.bytes());
  trainer->generator_->initialise();
  trainer->discriminator_->initialise();
  trainer->start_average();
  return trainer;
}

template <typename T>
Result<std::unique_ptr<Trainer<T>>> Trainer<T>::allocate(GanConfig config, ThreadPool& pool) {
  const int blocks = BatchLayout::of(config.batch_size).blocks();
  GANVAS_ASSIGN_OR_RETURN(
      std::unique_ptr<Sequential<T>> generator,
      Sequential<T>::allocate(options_of(config, Network::generator, blocks),
                              config.generator.layers, Shape{config.latent_size}, pool));
  NetworkOptions d_options = options_of(config, Network::discriminator, 2 * blocks);
  d_options.tangents = is_penalised(config);
  GANVAS_ASSIGN_OR_RETURN(
      std::unique_ptr<Sequential<T>> discriminator,
      Sequential<T>::allocate(d_options, built_discriminator(config), config.sample_shape, pool));
  return std::unique_ptr<Trainer>(
      new Trainer(std::move(config), pool, std::move(generator), std::move(discriminator)));
}

template <typename T>
Trainer<T>::Trainer(GanConfig config, ThreadPool& pool, std::unique_ptr<Sequential<T>> generator,
                    std::unique_ptr<Sequential<T>> discriminator)
    : config_(std::move(config)),
      pool_(pool),
      generator_(std::move(generator)),
      discriminator_(std::move(discriminator)),
      optimizer_g_(make_optimizer<T>(config_.generator.optimizer, generator_->parameters(), pool)),
      optimizer_d_(
          make_optimizer<T>(config_.discriminator.optimizer, discriminator_->parameters(), pool)),
      batch_(config_.batch_size, config_.latent_size, config_.sample_size(),
             discriminator_->output_features()) {
  if (config_.examples > 0) order_.emplace(config_.seed, config_.examples, config_.batch_size);
  const BatchLayout batch = BatchLayout::of(config_.batch_size);
  const BatchLayout both{2, config_.batch_size};
  if (is_augmented(config_)) augmented_ = AlignedBuffer<T>(batch_.samples.size());
  if (config_.instance_noise > 0 || config_.gradient_penalty > 0) {
    d_input_ = AlignedBuffer<T>(batch_.samples.size());
  }
  d_outputs_ = AlignedBuffer<T>(batch_.outputs.size());
  d_fake_ = AlignedBuffer<T>((config_.detach ? batch : both).storage(config_.sample_size()));
  if (!config_.detach) leaked_ = AlignedBuffer<T>(generator_->parameters().flat_size());
  if (is_penalised(config_)) penalty_.emplace(*discriminator_, batch.blocks());
  if (config_.ema_decay > 0) {
    generator_average_ = AlignedBuffer<T>(generator_->parameters().flat_size());
  }
}

template <typename T>
void Trainer<T>::start_average() {
  std::copy_n(generator_->parameters().values(), generator_average_.size(),
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
  if (config_.instance_noise > 0 && d_input_.size() == 0) {
    const AllocationScope scope(AllocationScope::Mode::check);
    AlignedBuffer<T> d_input(batch_.samples.size());
    if (scope.failed()) {
      exchange_adjustment(before);
      return out_of_memory("instance noise", scope.bytes());
    }
    d_input_ = std::move(d_input);
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

template Result<std::unique_ptr<Trainer<float>>> Trainer<float>::create(GanConfig, ThreadPool&);
template Result<std::unique_ptr<Trainer<float>>> Trainer<float>::allocate(GanConfig, ThreadPool&);
template void Trainer<float>::start_average();
template Status Trainer<float>::set_data(std::shared_ptr<const Dataset>);
template Status Trainer<float>::adjust(const Adjustment&);
template Result<std::unique_ptr<Trainer<double>>> Trainer<double>::create(GanConfig, ThreadPool&);
template Result<std::unique_ptr<Trainer<double>>> Trainer<double>::allocate(GanConfig, ThreadPool&);
template void Trainer<double>::start_average();
template Status Trainer<double>::set_data(std::shared_ptr<const Dataset>);
template Status Trainer<double>::adjust(const Adjustment&);

}  // namespace ganvas
