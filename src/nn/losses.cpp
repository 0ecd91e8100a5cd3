// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Values and derivatives of the losses; see losses.h.
#include "nn/losses.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "kernels/math.h"

namespace ganvas {
namespace {

constexpr double kDisplayedMaximum = 100;

template <typename T>
struct Slope {
  Vec<T> loss;
  Vec<T> d_output;  // d loss / d l
  Vec<T> output;    // averaged by LossTerm::mean_output
};

template <typename T>
Slope<T> evaluate(OutputLoss kind, Vec<T> l, T target) {
  const Vec<T> zero(T{0});
  const Vec<T> one(T{1});
  const Vec<T> t(target);
  switch (kind) {
    case OutputLoss::bce: {
      // max(l, 0) - target l + log(1 + e^-|l|);  (1 - target) sigmoid(l) - target sigmoid(-l)
      const Vec<T> probability = math::sigmoid(l);
      return {xsimd::max(l, zero) - t * l + math::log1p_exp_minus_abs(l),
              Vec<T>(1 - target) * probability - t * math::sigmoid(-l), probability};
    }
    case OutputLoss::saturating: {
      const Vec<T> probability = math::sigmoid(l);
      return {-(xsimd::max(l, zero) + math::log1p_exp_minus_abs(l)), -probability, probability};
    }
    case OutputLoss::squared: {
      const Vec<T> difference = l - t;
      return {difference * difference, difference + difference, l};
    }
    case OutputLoss::hinge_real: {
      // Not max(), which on x86 gives 0 for NaN.
      const auto met = l >= one;
      return {xsimd::select(met, zero, one - l), xsimd::select(met, zero, -one), l};
    }
    case OutputLoss::hinge_fake: {
      const auto met = l <= -one;
      return {xsimd::select(met, zero, one + l), xsimd::select(met, zero, one), l};
    }
    case OutputLoss::raise:
      return {-l, -one, l};
    case OutputLoss::lower:
      return {l, one, l};
  }
  return {zero, zero, zero};
}

}  // namespace

template <typename T>
LossTerm output_loss(OutputLoss kind, const LossOutputs<T>& at, T target, T weight) {
  assert(at.layout.groups == 1);
  const bool logarithmic = kind == OutputLoss::bce || kind == OutputLoss::saturating;
  const auto samples = static_cast<T>(at.batch);
  double loss_sum = 0;
  double output_sum = 0;
  for (int block = 0; block < at.layout.blocks(); ++block) {
    const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(block) * at.features * kLanes;
    alignas(kAlignment) std::array<T, kLanes> losses;
    alignas(kAlignment) std::array<T, kLanes> output;
    for (std::size_t lane = 0; lane < kLanes; lane += Vec<T>::size) {
      const std::ptrdiff_t at_lane = row + static_cast<std::ptrdiff_t>(lane);
      const Slope<T> slope = evaluate<T>(kind, load(at.outputs + at_lane), target);
      slope.loss.store_aligned(&losses[lane]);
      slope.output.store_aligned(&output[lane]);
      (Vec<T>(weight) * slope.d_output / Vec<T>(samples)).store_aligned(at.d_outputs + at_lane);
    }
    const int used = at.layout.lanes_used(block);
    for (std::size_t lane = 0; lane < static_cast<std::size_t>(used); ++lane) {
      const auto loss = static_cast<double>(losses[lane]);
      loss_sum += logarithmic ? std::clamp(loss, -kDisplayedMaximum, kDisplayedMaximum) : loss;
      output_sum += static_cast<double>(output[lane]);
    }
    std::fill(at.d_outputs + row + used, at.d_outputs + row + kLanes, T{0});
  }
  return {loss_sum / at.batch, output_sum / at.batch};
}

/// loss = log(sum_j e^(l_j)) - l_label;  d loss / d l_j = softmax(l)_j - [j = label]
template <typename T>
double class_loss(const LossOutputs<T>& at, int first, std::span<const std::uint8_t> labels,
                  T weight) {
  assert(at.layout.groups == 1);
  const Vec<T> scale(weight / static_cast<T>(at.batch));
  double loss_sum = 0;
  for (int block = 0; block < at.layout.blocks(); ++block) {
    const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(block) * at.features * kLanes;
    const std::uint8_t* block_labels = labels.data() + static_cast<std::ptrdiff_t>(block) * kLanes;
    const int used = at.layout.lanes_used(block);
    for (int lane = 0; lane < kLanes; lane += kVecSize<T>) {
      const T* logits = at.outputs + row + lane;
      T* d_logits = at.d_outputs + row + lane;
      Vec<T> largest = load(logits + first * kLanes);
      for (int j = first + 1; j < at.features; ++j)
        largest = xsimd::max(largest, load(logits + j * kLanes));
      Vec<T> sum(T{0});
      for (int j = first; j < at.features; ++j)
        sum += math::exp(load(logits + j * kLanes) - largest);
      alignas(kAlignment) std::array<T, kLanes> log_sum{};
      // log() is of positive numbers alone: of NaN it is some number.
      xsimd::select(sum == sum, largest + math::log(sum), sum).store_aligned(log_sum.data());
      for (int j = first; j < at.features; ++j) {
        (scale * math::exp(load(logits + j * kLanes) - largest) / sum)
            .store_aligned(d_logits + j * kLanes);
      }
      for (int i = 0; i < kVecSize<T>; ++i) {
        if (lane + i >= used) {
          for (int j = first; j < at.features; ++j) d_logits[j * kLanes + i] = T{0};
          continue;
        }
        const int label = first + block_labels[lane + i];
        d_logits[label * kLanes + i] -= scale.get(0);
        loss_sum +=
            static_cast<double>(log_sum[static_cast<std::size_t>(i)] - logits[label * kLanes + i]);
      }
    }
  }
  return loss_sum / at.batch;
}

template LossTerm output_loss<float>(OutputLoss, const LossOutputs<float>&, float, float);
template LossTerm output_loss<double>(OutputLoss, const LossOutputs<double>&, double, double);
template double class_loss<float>(const LossOutputs<float>&, int, std::span<const std::uint8_t>,
                                  float);
template double class_loss<double>(const LossOutputs<double>&, int, std::span<const std::uint8_t>,
                                   double);

}  // namespace ganvas
