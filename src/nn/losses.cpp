// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Binary cross-entropy from logits; see losses.h.
#include "nn/losses.h"

#include <algorithm>
#include <cassert>

#include "kernels/math.h"

namespace ganvas {

/// loss = -target log sigmoid(l) - (1 - target) log sigmoid(-l) = max(l, 0) - target l + log(1 +
/// e^-|l|) d loss / d l = ((1 - target) sigmoid(l) - target sigmoid(-l)) / samples
template <typename T>
LossTerm bce_with_logits(BatchLayout layout, const T* logits, T target, T weight, T* d_logits) {
  assert(layout.groups == 1);
  constexpr double kDisplayedMaximum = 100;
  const auto samples = static_cast<T>(layout.group_size);
  double loss_sum = 0;
  double probability_sum = 0;
  for (int block = 0; block < layout.blocks(); ++block, logits += kLanes, d_logits += kLanes) {
    alignas(kAlignment) T losses[kLanes];
    alignas(kAlignment) T probabilities[kLanes];
    for (int lane = 0; lane < kLanes; lane += kVecSize<T>) {
      const Vec<T> logit = load(logits + lane);
      const Vec<T> probability = math::sigmoid(logit);
      const Vec<T> loss = xsimd::max(logit, Vec<T>(T{0})) - Vec<T>(target) * logit +
                          math::log1p_exp_minus_abs(logit);
      const Vec<T> slope =
          Vec<T>(1 - target) * probability - Vec<T>(target) * math::sigmoid(-logit);
      loss.store_aligned(losses + lane);
      probability.store_aligned(probabilities + lane);
      (Vec<T>(weight) * slope / Vec<T>(samples)).store_aligned(d_logits + lane);
    }
    const int used = layout.lanes_used(block);
    for (int lane = 0; lane < used; ++lane) {
      loss_sum += std::min(static_cast<double>(losses[lane]), kDisplayedMaximum);
      probability_sum += static_cast<double>(probabilities[lane]);
    }
    std::fill(d_logits + used, d_logits + kLanes, T{0});
  }
  return {loss_sum / layout.group_size, probability_sum / layout.group_size};
}

template LossTerm bce_with_logits<float>(BatchLayout, const float*, float, float, float*);
template LossTerm bce_with_logits<double>(BatchLayout, const double*, double, double, double*);

}  // namespace ganvas
