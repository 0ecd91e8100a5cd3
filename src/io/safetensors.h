// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The safetensors format (https://github.com/huggingface/safetensors): a little-endian 64-bit
// header length, a JSON header that names each tensor's dtype, shape and byte range, then the
// bytes. F16, F32 and F64 tensors are read, F16 and F32 written. Every length and offset of a file
// is checked before it is used.
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

enum class Dtype { f16, f32, f64 };

/// "F16", "F32" or "F64"
std::string_view dtype_name(Dtype dtype);

struct TensorView {
  Dtype dtype;
  Shape shape;
  std::span<const std::uint8_t> bytes;  // in the file's bytes; size matches dtype and shape
};

class SafetensorsFile {
 public:
  /// bad_magic, truncated or malformed says what is wrong with the bytes, which must outlive the
  /// result.
  static Result<SafetensorsFile> parse(std::span<const std::uint8_t> bytes);

  const std::map<std::string, TensorView>& tensors() const { return tensors_; }
  /// The value of a key in __metadata__, or null.
  const std::string* metadata(const std::string& key) const;

  /// Checks that a tensor exists with this shape and only finite values; missing_tensor,
  /// shape_mismatch or non_finite.
  Status check(const std::string& name, const Shape& shape) const;
  /// Converts a tensor that check() accepted.
  void read(const std::string& name, std::span<float> values) const;

 private:
  std::map<std::string, TensorView> tensors_;
  std::map<std::string, std::string> metadata_;
};

class SafetensorsWriter {
 public:
  void set_metadata(const std::string& key, std::string value);
  /// Adds a tensor; f16 rounds to nearest even.
  void add(const std::string& name, const Shape& shape, std::span<const float> values,
           Dtype dtype = Dtype::f32);
  /// The file's bytes.
  std::vector<std::uint8_t> finish() const;

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
