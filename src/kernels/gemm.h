// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The three matrix products of a linear layer on activations in BatchLayout. `blocks` is the number
// of blocks of kLanes samples; matrices are row-major, as in PyTorch. Each output element is summed
// by one thread in the order of the contracted index, so results depend neither on the thread count
// nor on the register width. Instantiated for float and, for gradient checks, double.
#pragma once

#include "kernels/store.h"
#include "kernels/thread_pool.h"

namespace ganvas {

/// y (m) = matrix (m, k) x (k) + bias (m) for every sample; `bias` can be null.
template <typename T>
void multiply(const T* matrix, int m, int k, const T* bias, const T* x, T* y, int blocks,
              ThreadPool& pool);

/// y (k) = matrix^T x (m) for every sample, with `matrix` of shape (m, k).
template <typename T>
void multiply_transposed(const T* matrix, int m, int k, const T* x, T* y, int blocks,
                         ThreadPool& pool);

/// matrix (m, k) = the sum over samples of y (m) x^T (k). Padding lanes of y must be zero.
template <typename T>
void sum_outer_products(const T* y, int m, const T* x, int k, T* matrix, int blocks, Store store,
                        ThreadPool& pool);

}  // namespace ganvas
