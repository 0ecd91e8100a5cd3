// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The messages of ONNX's onnx.proto3, by their field numbers; see onnx_graph.h. Messages that can
// be empty are added with add_message(): protozero drops those that a nested writer leaves empty,
// and without a shape a value has an unknown rank.
#include "exchange/onnx_graph.h"

#include <Eigen/Core>
#include <cstring>
#include <protozero/pbf_writer.hpp>

namespace ganvas {
namespace {

using protozero::pbf_writer;

// IR 8 and operator set 17 are of 2022: every runtime of since then reads them.
constexpr int kIrVersion = 8;
constexpr int kOpset = 17;
constexpr const char* kBatchAxis = "batch";

namespace model_proto {
enum Field {
  ir_version = 1,
  producer_name,
  producer_version,
  graph = 7,
  opset_import,
  metadata = 14
};
}
namespace opset_proto {
enum Field { version = 2 };
}
namespace entry_proto {  // StringStringEntryProto
enum Field { key = 1, value };
}
namespace graph_proto {
enum Field { node = 1, name, initializer = 5, input = 11, output };
}
namespace node_proto {
enum Field { input = 1, output, name, op_type, attribute };
}
namespace attribute_proto {
enum Field { name = 1, f, i, s, ints = 8, type = 20 };
enum Type { of_float = 1, of_int, of_string, of_ints = 7 };
}  // namespace attribute_proto
namespace tensor_proto {
enum Field { dims = 1, data_type, name = 8, raw_data };
}
namespace value_proto {  // ValueInfoProto
enum Field { name = 1, type };
}
namespace type_proto {
enum Field { tensor_type = 1 };
}
namespace tensor_type_proto {
enum Field { elem_type = 1, shape };
}
namespace shape_proto {
enum Field { dim = 1 };
}
namespace dimension_proto {
enum Field { dim_value = 1, dim_param };
}

std::string shape_of_batch(const Shape& sample) {
  std::string message;
  pbf_writer shape(message);
  pbf_writer(shape, shape_proto::dim).add_string(dimension_proto::dim_param, kBatchAxis);
  for (int axis = 0; axis < sample.rank(); ++axis) {
    pbf_writer(shape, shape_proto::dim).add_int64(dimension_proto::dim_value, sample[axis]);
  }
  return message;
}

/// Adds the value of an attribute and what its type is.
struct AddAttribute {
  pbf_writer& message;

