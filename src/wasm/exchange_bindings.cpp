// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Files of other tools as a separate JavaScript module, which the page loads only when one is asked
// for; see values.h for conversions. It computes nothing, so one tier serves every browser.
#include <emscripten/bind.h>

#include <cstdint>
#include <string>
#include <vector>

#include "exchange/onnx_export.h"
#include "wasm/out_of_memory.h"
#include "wasm/values.h"

namespace {

using emscripten::val;
using ganvas::Network;
using ganvas::wasm::Bytes;

EMSCRIPTEN_DECLARE_VAL_TYPE(BytesOutcome)

/// One network of a Ganvas model as an ONNX file.
BytesOutcome export_onnx(const Bytes& model, bool discriminator, bool half, bool class_mix) {
  const ganvas::OnnxOptions options{
      .network = discriminator ? Network::discriminator : Network::generator,
      .dtype = half ? ganvas::Dtype::f16 : ganvas::Dtype::f32,
      .class_mix = class_mix};
  const auto file = ganvas::export_onnx(ganvas::wasm::copied_bytes(model), options);
  if (!file) return BytesOutcome(ganvas::wasm::failure(file.error()));
  return BytesOutcome(ganvas::wasm::copied_array<std::uint8_t>(file.value()));
}

}  // namespace

EMSCRIPTEN_BINDINGS(ganvas_exchange) {
  ganvas::wasm::throw_when_out_of_memory();
  ganvas::wasm::declare_type<Bytes>("Uint8Array");
  ganvas::wasm::declare_type<BytesOutcome>("Uint8Array<ArrayBuffer> | " GANVAS_TS_FAILURE);
  emscripten::function("exportOnnx", &export_onnx);
}
