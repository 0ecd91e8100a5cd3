// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reading MNIST from a folder with its four files under their usual names, gzipped or not.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "data/dataset.h"

namespace ganvas::cli {

/// MNIST's 60,000 training digits, and its 10,000 test digits, used only for evaluation.
enum class Split { train, test };

/// The first `limit` digits of a split, or all if `limit` is 0. Error messages contain the path of
/// the file, or mention --data if the folder does not contain MNIST.
Result<std::shared_ptr<const Dataset>> load_digits(const std::string& folder, Split split,
                                                   int limit);

}  // namespace ganvas::cli
