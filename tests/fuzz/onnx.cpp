// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Any model as ONNX.
#include "exchange/onnx_export.h"
#include "fuzz.h"

using namespace ganvas;
using namespace ganvas::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const Network network : {Network::generator, Network::discriminator}) {
    for (const bool class_mix : {false, true}) {
      const auto onnx = export_onnx({data, size}, {.network = network,
                                                   .dtype = class_mix ? Dtype::f16 : Dtype::f32,
                                                   .class_mix = class_mix});
      require(onnx ? !onnx.value().empty() : !onnx.error().message.empty(),
              "it is whole or refused");
    }
  }
  return 0;
}
