// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Penalties on the norm of D's gradient with respect to its input, and their derivative in D's
// parameters, without differentiating a backward pass. If the network is linear in x apart from
// choices made by x (piecewise_linear), with g = grad_x D(x), a penalty P(g) and v = dP / dg,
//
//     dP / d theta = d / d theta <v, g> = d / d theta of D's directional derivative along v,
//
// with the choices held fixed. Propagating v forward gives each layer the tangent t of its input.
// The derivative is then an ordinary backward pass that sums dy t^T instead of dy x^T. Biases do
// not contribute.
#pragma once

#include "nn/sequential.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {

enum class PenaltyKind {
  one_centred,   // weight mean (|g| - 1)^2, WGAN-GP (Gulrajani et al. 2017)
  zero_centred,  // weight mean |g|^2, R1 with weight gamma / 2 (Mescheder et al. 2018)
};

template <typename T>
class GradientPenalty {
 public:
  /// `discriminator` must be created with tangents. Penalties are computed on one group of up to
  /// max_blocks blocks.
  GradientPenalty(Sequential<T>& discriminator, int max_blocks);

  /// Adds the penalty's derivative at x to the discriminator's gradients; returns the penalty. Its
  /// mean is over a batch of `batch` samples, of which x may be only a part.
  double add(PenaltyKind kind, T weight, BatchLayout layout, const T* x, int batch);

 private:
  Sequential<T>& discriminator_;
  AlignedBuffer<T> outputs_;
  AlignedBuffer<T> d_outputs_;
  AlignedBuffer<T> input_gradient_;  // g, then v
};

}  // namespace ganvas
