// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Finds the tensors of a network in a PyTorch state dict, whatever module they are inside of:
// "0.weight", "module.generator.main.0.weight" and "fc1.weight" can all be the first layer's.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "exchange/tensor_file.h"
#include "nn/parameters.h"

namespace ganvas {

/// The tensors of one network by their names inside of it.
struct StateDict {
  struct Entry {
    std::string full_name;  // in the file
    const AnyTensor* tensor;
  };
  std::map<std::string, Entry> entries;
};

/// A file's tensors of real numbers, by what they belong to.
struct StateDicts {
  StateDict generator;
  StateDict average;  // a moving average of the generator
  StateDict discriminator;
  StateDict unnamed;  // no name says which network they are of
};

StateDicts sort_tensors(const TensorFile& file);

/// Where each tensor of a network is in a state dict.
struct Match {
  std::map<std::string, StateDict::Entry> tensors;  // by the network's own names
  bool by_shape = false;  // the names differ; modules were taken in order, by their shapes
};

/// Finds all `tensors`, by name or else by shape. `network` is for messages: "generator". Errors:
/// missing_tensor, shape_mismatch.
Result<Match> match_tensors(const StateDict& dict, const std::vector<NamedTensor>& tensors,
                            const std::string& network);

}  // namespace ganvas
