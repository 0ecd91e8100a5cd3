// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Adam's update; see adam.h.
#include "nn/adam.h"

#include <cmath>

#include "nn/update_parameters.h"

namespace ganvas {
namespace {

/// base^exponent by repeated squaring: the same bits on every platform, and in a resumed run.
double integer_power(double base, std::int64_t exponent) {
  double power = 1;
  for (; exponent > 0; exponent /= 2, base *= base) {
    if (exponent % 2 == 1) power *= base;
  }
  return power;
}

}  // namespace

template <typename T>
Adam<T>::Adam(AdamConfig config, Parameters<T>& parameters, ThreadPool& pool)
    : Optimizer<T>(config.lr, config.lr_decay_steps),
      config_(config),
      parameters_(parameters),
      pool_(pool),
      exp_avg_(parameters.flat_size()),
      exp_avg_sq_(parameters.flat_size()) {}

/// g += weight_decay p;  m = beta1 m + (1 - beta1) g;  v = beta2 v + (1 - beta2) g^2
/// p -= lr / (1 - beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + eps)
template <typename T>
bool Adam<T>::step() {
  const double lr = this->rate();
  ++this->steps_;
  const double correction1 = 1 - integer_power(config_.beta1, this->steps_);
  const double correction2 = 1 - integer_power(config_.beta2, this->steps_);
  const Vec<T> beta1(static_cast<T>(config_.beta1));
  const Vec<T> one_minus_beta1(static_cast<T>(1 - config_.beta1));
  const Vec<T> beta2(static_cast<T>(config_.beta2));
  const Vec<T> one_minus_beta2(static_cast<T>(1 - config_.beta2));
  const Vec<T> step_size(static_cast<T>(lr / correction1));
  const Vec<T> inverse_sqrt_correction2(static_cast<T>(1 / std::sqrt(correction2)));
  const Vec<T> eps(static_cast<T>(config_.eps));
  const Vec<T> weight_decay(static_cast<T>(config_.weight_decay));
  T* const exp_avg = exp_avg_.data();
  T* const exp_avg_sq = exp_avg_sq_.data();
  return update_parameters(parameters_, pool_, [=](std::size_t i, Vec<T> p, Vec<T> gradient) {
    const Vec<T> g = madd(weight_decay, p, gradient);
    const Vec<T> m = madd(one_minus_beta1, g, beta1 * load(exp_avg + i));
    const Vec<T> v = madd(one_minus_beta2 * g, g, beta2 * load(exp_avg_sq + i));
    m.store_aligned(exp_avg + i);
    v.store_aligned(exp_avg_sq + i);
    const Vec<T> divisor = madd(xsimd::sqrt(v), inverse_sqrt_correction2, eps);
    return Updated<T>{.value = nmadd(step_size, m / divisor, p), .moment = v};
  });
}

template class Adam<float>;
template class Adam<double>;

}  // namespace ganvas
