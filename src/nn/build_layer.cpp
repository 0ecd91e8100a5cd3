// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The checks and the construction of each kind of layer; see build_layer.h.
#include "nn/build_layer.h"

#include <array>
#include <utility>

#include "base/range.h"
#include "nn/activations.h"
#include "nn/batch_norm.h"
#include "nn/class_conditioning.h"
#include "nn/conv2d.h"
#include "nn/dropout.h"
#include "nn/linear.h"
#include "nn/resampling.h"

namespace ganvas {
namespace {

// Bounds on what a config (which may come from a file or a link) can make us allocate.
constexpr int kMaxFeatures = 1 << 17;
constexpr int kMaxChannels = 2048;
constexpr int kMaxKernel = 31;
constexpr std::int64_t kMaxParameters = std::int64_t{1} << 24;  // of a network

Error wrong(std::string message) {
  return {ErrorCode::invalid_config, std::move(message)};
}

template <typename T>
class LayerBuilder {
 public:
  using Built = Result<BuiltLayer<T>>;

  LayerBuilder(int index, const Shape& input, const NetworkParts<T>& parts)
      : index_(index), name_(std::to_string(index)), input_(input), parts_(parts) {}

  Built operator()(const LinearSpec& spec) const {
    GANVAS_RETURN_IF_ERROR(need_flat());
    GANVAS_RETURN_IF_ERROR(check_range("out_features", spec.out_features, 1, kMaxFeatures));
    GANVAS_RETURN_IF_ERROR(check_parameters((std::int64_t{input_[0]} + 1) * spec.out_features));
    return make<Linear<T>>(name_, input_[0], spec.out_features, parts_.parameters, parts_.pool);
  }

  Built operator()(const Conv2dSpec& spec) const {
    GANVAS_RETURN_IF_ERROR(need_image());
    GANVAS_RETURN_IF_ERROR(
        check_conv(spec.out_channels, spec.kernel_size, spec.stride, spec.padding));
    const auto extent = [&](int in) {
      const int span = in + 2 * spec.padding - spec.kernel_size;
      return span < 0 ? 0 : span / spec.stride + 1;
    };
    const ConvGeometry geometry{.in_channels = input_[0],
                                .in_height = input_[1],
                                .in_width = input_[2],
                                .out_channels = spec.out_channels,
                                .out_height = extent(input_[1]),
                                .out_width = extent(input_[2]),
                                .kernel = spec.kernel_size,
                                .stride = spec.stride,
                                .padding = spec.padding};
    if (geometry.out_pixels() == 0) {
      return wrong("kernel " + std::to_string(spec.kernel_size) + " with padding " +
                   std::to_string(spec.padding) + " does not fit into samples of shape " +
                   input_.to_string());
    }
    return conv(ConvDirection::conv, geometry);
  }

  Built operator()(const ConvTranspose2dSpec& spec) const {
    GANVAS_RETURN_IF_ERROR(need_image());
    GANVAS_RETURN_IF_ERROR(
        check_conv(spec.out_channels, spec.kernel_size, spec.stride, spec.padding));
    GANVAS_RETURN_IF_ERROR(check_range("output_padding", spec.output_padding, 0, spec.stride - 1));
    const auto extent = [&](int in) {
      return (in - 1) * spec.stride - 2 * spec.padding + spec.kernel_size + spec.output_padding;
    };
    if (extent(input_[1]) < 1 || extent(input_[2]) < 1) {
      return wrong("padding " + std::to_string(spec.padding) +
                   " leaves nothing of samples of shape " + input_.to_string());
    }
    return conv(ConvDirection::transposed, {.in_channels = spec.out_channels,
                                            .in_height = extent(input_[1]),
                                            .in_width = extent(input_[2]),
                                            .out_channels = input_[0],
                                            .out_height = input_[1],
                                            .out_width = input_[2],
                                            .kernel = spec.kernel_size,
                                            .stride = spec.stride,
                                            .padding = spec.padding});
  }

