// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A network's layers in evaluation mode as nodes of an ONNX graph.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "exchange/onnx_graph.h"
#include "io/safetensors.h"
#include "nn/layer_spec.h"

namespace ganvas {

/// Where a network's tensors are in a file, and how they are written.
struct OnnxWeights {
  const SafetensorsFile& file;
  std::string parameters;  // prefix of their names: "generator." or "generator_average."
  std::string statistics;  // of running means and variances: "generator."
  Dtype dtype;
};

/// The names of a graph's inputs for classes: one label per sample, or a weight per class.
inline constexpr const char* kOnnxLabels = "labels";
inline constexpr const char* kOnnxClassWeights = "class_weights";

class OnnxLayers {
 public:
  /// With `class_mix`, layers take their classes from kOnnxClassWeights, else from kOnnxLabels.
  OnnxLayers(OnnxGraph& graph, OnnxWeights weights, int classes, bool class_mix)
      : graph_(graph), weights_(std::move(weights)), classes_(classes), class_mix_(class_mix) {}

  /// Adds layer number `index`, which takes `input` and makes samples of shape `output`. Returns
  /// the name of its output. Errors: those of SafetensorsFile::check(), non_finite for a weight
  /// that is infinite in f16, invalid_config for a layer that the graph cannot express.
  Result<std::string> add(const LayerSpec& spec, int index, const std::string& input,
                          const Shape& input_shape, const Shape& output_shape);

 private:
  struct Nodes;  // makes the nodes of one layer

  /// Numbers of the rows of the labels' classes in tables (classes, ...).
  const std::string& class_rows();

  OnnxGraph& graph_;
  OnnxWeights weights_;
  int classes_;
  bool class_mix_;
  std::string class_rows_;  // empty until a layer needs them
};

}  // namespace ganvas
