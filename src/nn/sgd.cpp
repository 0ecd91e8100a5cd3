// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The updates of SGD and RMSprop; see sgd.h.
#include "nn/sgd.h"

#include "nn/update_parameters.h"

namespace ganvas {

template <typename T>
Sgd<T>::Sgd(SgdConfig config, Parameters<T>& parameters, ThreadPool& pool)
    : Optimizer<T>(config.lr, config.lr_decay_steps),
      config_(config),
      parameters_(parameters),
      pool_(pool),
      momentum_buffer_(parameters.flat_size()) {}

/// g += weight_decay p;  b = momentum b + g;  p -= lr b
template <typename T>
bool Sgd<T>::step() {
  const Vec<T> weight_decay(static_cast<T>(config_.weight_decay));
  const Vec<T> momentum(static_cast<T>(config_.momentum));
  const Vec<T> lr(static_cast<T>(this->rate()));
  ++this->steps_;
  T* const momentum_buffer = momentum_buffer_.data();
  return update_parameters(parameters_, pool_, [=](std::size_t i, Vec<T> p, Vec<T> gradient) {
    const Vec<T> g = madd(weight_decay, p, gradient);
    const Vec<T> b = madd(momentum, load(momentum_buffer + i), g);
    b.store_aligned(momentum_buffer + i);
    return Updated<T>{.value = nmadd(lr, b, p), .moment = b};
  });
}

template <typename T>
RmsProp<T>::RmsProp(RmsPropConfig config, Parameters<T>& parameters, ThreadPool& pool)
    : Optimizer<T>(config.lr, config.lr_decay_steps),
      config_(config),
      parameters_(parameters),
      pool_(pool),
      square_avg_(parameters.flat_size()) {}

/// g += weight_decay p;  v = alpha v + (1 - alpha) g^2;  p -= lr g / (sqrt(v) + eps)
template <typename T>
bool RmsProp<T>::step() {
  const Vec<T> weight_decay(static_cast<T>(config_.weight_decay));
  const Vec<T> alpha(static_cast<T>(config_.alpha));
  const Vec<T> one_minus_alpha(static_cast<T>(1 - config_.alpha));
  const Vec<T> lr(static_cast<T>(this->rate()));
  const Vec<T> eps(static_cast<T>(config_.eps));
  ++this->steps_;
  T* const square_avg = square_avg_.data();
  return update_parameters(parameters_, pool_, [=](std::size_t i, Vec<T> p, Vec<T> gradient) {
    const Vec<T> g = madd(weight_decay, p, gradient);
    const Vec<T> v = madd(one_minus_alpha * g, g, alpha * load(square_avg + i));
    v.store_aligned(square_avg + i);
    return Updated<T>{.value = nmadd(lr, g / (xsimd::sqrt(v) + eps), p), .moment = v};
  });
}

template class Sgd<float>;
template class Sgd<double>;
template class RmsProp<float>;
template class RmsProp<double>;

}  // namespace ganvas
