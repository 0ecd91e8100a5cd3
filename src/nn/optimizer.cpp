// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// From a config to its optimiser; see optimizer.h.
#include "nn/optimizer.h"

#include "nn/adam.h"
#include "nn/sgd.h"

namespace ganvas {
namespace {

template <typename T>
struct Maker {
  Parameters<T>& parameters;
  ThreadPool& pool;

  std::unique_ptr<Optimizer<T>> operator()(const AdamConfig& config) const {
    return std::make_unique<Adam<T>>(config, parameters, pool);
  }
  std::unique_ptr<Optimizer<T>> operator()(const SgdConfig& config) const {
    return std::make_unique<Sgd<T>>(config, parameters, pool);
  }
  std::unique_ptr<Optimizer<T>> operator()(const RmsPropConfig& config) const {
    return std::make_unique<RmsProp<T>>(config, parameters, pool);
  }
};

}  // namespace

template <typename T>
std::unique_ptr<Optimizer<T>> make_optimizer(const OptimizerConfig& config,
                                             Parameters<T>& parameters, ThreadPool& pool) {
  return std::visit(Maker<T>{parameters, pool}, config);
}

template std::unique_ptr<Optimizer<float>> make_optimizer(const OptimizerConfig&,
                                                          Parameters<float>&, ThreadPool&);
template std::unique_ptr<Optimizer<double>> make_optimizer(const OptimizerConfig&,
                                                           Parameters<double>&, ThreadPool&);

}  // namespace ganvas
