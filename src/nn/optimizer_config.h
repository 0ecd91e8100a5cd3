// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The list of all optimisers. A new optimiser is added here.
#pragma once

#include <memory>
#include <variant>

#include "nn/adam.h"
#include "nn/sgd.h"

namespace ganvas {

using OptimizerConfig = std::variant<AdamConfig, SgdConfig, RmsPropConfig>;

/// `parameters` must be allocated and, like `pool`, outlive the optimiser.
template <typename T>
std::unique_ptr<Optimizer<T>> make_optimizer(const OptimizerConfig& config,
                                             Parameters<T>& parameters, ThreadPool& pool) {
  return std::visit(
      [&]<typename Config>(const Config& chosen) -> std::unique_ptr<Optimizer<T>> {
        return std::make_unique<typename Config::template Rule<T>>(chosen, parameters, pool);
      },
      config);
}

}  // namespace ganvas
