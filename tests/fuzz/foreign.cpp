// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// safetensors of other programs, and the networks that are found in them.
#include "exchange/foreign_weights.h"

#include "exchange/tensor_file.h"
#include "fuzz.h"
#include "gan/check_config.h"
#include "io/checkpoint.h"
#include "io/config_json.h"

using namespace ganvas;
using namespace ganvas::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static ThreadPool pool(1);
  constexpr std::size_t kMaxMemory = 16 << 20;  // of a run, so that inputs stay quick
  const std::span<const std::uint8_t> bytes(data, size);
  if (const auto file = read_tensor_file(bytes)) {
    for (const auto& [name, tensor] : file.value().tensors)
      require(floats_of(tensor).size() <= size, "a tensor has no more numbers than the file bytes");
    if (const auto stored = file.value().metadata.find("ganvas.config");
        stored != file.value().metadata.end()) {
      const auto config = config_from_json(stored->second);
      if (config && find_problem(config.value(), kMaxMemory)) return -1;
    }
  }
  const auto weights = read_foreign_weights(bytes, std::nullopt);
  if (!weights) {
    require(!weights.error().message.empty(), "a refusal says why");
    return 0;
  }
  const auto parsed = SafetensorsFile::parse(weights.value().file);
  require(parsed && saved_config(parsed.value()).ok(), "what is converted is a model");
  return 0;
}
