// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `ganvas eval` of digits: samples beside MNIST's digits, as the digit classifier sees them.
#pragma once

#include "base/result.h"
#include "cli/evaluation.h"

namespace ganvas::cli {

/// `model` is null for real digits. All ranks classify a part of the samples and look for the
/// nearest digits; the leading one compares.
Result<int> eval_digits(const EvalOptions& options, const LoadedModel* model, ThreadPool& pool,
                        Job& job);

}  // namespace ganvas::cli
