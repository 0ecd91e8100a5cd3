// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The error of a tensor against its reference: the largest difference, divided by the reference's
// largest magnitude. It is infinite for a different shape, NaN, Inf or a missing reference.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "io/safetensors.h"
#include "tensor/shape.h"

namespace ganvas::test {

inline constexpr double kIncomparable = std::numeric_limits<double>::infinity();

struct GoldenTensor {
  Shape shape;
  std::vector<double> values;

  /// A tensor of the file, converted to double; without values if it is missing.
  static GoldenTensor from(const SafetensorsFile& file, const std::string& name) {
    const auto found = file.tensors().find(name);
    if (found == file.tensors().end()) return {};
    const TensorView& view = found->second;
    GoldenTensor tensor{view.shape, std::vector<double>(view.shape.size())};
    for (std::size_t i = 0; i < tensor.values.size(); ++i) {
      if (view.dtype == Dtype::f64) {
        std::memcpy(&tensor.values[i], view.bytes.data() + i * sizeof(double), sizeof(double));
      } else {
        float narrow = std::numeric_limits<float>::quiet_NaN();
        if (view.dtype == Dtype::f32) {
          std::memcpy(&narrow, view.bytes.data() + i * sizeof(float), sizeof(float));
        }
        tensor.values[i] = double(narrow);
      }
    }
    return tensor;
  }
};

inline double distance(const GoldenTensor& ours, const GoldenTensor& truth) {
  if (truth.values.empty() || ours.shape != truth.shape ||
      ours.values.size() != truth.values.size()) {
    return kIncomparable;
  }
  double difference = 0;
  double magnitude = 0;
  for (std::size_t i = 0; i < truth.values.size(); ++i) {
    if (!std::isfinite(ours.values[i]) || !std::isfinite(truth.values[i])) return kIncomparable;
    difference = std::fmax(difference, std::fabs(ours.values[i] - truth.values[i]));
    magnitude = std::fmax(magnitude, std::fabs(truth.values[i]));
  }
  if (difference == 0) return 0;
  return magnitude > 0 ? difference / magnitude : kIncomparable;
}

}  // namespace ganvas::test
