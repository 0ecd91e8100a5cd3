// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reads any safetensors file: all dtypes, any rank, "__metadata__": null, a header of leading
// blanks. The core's reader (io/safetensors.h) takes only what a model consists of.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace ganvas {

struct AnyTensor {
  std::string dtype;  // "F32", "BF16", "I64", ...
  std::vector<std::uint64_t> shape;
  std::span<const std::uint8_t> bytes;  // points into the file
};

struct TensorFile {
  std::map<std::string, AnyTensor> tensors;
  std::map<std::string, std::string> metadata;  // those values that are strings
};

/// Errors: bad_magic, truncated, malformed. `bytes` must outlive the result.
Result<TensorFile> read_tensor_file(std::span<const std::uint8_t> bytes);

/// The tensor's numbers as floats; empty if its dtype is none of F64, F32, F16 and BF16, or its
/// bytes do not fit its shape.
std::vector<float> floats_of(const AnyTensor& tensor);

/// As a Python tuple: "(256, 64)".
std::string shape_text(std::span<const std::uint64_t> shape);

}  // namespace ganvas