  Built operator()(const BatchNormSpec& spec) const {
    GANVAS_RETURN_IF_ERROR(check_range("eps", spec.eps, 1e-12, 10));
    GANVAS_RETURN_IF_ERROR(check_range("momentum", spec.momentum, 0, 1));
    return make<BatchNorm<T>>(name_, input_, spec.eps, spec.momentum, parts_.parameters,
                              parts_.buffers, parts_.pool);
  }

  Built operator()(const LeakyReluSpec& spec) const {
    GANVAS_RETURN_IF_ERROR(check_range("negative_slope", spec.negative_slope, 0, 1));
    return make<LeakyRelu<T>>(input_, spec.negative_slope, parts_.pool);
  }
  Built operator()(const ReluSpec&) const { return make<LeakyRelu<T>>(input_, 0.0, parts_.pool); }
  Built operator()(const TanhSpec&) const { return make<Tanh<T>>(input_, parts_.pool); }
  Built operator()(const SigmoidSpec&) const { return make<Sigmoid<T>>(input_, parts_.pool); }

  Built operator()(const DropoutSpec& spec) const { return dropout(spec.p, DropoutUnit::element); }
  Built operator()(const Dropout2dSpec& spec) const {
    GANVAS_RETURN_IF_ERROR(need_image());
    return dropout(spec.p, DropoutUnit::channel);
  }

  Built operator()(const MaxPool2dSpec& spec) const {
    GANVAS_RETURN_IF_ERROR(need_image());
    GANVAS_RETURN_IF_ERROR(
        check_range("kernel_size", spec.kernel_size, 1, std::min(input_[1], input_[2])));
    return make<MaxPool2d<T>>(input_, spec.kernel_size, parts_.pool);
  }
  Built operator()(const Upsample2xSpec&) const {
    GANVAS_RETURN_IF_ERROR(need_image());
    if (4 * input_.size() > kMaxFeatures) return wrong("its output would be too large");
    return make<UpsampleNearest2x<T>>(input_, parts_.pool);
  }

  Built operator()(const FlattenSpec&) const {
    return BuiltLayer<T>{Shape{static_cast<int>(input_.size())}, nullptr};
  }
  Built operator()(const ReshapeSpec& spec) const {
    const std::int64_t size = std::int64_t{spec.channels} * spec.height * spec.width;
    if (spec.channels < 1 || spec.height < 1 || spec.width < 1 ||
        size != static_cast<std::int64_t>(input_.size())) {
      return wrong("cannot make (" + std::to_string(spec.channels) + ", " +
                   std::to_string(spec.height) + ", " + std::to_string(spec.width) +
                   ") of samples of shape " + input_.to_string());
    }
    return BuiltLayer<T>{Shape{spec.channels, spec.height, spec.width}, nullptr};
  }

  Built operator()(const ClassConcatSpec& spec) const {
    GANVAS_RETURN_IF_ERROR(need_flat());
    GANVAS_RETURN_IF_ERROR(need_classes());
    GANVAS_RETURN_IF_ERROR(check_range("embedding_size", spec.embedding_size, 0, kMaxChannels));
    GANVAS_RETURN_IF_ERROR(check_parameters(std::int64_t{parts_.classes} * spec.embedding_size));
    return make<ClassConcat<T>>(name_, input_[0], parts_.classes, spec.embedding_size,
                                parts_.parameters);
  }
  Built operator()(const ClassProjectionSpec&) const {
    GANVAS_RETURN_IF_ERROR(need_flat());
    GANVAS_RETURN_IF_ERROR(need_classes());
    GANVAS_RETURN_IF_ERROR(check_parameters((std::int64_t{parts_.classes} + 1) * input_[0]));
    return make<ClassProjection<T>>(name_, input_[0], parts_.classes, parts_.parameters,
                                    parts_.pool);
  }

