// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The MNIST files of a folder, as everyone names them, gzipped or not.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "data/dataset.h"

namespace ganvas::cli {

/// The digits to train on, and those to measure with, which nobody trains on.
enum class Split { train, test };

/// The first `limit` digits of a split, or all if `limit` is 0. The Error names the file at fault,
/// and says how to name another folder when there are no files at all.
Result<std::shared_ptr<const Dataset>> load_digits(const std::string& folder, Split split,
                                                   int limit);

}  // namespace ganvas::cli
