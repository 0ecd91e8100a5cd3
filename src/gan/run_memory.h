// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The memory that a training run needs, known before it is allocated.
#pragma once

#include <cstddef>

#include "gan/config.h"

namespace ganvas {

/// Bytes for a run of a valid config: networks, optimisers and batch; the examples, if the config
/// says how many; a copy of G to sample from; and a checkpoint.
std::size_t memory_of_run(const GanConfig& config);

/// Bytes that a run can have: what a WebAssembly module can grow to, without its code's own data
/// and stacks. Infinite natively.
double memory_limit();

}  // namespace ganvas
