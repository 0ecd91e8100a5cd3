// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The penalty and its gradient; see gradient_penalty.h.
#include "gan/gradient_penalty.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "tensor/batch_layout.h"

namespace ganvas {

template <typename T>
GradientPenalty<T>::GradientPenalty(Sequential<T>& discriminator, int max_blocks)
    : discriminator_(discriminator) {
  const auto storage = [max_blocks](int features) {
    return static_cast<std::size_t>(max_blocks) * static_cast<std::size_t>(features) * kLanes;
  };
  outputs_ = AlignedBuffer<T>(storage(discriminator.output_features()));
  d_outputs_ = AlignedBuffer<T>(storage(discriminator.output_features()));
  input_gradient_ = AlignedBuffer<T>(storage(discriminator.input_features()));
}

template <typename T>
double GradientPenalty<T>::add(PenaltyKind kind, T weight, BatchLayout layout, const T* x,
                               int batch) {
  assert(layout.groups == 1);
  const int features = discriminator_.input_features();
  const int outputs = discriminator_.output_features();
  discriminator_.forward(layout, x, outputs_.data());

  // g = gradient of output 0 of each sample with respect to that sample
  std::fill_n(d_outputs_.data(), layout.storage(outputs), T{0});
  for (int block = 0; block < layout.blocks(); ++block) {
    T* row = d_outputs_.data() + static_cast<std::ptrdiff_t>(block) * outputs * kLanes;
    std::fill_n(row, layout.lanes_used(block), T{1});
  }
  discriminator_.backward(d_outputs_.data(), input_gradient_.data(), Gradients::skip);

  // v = dP / dg, in place:  2 weight / n (1 - 1 / |g|) g, or 2 weight / n g
  const T scale = 2 * weight / static_cast<T>(batch);
  double sum = 0;
  for (int block = 0; block < layout.blocks(); ++block) {
    T* gradient = input_gradient_.data() + static_cast<std::ptrdiff_t>(block) * features * kLanes;
    for (int lane = 0; lane < layout.lanes_used(block); ++lane) {
      T squares{0};
      for (int i = 0; i < features; ++i)
        squares += gradient[i * kLanes + lane] * gradient[i * kLanes + lane];
      const T norm = std::sqrt(squares);
      T factor = scale;
      if (kind == PenaltyKind::one_centred) {
        factor = norm > 0 ? scale * (1 - 1 / norm)
                          : T{0};  // the norm is not differentiable at 0; PyTorch uses 0 too
        sum += static_cast<double>((norm - 1) * (norm - 1));
      } else {
        sum += static_cast<double>(squares);
      }
      for (int i = 0; i < features; ++i) gradient[i * kLanes + lane] *= factor;
    }
  }

  discriminator_.forward_tangent(input_gradient_.data());
  discriminator_.backward_tangent(d_outputs_.data());
  return static_cast<double>(weight) * sum / batch;
}

template class GradientPenalty<float>;
template class GradientPenalty<double>;

}  // namespace ganvas
