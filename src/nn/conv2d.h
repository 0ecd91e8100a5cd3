// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// torch.nn.Conv2d and torch.nn.ConvTranspose2d with square kernels. The two are each other's
// adjoints, so one class serves both: what is forward in one is the input gradient of the other,
// and the weight's layout is shared: (out, in, k, k) for Conv2d, (in, out, k, k) for
// ConvTranspose2d, bias (out,).
#pragma once

#include "nn/layer_traits.h"

namespace ganvas {

struct Conv2dSpec {
  int out_channels = 0;
  int kernel_size = 0;
  int stride = 1;
  int padding = 0;

  static constexpr std::string_view kType = "conv2d";
  static constexpr LayerTraits kTraits{
      .pytorch =
          "Conv2d({in}, {out_channels}, kernel_size={kernel_size}, stride={stride}?, "
          "padding={padding}?)  # {shape}",
      .piecewise_linear = true};
  static constexpr std::tuple kFields{
      Field{"out_channels", &Conv2dSpec::out_channels, {1, kMaxChannels}},
      Field{"kernel_size", &Conv2dSpec::kernel_size, {1, kMaxKernel}},
      Field{"stride", &Conv2dSpec::stride, {1, kMaxKernel}},
      Field{"padding", &Conv2dSpec::padding, {0, kMaxKernel}}};
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
  static constexpr LayerTraits kTraits{
      .pytorch =
          "ConvTranspose2d({in}, {out_channels}, kernel_size={kernel_size}, stride={stride}?, "
          "padding={padding}?, "
          "output_padding={output_padding}?)  # {shape}",
      .piecewise_linear = true};
  static constexpr std::tuple kFields{
      Field{"out_channels", &ConvTranspose2dSpec::out_channels, {1, kMaxChannels}},
      Field{"kernel_size", &ConvTranspose2dSpec::kernel_size, {1, kMaxKernel}},
      Field{"stride", &ConvTranspose2dSpec::stride, {1, kMaxKernel}},
      Field{"padding", &ConvTranspose2dSpec::padding, {0, kMaxKernel}},
      Field{"output_padding", &ConvTranspose2dSpec::output_padding, {0, kMaxKernel - 1}}};
  Inferred infer(const LayerInput& input) const;
  template <typename T>
  LayerPointer<T> build(const LayerSite<T>& site) const;
  friend bool operator==(const ConvTranspose2dSpec&, const ConvTranspose2dSpec&) = default;
};

}  // namespace ganvas