 private:
  template <typename L, typename... Arguments>
  static BuiltLayer<T> make(Arguments&&... arguments) {
    auto layer = std::make_unique<L>(std::forward<Arguments>(arguments)...);
    const Shape shape = layer->output_shape();
    return {shape, std::move(layer)};
  }

  Built conv(ConvDirection direction, const ConvGeometry& g) const {
    const std::int64_t larger_image =
        std::max(std::int64_t{g.in_channels} * g.in_height * g.in_width,
                 std::int64_t{g.out_channels} * g.out_height * g.out_width);
    if (larger_image > kMaxFeatures) return wrong("its output would be too large");
    GANVAS_RETURN_IF_ERROR(
        check_parameters(std::int64_t{g.in_channels} * g.out_channels * g.taps()));
    return make<Conv2d<T>>(name_, direction, g, parts_.parameters, parts_.pool);
  }

  Built dropout(double p, DropoutUnit unit) const {
    if (!(p >= 0 && p < 1)) return wrong("p is " + text_of(p) + ", must be at least 0 and below 1");
    const std::uint32_t layer_number = parts_.network << 7 | static_cast<std::uint32_t>(index_);
    return make<Dropout<T>>(input_, p, unit, parts_.seed, layer_number, parts_.max_blocks,
                            parts_.pool);
  }

  /// That the network may hold so many parameters more.
  Status check_parameters(std::int64_t more) const {
    if (static_cast<std::int64_t>(parts_.parameters.count()) + more <= kMaxParameters) return {};
    return wrong("with its weight there would be more than " + std::to_string(kMaxParameters) +
                 " parameters");
  }
  Status need_flat() const {
    if (input_.rank() == 1) return {};
    return wrong("gets samples of shape " + input_.to_string() +
                 ", needs flat ones (features,): put flatten before it");
  }
  Status need_image() const {
    if (input_.rank() == 3) return {};
    return wrong("gets samples of shape " + input_.to_string() +
                 ", needs (channels, height, width): put reshape before it");
  }
  Status need_classes() const {
    if (parts_.classes > 0) return {};
    return wrong("needs classes, but the config says classes 0");
  }
  static Status check_conv(int out_channels, int kernel, int stride, int padding) {
    GANVAS_RETURN_IF_ERROR(check_range("out_channels", out_channels, 1, kMaxChannels));
    GANVAS_RETURN_IF_ERROR(check_range("kernel_size", kernel, 1, kMaxKernel));
    GANVAS_RETURN_IF_ERROR(check_range("stride", stride, 1, kMaxKernel));
    return check_range("padding", padding, 0, kMaxKernel);
  }

  int index_;
  std::string name_;  // the layer's position, as in state_dict
  Shape input_;
  const NetworkParts<T>& parts_;
};

}  // namespace

std::string_view layer_type_name(const LayerSpec& spec) {
  // In the order of LayerSpec's alternatives.
  constexpr std::array<std::string_view, std::variant_size_v<LayerSpec>> kNames{
      "linear",  "conv2d",  "conv_transpose2d", "batch_norm",      "leaky_relu", "relu",
      "tanh",    "sigmoid", "dropout",          "dropout2d",       "max_pool2d", "upsample2x",
      "flatten", "reshape", "class_concat",     "class_projection"};
  return kNames[spec.index()];
}

template <typename T>
Result<BuiltLayer<T>> build_layer(const LayerSpec& spec, int index, const Shape& input,
                                  const NetworkParts<T>& parts) {
  return std::visit(LayerBuilder<T>(index, input, parts), spec);
}

template Result<BuiltLayer<float>> build_layer(const LayerSpec&, int, const Shape&,
                                               const NetworkParts<float>&);
template Result<BuiltLayer<double>> build_layer(const LayerSpec&, int, const Shape&,
                                                const NetworkParts<double>&);

}  // namespace ganvas
