// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Counts products. Per layer, the forward pass, the gradient of the weights and the gradient of the
// input are one product each; the first layer's input gradient is only computed if it is needed.
#include "gan/flops.h"

namespace ganvas {

template <typename T>
double flops_per_step(const Trainer<T>& trainer) {
  const GanConfig& config = trainer.config();
  const auto g = static_cast<double>(trainer.generator().product_flops());
  const auto g_first = static_cast<double>(trainer.generator().first_product_flops());
  const auto d = static_cast<double>(trainer.discriminator().product_flops());
  const auto d_first = static_cast<double>(trainer.discriminator().first_product_flops());
  const int k_d = config.discriminator.updates;
  const int k_g = config.generator.updates;
  const double penalties =
      (config.gradient_penalty > 0 ? 1.0 : 0.0) + (config.r1 > 0 ? 1.0 / config.r1_interval : 0.0);
  const double fakes = g;
  const double leak = config.detach ? 0 : 2 * d_first + 2 * g - g_first;
  const double d_update = 2 * (3 * d - d_first) + leak;  // of real and fake
  const double g_update = 2 * d + 2 * g - g_first;
  const double penalty = 5 * d - d_first;  // two passes forward, two backward; see GradientPenalty
  return config.batch_size *
         ((k_d + k_g - 1) * fakes + k_d * (d_update + penalties * penalty) + k_g * g_update);
}

template double flops_per_step(const Trainer<float>&);
template double flops_per_step(const Trainer<double>&);

}  // namespace ganvas
