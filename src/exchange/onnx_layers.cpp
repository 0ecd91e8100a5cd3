// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The nodes of each layer; see onnx_layers.h.
#include "exchange/onnx_layers.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <utility>

namespace ganvas {
namespace {

/// Pads of an image: top, left, bottom, right.
std::vector<std::int64_t> pads(std::int64_t padding) {
  return {padding, padding, padding, padding};
}

std::vector<std::int64_t> pair(std::int64_t extent) {
  return {extent, extent};
}

}  // namespace

/// Visits the spec of layer number `index` and returns the name of its output. After an error the
/// names mean nothing.
struct OnnxLayers::Nodes {
  OnnxLayers& layers;
  int index;
  const std::string& x;
  const Shape& in;
  const Shape& out;
  Status status{};

  OnnxGraph& graph() const { return layers.graph_; }

  std::string tensor(const std::string& prefix, const std::string& name, const Shape& shape) {
    const OnnxWeights& weights = layers.weights_;
    const std::string named = std::to_string(index) + "." + name;
    if (Status checked = weights.file.check(prefix + named, shape); !checked) {
      if (status) status = std::move(checked);
      return named;
    }
    std::vector<float> values(shape.size());
    weights.file.read(prefix + named, values);
    const auto overflows = [](float value) {
      return !std::isfinite(static_cast<float>(Eigen::half(value)));
    };
    if (status && weights.dtype == Dtype::f16 &&
        std::any_of(values.begin(), values.end(), overflows)) {
      status = Error{ErrorCode::non_finite,
                     "tensor '" + prefix + named + "' holds values that are too large for f16"};
    }
    return graph().add_weight(named, shape, values, weights.dtype);
  }
  std::string parameter(const std::string& name, const Shape& shape) {
    return tensor(layers.weights_.parameters, name, shape);
  }
  std::string statistic(const std::string& name, const Shape& shape) {
    return tensor(layers.weights_.statistics, name, shape);
  }

  /// The rows of the samples' classes in a table (classes, n), or with a class mix their mean.
  std::string class_features(const std::string& table) {
    if (layers.class_mix_) return graph().add_value("MatMul", {kOnnxClassWeights, table});
    return graph().add_value("Gather", {table, layers.class_rows()});
  }

  std::string reshape(const std::vector<std::int64_t>& shape) {
    const std::string name = std::to_string(index) + ".shape";
    return graph().add_value("Reshape", {x, graph().add_integers(name, shape)});
  }

  std::string operator()(const LinearSpec& spec) {
    const std::string weight = parameter("weight", {spec.out_features, in[0]});
    const std::string bias = parameter("bias", {spec.out_features});
    return graph().add_value("Gemm", {x, weight, bias}, {{"transB", 1}});
  }

  std::string operator()(const Conv2dSpec& spec) {
    const Shape shape{spec.out_channels, in[0], spec.kernel_size, spec.kernel_size};
    const std::string weight = parameter("weight", shape);
    const std::string bias = parameter("bias", {spec.out_channels});
    return graph().add_value("Conv", {x, weight, bias},
                             {{"kernel_shape", pair(spec.kernel_size)},
                              {"strides", pair(spec.stride)},
                              {"pads", pads(spec.padding)}});
  }

  // output_padding is below the stride (conv2d.cpp): others are valid ONNX that runtimes refuse or
  // compute in different ways.
  std::string operator()(const ConvTranspose2dSpec& spec) {
    const Shape shape{in[0], spec.out_channels, spec.kernel_size, spec.kernel_size};
    const std::string weight = parameter("weight", shape);
    const std::string bias = parameter("bias", {spec.out_channels});
    return graph().add_value("ConvTranspose", {x, weight, bias},
                             {{"kernel_shape", pair(spec.kernel_size)},
                              {"strides", pair(spec.stride)},
                              {"pads", pads(spec.padding)},
                              {"output_padding", pair(spec.output_padding)}});
  }

  std::string operator()(const BatchNormSpec& spec) {
    const Shape shape{in[0]};
    const std::string weight = parameter("weight", shape);
    const std::string bias = parameter("bias", shape);
    const std::string mean = statistic("running_mean", shape);
    const std::string var = statistic("running_var", shape);
    return graph().add_value("BatchNormalization", {x, weight, bias, mean, var},
                             {{"epsilon", static_cast<float>(spec.eps)}});
  }

