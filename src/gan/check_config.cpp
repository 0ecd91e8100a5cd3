// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The ranges of a config's numbers; see check_config.h. Layers check their own when they are built.
#include "gan/check_config.h"

#include <initializer_list>
#include <string>
#include <variant>

#include "base/range.h"
#include "data/dataset.h"

namespace ganvas {
namespace {

struct Range {
  const char* name;
  double value;
  double low;
  double high;
};

Status check_ranges(const std::string& prefix, std::initializer_list<Range> ranges) {
  for (const Range& range : ranges) {
    GANVAS_RETURN_IF_ERROR(check_range(prefix + range.name, range.value, range.low, range.high));
  }
  return {};
}

constexpr double kBelowOne = 0.999999999;

struct OptimizerCheck {
  std::string prefix;

  Status operator()(const AdamConfig& adam) const {
    return check_ranges(prefix,
                        {{"lr", adam.lr, 0, 100},
                         {"beta1", adam.beta1, 0, kBelowOne},
                         {"beta2", adam.beta2, 0, kBelowOne},
                         {"eps", adam.eps, 1e-30, 1},
                         {"weight_decay", adam.weight_decay, 0, 1},
                         {"lr_decay_steps", static_cast<double>(adam.lr_decay_steps), 0, 1 << 30}});
  }
  Status operator()(const SgdConfig& sgd) const {
    return check_ranges(prefix,
                        {{"lr", sgd.lr, 0, 100},
                         {"momentum", sgd.momentum, 0, kBelowOne},
                         {"weight_decay", sgd.weight_decay, 0, 1},
                         {"lr_decay_steps", static_cast<double>(sgd.lr_decay_steps), 0, 1 << 30}});
  }
  Status operator()(const RmsPropConfig& rmsprop) const {
    return check_ranges(
        prefix, {{"lr", rmsprop.lr, 0, 100},
                 {"alpha", rmsprop.alpha, 0, kBelowOne},
                 {"eps", rmsprop.eps, 1e-30, 1},
                 {"weight_decay", rmsprop.weight_decay, 0, 1},
                 {"lr_decay_steps", static_cast<double>(rmsprop.lr_decay_steps), 0, 1 << 30}});
  }
};

/// The product of a shape's extents, where it would overflow an integer too.
double size_of(const Shape& shape) {
  double size = 1;
  for (int axis = 0; axis < shape.rank(); ++axis) size *= shape[axis];
  return size;
}

}  // namespace

Status check_config(const GanConfig& config) {
  constexpr double kMaxSeed = 9007199254740991;  // 2^53 - 1
  GANVAS_RETURN_IF_ERROR(check_ranges(
      "", {{"seed", static_cast<double>(config.seed), 0, kMaxSeed},
           {"batch_size", static_cast<double>(config.batch_size), 1, 4096},
           {"latent_size", static_cast<double>(config.latent_size), 1, 4096},
           {"sample_shape's size", size_of(config.sample_shape), 1, 1 << 17},
           {"classes", static_cast<double>(config.classes), 0, Dataset::kClasses},
           {"examples", static_cast<double>(config.examples), 0, 1 << 30},
           {"label_smoothing", config.label_smoothing, 0, 1},
           {"instance_noise", config.instance_noise, 0, 100},
           {"weight_clip", config.weight_clip, 0, 1000},
           {"gradient_penalty", config.gradient_penalty, 0, 1e6},
           {"r1", config.r1, 0, 1e6},
           {"ema_decay", config.ema_decay, 0, 1},
           {"generator.updates", static_cast<double>(config.generator.updates), 1, 100},
           {"discriminator.updates", static_cast<double>(config.discriminator.updates), 1, 100}}));
  if (!config.detach && (config.first_update == FirstUpdate::generator ||
                         config.generator.updates > 1 || config.discriminator.updates > 1)) {
    return Error{ErrorCode::invalid_config,
                 "detach false needs first_update discriminator and one update of each network"};
  }
  GANVAS_RETURN_IF_ERROR(
      std::visit(OptimizerCheck{"generator.optimizer."}, config.generator.optimizer));
  return std::visit(OptimizerCheck{"discriminator.optimizer."}, config.discriminator.optimizer);
}

}  // namespace ganvas
