// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// safetensors, as the core reads them.
#include "io/safetensors.h"

#include <algorithm>
#include <cmath>

#include "fuzz.h"
#include "io/checksum.h"

using namespace ganvas;
using namespace ganvas::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parsed = SafetensorsFile::parse({data, size});
  if (!parsed) return 0;
  const SafetensorsFile& file = parsed.value();
  (void)check_checksum(file);
  const std::string absent(size + 1, 'a');
  require(!file.check(absent, {}).ok(), "what is not there is missing");
  SafetensorsWriter writer;
  writer.reserve(size / sizeof(float));
  for (const auto& [key, value] : file.metadata()) writer.set_metadata(key, value);
  std::size_t bytes = 0;
  bool exact = true;
  for (const auto& [name, tensor] : file.tensors()) {
    bytes += tensor.bytes.size();
    const Shape flat{static_cast<int>(tensor.shape.size())};
    require(tensor.shape == flat || !file.check(name, flat), "a tensor has one shape");
    const bool finite = file.check(name, tensor.shape).ok();
    std::vector<float> values(tensor.shape.size());
    file.read(name, values);
    const bool all = std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
    require(finite == all, "only finite tensors pass the check");
    // A half that is no number comes back as another one.
    exact = exact && (tensor.dtype == Dtype::f32 || (finite && tensor.dtype != Dtype::f64));
    const Dtype dtype = tensor.dtype == Dtype::f64 ? Dtype::f32 : tensor.dtype;
    writer.add(name, tensor.shape, values, dtype);
  }
  require(bytes <= size, "tensors lie in the file and do not overlap");
  const Bytes written = writer.finish();
  const auto again = SafetensorsFile::parse(written);
  require(again && again.value().metadata() == file.metadata(), "metadata stay as they were");
  if (exact) require(checksum_of(again.value()) == checksum_of(file), "tensors stay as they were");
  return 0;
}