  std::string operator()(const LeakyReluSpec& spec) {
    return graph().add_value("LeakyRelu", {x},
                             {{"alpha", static_cast<float>(spec.negative_slope)}});
  }
  std::string operator()(const ReluSpec&) { return graph().add_value("Relu", {x}); }
  std::string operator()(const TanhSpec&) { return graph().add_value("Tanh", {x}); }
  std::string operator()(const SigmoidSpec&) { return graph().add_value("Sigmoid", {x}); }

  // In evaluation mode they do nothing.
  std::string operator()(const DropoutSpec&) { return x; }
  std::string operator()(const Dropout2dSpec&) { return x; }

  std::string operator()(const MaxPool2dSpec& spec) {
    return graph().add_value(
        "MaxPool", {x},
        {{"kernel_shape", pair(spec.kernel_size)}, {"strides", pair(spec.kernel_size)}});
  }

  std::string operator()(const Upsample2xSpec&) {
    const std::string scales =
        graph().add_floats(std::to_string(index) + ".scales", {4}, std::vector<float>{1, 1, 2, 2});
    const std::string no_region;
    return graph().add_value("Resize", {x, no_region, scales},
                             {{"mode", std::string_view("nearest")},
                              {"coordinate_transformation_mode", std::string_view("asymmetric")},
                              {"nearest_mode", std::string_view("floor")}});
  }

  std::string operator()(const FlattenSpec&) { return reshape({-1, out[0]}); }
  std::string operator()(const ReshapeSpec&) { return reshape({-1, out[0], out[1], out[2]}); }

  std::string operator()(const ClassConcatSpec& spec) {
    std::string features = kOnnxClassWeights;
    if (spec.embedding_size > 0) {
      features = class_features(parameter("weight", {layers.classes_, spec.embedding_size}));
    } else if (!layers.class_mix_) {
      features = class_features(one_hots());
    }
    return graph().add_value("Concat", {x, features}, {{"axis", 1}});
  }

  /// y = <w, x> + b + <E[class], x>
  std::string operator()(const ClassProjectionSpec&) {
    if (layers.class_mix_) {
      if (status) {
        status = Error{ErrorCode::invalid_config,
                       "layers[" + std::to_string(index) +
                           "] (class_projection) takes one class per sample, not a mix"};
      }
      return x;
    }
    const std::string weight = parameter("weight", {1, in[0]});
    const std::string bias = parameter("bias", {1});
    const std::string table = parameter("embedding.weight", {layers.classes_, in[0]});
    const std::string axes =
        graph().add_integers(std::to_string(index) + ".axes", std::vector<std::int64_t>{1});
    const std::string shared = graph().add_value("Gemm", {x, weight, bias}, {{"transB", 1}});
    const std::string products = graph().add_value("Mul", {x, class_features(table)});
    const std::string own = graph().add_value("ReduceSum", {products, axes});
    return graph().add_value("Add", {shared, own});
  }

  /// The identity matrix (classes, classes).
  std::string one_hots() {
    const int classes = layers.classes_;
    std::vector<float> rows(static_cast<std::size_t>(classes) * static_cast<std::size_t>(classes));
    for (std::size_t i = 0; i < rows.size(); i += static_cast<std::size_t>(classes) + 1)
      rows[i] = 1;
    return graph().add_floats(std::to_string(index) + ".one_hots", {classes, classes}, rows);
  }
};

/// Gather takes the indices -n to n - 1 of n rows, and -1 as the last, but no label is below 0.
/// With r = Gather([0, ..., n - 1], label), 2 label - r is the label itself for 0 to n - 1, and
/// label - n for -n to -1, which is out of range for the Gather that uses it; the first Gather
/// refuses all others.
const std::string& OnnxLayers::class_rows() {
  if (class_rows_.empty()) {
    std::vector<std::int64_t> all;
    for (int i = 0; i < classes_; ++i) all.push_back(i);
    const std::string known =
        graph_.add_value("Gather", {graph_.add_integers("classes", all), kOnnxLabels});
    const std::string twice = graph_.add_value("Add", {kOnnxLabels, kOnnxLabels});
    class_rows_ = graph_.add_value("Sub", {twice, known});
  }
  return class_rows_;
}

Result<std::string> OnnxLayers::add(const LayerSpec& spec, int index, const std::string& input,
                                    const Shape& input_shape, const Shape& output_shape) {
  Nodes nodes{*this, index, input, input_shape, output_shape};
  std::string name = std::visit(nodes, spec);
  GANVAS_RETURN_IF_ERROR(nodes.status);
  return name;
}

}  // namespace ganvas
