// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// MNIST's digits as they are, for what knows only digits: the judge and its training.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "data/dataset.h"
#include "pictures/array_files.h"

namespace ganvas::cli {

struct Digits {
  std::shared_ptr<const Dataset> samples;
  std::string id;  // id_of() the set
};

/// All digits of a split: MNIST's 60,000 for training, or its 10,000 for evaluation. Error messages
/// contain the path of the file, or mention --data if the folder does not contain MNIST.
Result<Digits> load_digits(const std::string& folder, Split split);

}  // namespace ganvas::cli
