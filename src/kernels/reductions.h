// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Sums over the samples (and pixels) of activations in BatchLayout. The order does not depend on
// threads or register width: lane by lane over blocks and pixels, then sum_lanes(). Instantiated
// for float and double.
#pragma once

#include "kernels/store.h"
#include "kernels/thread_pool.h"

namespace ganvas {

/// sums (channels) = the sum over samples and pixels of values (channels, pixels), in all blocks.
/// Padding lanes must be zero.
template <typename T>
void sum_channels(const T* values, int channels, int pixels, T* sums, int blocks, ThreadPool& pool);

}  // namespace ganvas
