// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Convolution and transposed convolution, built from the same three kernels; see conv2d.h.
#include "nn/conv2d.h"

#include <algorithm>
#include <cstdint>

#include "kernels/convolution.h"
#include "kernels/reductions.h"
#include "nn/layer_site.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {
namespace {

enum class ConvDirection { conv, transposed };

template <typename T>
class Conv2d final : public Layer<T> {
 public:
  /// `geometry` is that of the convolution: in a transposed layer its `in` is the output and its
  /// `out` the input.
  Conv2d(ConvDirection direction, const ConvGeometry& geometry, const LayerSite<T>& site);

  std::int64_t product_flops() const override;
  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;
  void forward_tangent(BatchLayout layout, const T* y, const T* t_x, T* t_y) override;

 private:
  void apply(const T* bias, BatchLayout layout, const T* x, T* y);

  ConvDirection direction_;
  ConvGeometry geometry_;
  Parameters<T>& parameters_;
  ThreadPool& pool_;
  AlignedBuffer<T> packed_weight_;
  int weight_;
  int bias_;
};

template <typename T>
Conv2d<T>::Conv2d(ConvDirection direction, const ConvGeometry& geometry, const LayerSite<T>& site)
    : Layer<T>(site.output),
      direction_(direction),
      geometry_(geometry),
      parameters_(site.parameters),
      pool_(site.pool),
      packed_weight_(packed_weight_size<T>(geometry)) {
  // torch's _calculate_fan_in_and_fan_out uses the weight's second axis for both layers; in a
  // transposed convolution these are the output channels.
  const int fan_in = geometry.in_channels * geometry.taps();
  weight_ = parameters_.declare(
      site.name_of("weight"),
      {geometry.out_channels, geometry.in_channels, geometry.kernel, geometry.kernel},
      InitRule::conv_weight, fan_in);
  bias_ = parameters_.declare(site.name_of("bias"), {site.output[0]}, InitRule::bias, fan_in);
}

template <typename T>
void Conv2d<T>::apply(const T* bias, BatchLayout layout, const T* x, T* y) {
  const T* weight = parameters_.value(weight_);
  if (direction_ == ConvDirection::conv) {
    convolve(geometry_, weight, bias, x, y, layout.blocks(), packed_weight_.data(), pool_);
  } else {
    convolve_adjoint(geometry_, weight, bias, x, y, layout.blocks(), packed_weight_.data(), pool_);
  }
}

template <typename T>
std::int64_t Conv2d<T>::product_flops() const {
  return 2 * std::int64_t{geometry_.in_channels} * geometry_.out_channels * geometry_.taps() *
         geometry_.out_pixels();
}

/// y = W * x + b
template <typename T>
void Conv2d<T>::forward(BatchLayout layout, const T* x, T* y) {
  apply(parameters_.value(bias_), layout, x, y);
}

/// dx = W^T * dy;  dW = sum dy x^T over patches;  db = sum dy
template <typename T>
void Conv2d<T>::backward(const BackwardPass<T>& pass) {
  const int blocks = pass.layout.blocks();
  const T* weight = parameters_.value(weight_);
  const bool conv = direction_ == ConvDirection::conv;
  if (pass.gradients != Gradients::skip) {
    sum_patch_products(geometry_, conv ? pass.dy : pass.x, conv ? pass.x : pass.dy,
                       parameters_.gradient(weight_), blocks, store_of(pass.gradients), pool_);
    if (pass.gradients == Gradients::overwrite) {
      const int channels = this->output_shape()[0];
      sum_channels(pass.dy, channels, this->output_features() / channels,
                   parameters_.gradient(bias_), blocks, pool_);
    }
  }
  if (!pass.dx) return;
  const T* no_bias = nullptr;
  if (conv) {
    convolve_adjoint(geometry_, weight, no_bias, pass.dy, pass.dx, blocks, packed_weight_.data(),
                     pool_);
  } else {
    convolve(geometry_, weight, no_bias, pass.dy, pass.dx, blocks, packed_weight_.data(), pool_);
  }
}

/// t_y = W * t_x
template <typename T>
void Conv2d<T>::forward_tangent(BatchLayout layout, const T*, const T* t_x, T* t_y) {
  const T* no_bias = nullptr;
  apply(no_bias, layout, t_x, t_y);
}

/// The convolution from `in` to `out`, which a transposed one computes the adjoint of.
template <typename Spec>
ConvGeometry convolution_of(const Spec& spec, const Shape& in, const Shape& out) {
  return {.in_channels = in[0],
          .in_height = in[1],
          .in_width = in[2],
          .out_channels = out[0],
          .out_height = out[1],
          .out_width = out[2],
          .kernel = spec.kernel_size,
          .stride = spec.stride,
          .padding = spec.padding};
}

/// The output of a convolution in either direction, or output_too_large.
Inferred convolved(const Shape& input, const Shape& output, int kernel_size) {
  if (std::max(element_count(input), element_count(output)) > kMaxFeatures)
    return Misfit{.kind = ProblemKind::output_too_large, .value = kMaxFeatures};
  const std::int64_t weights = std::int64_t{input[0]} * output[0] * kernel_size * kernel_size;
  return LayerShape{output, weights + output[0]};
}

}  // namespace

Inferred Conv2dSpec::infer(const LayerInput& input) const {
  const Shape& shape = input.shape;
  if (shape.rank() != 3) return Misfit{ProblemKind::needs_image};
  const auto span = [&](int side) { return side + 2 * padding - kernel_size; };
  if (span(std::min(shape[1], shape[2])) < 0) {
    return Misfit{.kind = ProblemKind::kernel_too_large,
                  .field = "kernel_size",
                  .value = static_cast<double>(kernel_size)};
  }
  return convolved(shape, {out_channels, span(shape[1]) / stride + 1, span(shape[2]) / stride + 1},
                   kernel_size);
}

template <typename T>
LayerPointer<T> Conv2dSpec::build(const LayerSite<T>& site) const {
  return std::make_unique<Conv2d<T>>(ConvDirection::conv,
                                     convolution_of(*this, site.input, site.output), site);
}
GANVAS_INSTANTIATE_BUILD(Conv2dSpec);

Inferred ConvTranspose2dSpec::infer(const LayerInput& input) const {
  const Shape& shape = input.shape;
  if (shape.rank() != 3) return Misfit{ProblemKind::needs_image};
  if (output_padding >= stride) {
    return Misfit{.kind = ProblemKind::range,
                  .field = "output_padding",
                  .value = static_cast<double>(output_padding),
                  .range = {0, static_cast<double>(stride - 1)}};
  }
  const auto extent = [&](int side) {
    return (side - 1) * stride - 2 * padding + kernel_size + output_padding;
  };
  if (extent(std::min(shape[1], shape[2])) < 1) {
    return Misfit{.kind = ProblemKind::padding_too_large,
                  .field = "padding",
                  .value = static_cast<double>(padding)};
  }
  return convolved(shape, {out_channels, extent(shape[1]), extent(shape[2])}, kernel_size);
}

template <typename T>
LayerPointer<T> ConvTranspose2dSpec::build(const LayerSite<T>& site) const {
  return std::make_unique<Conv2d<T>>(ConvDirection::transposed,
                                     convolution_of(*this, site.output, site.input), site);
}
GANVAS_INSTANTIATE_BUILD(ConvTranspose2dSpec);

}  // namespace ganvas
