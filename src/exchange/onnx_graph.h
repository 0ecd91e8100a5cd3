// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Writes an ONNX model (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3): a graph of nodes
// whose values have names, its inputs and outputs with a named batch axis, and its weights.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "io/safetensors.h"
#include "tensor/shape.h"

namespace ganvas {

/// ONNX's numbers of the element types that are used.
enum class OnnxType : std::int32_t { float32 = 1, int64 = 7, float16 = 10 };

struct OnnxAttribute {
  std::string_view name;
  std::variant<std::int64_t, float, std::string_view, std::vector<std::int64_t>> value;
};

class OnnxGraph {
 public:
  explicit OnnxGraph(std::string_view name);

  /// A value of shape (batch, sample...).
  void add_input(std::string_view name, OnnxType type, const Shape& sample);
  void add_output(std::string_view name, const Shape& sample);

  void add_node(std::string_view op_type, const std::vector<std::string>& inputs,
                const std::vector<std::string>& outputs,
                const std::vector<OnnxAttribute>& attributes = {});
  /// The same with one output, whose name it returns.
  std::string add_value(std::string_view op_type, const std::vector<std::string>& inputs,
                        const std::vector<OnnxAttribute>& attributes = {});

  /// Adds an initialiser and returns the name of its float32 value. f16, rounded to nearest even,
  /// is cast in the graph, because runtimes compute in float32.
  std::string add_weight(const std::string& name, const Shape& shape, std::span<const float> values,
                         Dtype dtype);
  std::string add_floats(const std::string& name, const Shape& shape,
                         std::span<const float> values) {
    return add_weight(name, shape, values, Dtype::f32);
  }
  std::string add_integers(const std::string& name, std::span<const std::int64_t> values);

  void set_metadata(std::string_view key, std::string_view value);

  /// The file's bytes.
  std::vector<std::uint8_t> finish() const;

 private:
  void add_initialiser(std::string_view name, OnnxType type, std::span<const std::int64_t> shape,
                       std::string_view raw_data);
  void add_value_info(std::uint32_t field, std::string_view name, OnnxType type,
                      const Shape& sample);

  std::string graph_;     // fields of a GraphProto
  std::string metadata_;  // fields of a ModelProto
  int values_ = 0;        // that add_value() has named
};

}  // namespace ganvas