  void operator()(std::int64_t value) const {
    message.add_int64(attribute_proto::i, value);
    message.add_enum(attribute_proto::type, attribute_proto::of_int);
  }
  void operator()(float value) const {
    message.add_float(attribute_proto::f, value);
    message.add_enum(attribute_proto::type, attribute_proto::of_float);
  }
  void operator()(std::string_view value) const {
    message.add_bytes(attribute_proto::s, value.data(), value.size());
    message.add_enum(attribute_proto::type, attribute_proto::of_string);
  }
  void operator()(const std::vector<std::int64_t>& values) const {
    for (const std::int64_t value : values) message.add_int64(attribute_proto::ints, value);
    message.add_enum(attribute_proto::type, attribute_proto::of_ints);
  }
};

void add_text(pbf_writer& message, std::uint32_t field, std::string_view text) {
  message.add_string(field, text.data(), text.size());
}

std::vector<std::int64_t> extents_of(const Shape& shape) {
  std::vector<std::int64_t> extents;
  for (int axis = 0; axis < shape.rank(); ++axis) extents.push_back(shape[axis]);
  return extents;
}

/// The values as they lie in memory, which is little-endian as ONNX's raw_data.
template <typename T>
std::string_view raw(std::span<const T> values) {
  return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

}  // namespace

OnnxGraph::OnnxGraph(std::string_view name) {
  pbf_writer graph(graph_);
  add_text(graph, graph_proto::name, name);
}

void OnnxGraph::add_value_info(std::uint32_t field, std::string_view name, OnnxType type,
                               const Shape& sample) {
  std::string tensor_type;
  pbf_writer tensor(tensor_type);
  tensor.add_enum(tensor_type_proto::elem_type, static_cast<std::int32_t>(type));
  tensor.add_message(tensor_type_proto::shape, shape_of_batch(sample));
  pbf_writer graph(graph_);
  pbf_writer value(graph, field);
  add_text(value, value_proto::name, name);
  pbf_writer(value, value_proto::type).add_message(type_proto::tensor_type, tensor_type);
}

void OnnxGraph::add_input(std::string_view name, OnnxType type, const Shape& sample) {
  add_value_info(graph_proto::input, name, type, sample);
}

void OnnxGraph::add_output(std::string_view name, const Shape& sample) {
  add_value_info(graph_proto::output, name, OnnxType::float32, sample);
}

void OnnxGraph::add_node(std::string_view op_type, const std::vector<std::string>& inputs,
                         const std::vector<std::string>& outputs,
                         const std::vector<OnnxAttribute>& attributes) {
  pbf_writer graph(graph_);
  pbf_writer node(graph, graph_proto::node);
  for (const std::string& input : inputs) node.add_string(node_proto::input, input);
  for (const std::string& output : outputs) node.add_string(node_proto::output, output);
  node.add_string(node_proto::name, outputs.front());
  add_text(node, node_proto::op_type, op_type);
  for (const OnnxAttribute& attribute : attributes) {
    pbf_writer message(node, node_proto::attribute);
    add_text(message, attribute_proto::name, attribute.name);
    std::visit(AddAttribute{message}, attribute.value);
  }
}

std::string OnnxGraph::add_value(std::string_view op_type, const std::vector<std::string>& inputs,
                                 const std::vector<OnnxAttribute>& attributes) {
  std::string name = std::string(op_type) + "_" + std::to_string(values_++);
  add_node(op_type, inputs, {name}, attributes);
  return name;
}

void OnnxGraph::add_initialiser(std::string_view name, OnnxType type,
                                std::span<const std::int64_t> shape, std::string_view raw_data) {
  pbf_writer graph(graph_);
  pbf_writer tensor(graph, graph_proto::initializer);
  for (const std::int64_t extent : shape) tensor.add_int64(tensor_proto::dims, extent);
  tensor.add_enum(tensor_proto::data_type, static_cast<std::int32_t>(type));
  add_text(tensor, tensor_proto::name, name);
  tensor.add_bytes(tensor_proto::raw_data, raw_data.data(), raw_data.size());
}

std::string OnnxGraph::add_weight(const std::string& name, const Shape& shape,
                                  std::span<const float> values, Dtype dtype) {
  const std::vector<std::int64_t> extents = extents_of(shape);
  if (dtype != Dtype::f16) {
    add_initialiser(name, OnnxType::float32, extents, raw(values));
    return name;
  }
  const std::vector<Eigen::half> halves(values.begin(), values.end());
  add_initialiser(name, OnnxType::float16, extents, raw(std::span(halves)));
  const std::string full = name + ".float";
  add_node("Cast", {name}, {full}, {{"to", static_cast<std::int64_t>(OnnxType::float32)}});
  return full;
}

std::string OnnxGraph::add_integers(const std::string& name, std::span<const std::int64_t> values) {
  const auto size = static_cast<std::int64_t>(values.size());
  add_initialiser(name, OnnxType::int64, std::span(&size, 1), raw(values));
  return name;
}

void OnnxGraph::set_metadata(std::string_view key, std::string_view value) {
  pbf_writer model(metadata_);
  pbf_writer entry(model, model_proto::metadata);
  add_text(entry, entry_proto::key, key);
  add_text(entry, entry_proto::value, value);
}

std::vector<std::uint8_t> OnnxGraph::finish() const {
  std::string file;
  pbf_writer model(file);
  model.add_int64(model_proto::ir_version, kIrVersion);
  model.add_string(model_proto::producer_name, "ganvas");
  model.add_string(model_proto::producer_version, GANVAS_VERSION);
  pbf_writer(model, model_proto::opset_import).add_int64(opset_proto::version, kOpset);
  file += metadata_;
  model.add_message(model_proto::graph, graph_);
  return {file.begin(), file.end()};
}

}  // namespace ganvas
