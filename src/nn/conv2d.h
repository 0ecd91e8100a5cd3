// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.Conv2d and torch.nn.ConvTranspose2d with square kernels. They are each other's adjoints:
// the forward pass of one is the input gradient of the other, so one class serves both. Weights are
// (out, in, k, k) for Conv2d and (in, out, k, k) for ConvTranspose2d: the same array for a layer
// and its adjoint. bias (out,).
#pragma once

#include "nn/layer_traits.h"

namespace ganvas {

struct Conv2dSpec {
  int out_channels = 0;
  int kernel_size = 0;
  int stride = 1;
  int padding = 0;

  static constexpr std::string_view kType = "conv2d";
  static constexpr std::string_view kPytorch =
      "Conv2d({in}, {out_channels}, kernel_size={kernel_size}, stride={stride}?, "
      "padding={padding}?)  # {shape}";
  static constexpr LayerTraits kTraits{.piecewise_linear = true};
  static constexpr std::array kFields{
      number<&Conv2dSpec::out_channels>("out_channels", {1, kMaxChannels}),
      number<&Conv2dSpec::kernel_size>("kernel_size", {1, kMaxKernel}),
      number<&Conv2dSpec::stride>("stride", {1, kMaxKernel}),
      number<&Conv2dSpec::padding>("padding", {0, kMaxKernel})};
  Inferred infer(const LayerInput& input) const;
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const Conv2dSpec&, const Conv2dSpec&) = default;
};

struct ConvTranspose2dSpec {
  int out_channels = 0;
  int kernel_size = 0;
  int stride = 1;
  int padding = 0;
  int output_padding = 0;

  static constexpr std::string_view kType = "conv_transpose2d";
  static constexpr std::string_view kPytorch =
      "ConvTranspose2d({in}, {out_channels}, kernel_size={kernel_size}, stride={stride}?, "
      "padding={padding}?, "
      "output_padding={output_padding}?)  # {shape}";
  static constexpr LayerTraits kTraits{.piecewise_linear = true};
  static constexpr std::array kFields{
      number<&ConvTranspose2dSpec::out_channels>("out_channels", {1, kMaxChannels}),
      number<&ConvTranspose2dSpec::kernel_size>("kernel_size", {1, kMaxKernel}),
      number<&ConvTranspose2dSpec::stride>("stride", {1, kMaxKernel}),
      number<&ConvTranspose2dSpec::padding>("padding", {0, kMaxKernel}),
      number<&ConvTranspose2dSpec::output_padding>("output_padding", {0, kMaxKernel - 1})};
  Inferred infer(const LayerInput& input) const;
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const ConvTranspose2dSpec&, const ConvTranspose2dSpec&) = default;
};

}  // namespace ganvas
