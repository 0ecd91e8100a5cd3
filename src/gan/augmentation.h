// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Differentiable augmentation (Zhao et al. 2020): all inputs of D, real and fake, are changed at
// random in both networks' updates, so that D cannot learn a small dataset by heart, and G's
// gradient passes through the change. Instance noise is added after it. R1 and the gradient penalty
// are taken without it, at the samples and between them.
#pragma once

#include <cstdint>

#include "gan/config.h"
#include "kernels/thread_pool.h"
#include "tensor/batch_layout.h"

namespace ganvas {

/// Whether a config augments at all.
inline bool is_augmented(const GanConfig& config) {
  return config.augment_color > 0 || config.augment_translation > 0 || config.augment_cutout > 0;
}

/// augmented = cutout(translation(contrast(saturation(brightness(x))))), for images x. The random
/// numbers of a sample depend on the seed, the pass through D and the sample's place in the batch.
template <typename T>
void augment(const GanConfig& config, std::int64_t pass, BatchLayout layout, const T* x,
             T* augmented, ThreadPool& pool);

/// d loss / d augmented -> d loss / d x, in place.
template <typename T>
void augment_backward(const GanConfig& config, std::int64_t pass, BatchLayout layout, T* gradient,
                      ThreadPool& pool);

}  // namespace ganvas
