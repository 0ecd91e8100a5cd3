// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A trained network as an ONNX file, for ONNX Runtime and whatever else reads ONNX. docs/onnx.md
// describes inputs, outputs and metadata.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "gan/network.h"
#include "io/safetensors.h"

namespace ganvas {

struct OnnxOptions {
  Network network = Network::generator;
  Dtype dtype = Dtype::f32;  // of the weights; inputs and outputs are always float32
  bool class_mix = false;    // the generator takes a weight per class, not one label
};

/// One network of a checkpoint or exported model: the generator's moving average, if it has one.
/// Errors: those of SafetensorsFile, bad_magic if it is not a Ganvas model, invalid_argument if the
/// file lacks the network or the generator takes no classes to mix, and those of OnnxLayers::add().
Result<std::vector<std::uint8_t>> export_onnx(std::span<const std::uint8_t> model,
                                              const OnnxOptions& options);

}  // namespace ganvas
