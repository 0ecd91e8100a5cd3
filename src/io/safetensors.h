// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reader and writer of safetensors files (https://github.com/huggingface/safetensors): a
// little-endian 64-bit header length, a JSON header with each tensor's dtype, shape and byte range,
// then the data. Reads BF16, F16, F32 and F64 tensors, writes all but F64. All lengths and offsets
// of a file are checked before use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tensor/shape.h"

namespace ganvas {

/// Checksums contain these numbers, so new ones come last.
enum class Dtype { f16, f32, f64, bf16 };

/// "BF16", "F16", "F32" or "F64"
std::string_view dtype_name(Dtype dtype);

/// The two parts of a file, which must outlive them.
struct SafetensorsParts {
  std::string_view header;  // JSON, unless the file is damaged
  std::span<const std::uint8_t> data;
};

Error not_safetensors();
/// Errors: bad_magic, truncated, malformed.
Result<SafetensorsParts> split_safetensors(std::span<const std::uint8_t> bytes);

struct TensorView {
  Dtype dtype;
  Shape shape;
  std::span<const std::uint8_t> bytes;  // points into the file; size matches dtype and shape
};

class SafetensorsFile {
 public:
  /// Errors: bad_magic, truncated, malformed. `bytes` must outlive the result.
  static Result<SafetensorsFile> parse(std::span<const std::uint8_t> bytes);

  const std::map<std::string, TensorView>& tensors() const { return tensors_; }
  const std::map<std::string, std::string>& metadata() const { return metadata_; }
  /// The value of a key in __metadata__, or null.
  const std::string* metadata(const std::string& key) const;

  /// Checks that a tensor exists with this shape and that all values are finite. Errors:
  /// missing_tensor, shape_mismatch, non_finite.
  Status check(const std::string& name, const Shape& shape) const;
  /// Converts a tensor to floats. It must have passed check().
  void read(const std::string& name, std::span<float> values) const;

 private:
  std::map<std::string, TensorView> tensors_;
  std::map<std::string, std::string> metadata_;
};

class SafetensorsWriter {
 public:
  void set_metadata(const std::string& key, std::string value);
  /// Allocates the file at once, for this many numbers; otherwise it grows with each tensor.
  void reserve(std::size_t numbers);
  /// Adds a tensor; bf16 and f16 round to nearest even.
  void add(const std::string& name, const Shape& shape, std::span<const float> values,
           Dtype dtype = Dtype::f32);
  /// The file's bytes, which the writer gives away.
  std::vector<std::uint8_t> finish();

 private:
  struct Entry {
    Dtype dtype;
    Shape shape;
    std::size_t begin;
    std::size_t end;
  };
  std::map<std::string, Entry> entries_;
  std::map<std::string, std::string> metadata_;
  std::vector<std::uint8_t> data_;
};

}  // namespace ganvas
