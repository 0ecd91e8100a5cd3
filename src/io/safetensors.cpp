// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Parses and writes safetensors; see safetensors.h.
#include "io/safetensors.h"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>
#include <optional>
#include <utility>

#include "io/json.h"

namespace ganvas {
namespace {

static_assert(std::endian::native == std::endian::little, "tensors are stored little-endian");

constexpr std::size_t kLengthBytes = 8;
/// Our headers are a few kilobytes; parsed JSON takes many times the memory of its text.
constexpr std::uint64_t kMaxHeader = 1u << 20;

constexpr std::array<std::pair<std::string_view, std::size_t>, 4> kDtypes{
    {{"F16", 2}, {"F32", 4}, {"F64", 8}, {"BF16", 2}}};  // in the order of Dtype

std::size_t dtype_size(Dtype dtype) {
  return kDtypes[static_cast<std::size_t>(dtype)].second;
}

std::optional<Dtype> find_dtype(std::string_view name) {
  for (std::size_t i = 0; i < kDtypes.size(); ++i) {
    if (kDtypes[i].first == name) return static_cast<Dtype>(i);
  }
  return std::nullopt;
}

Error malformed(std::string message) {
  return {ErrorCode::malformed, std::move(message)};
}

/// Out of line: inlined, the joins of each message would add to the module's size.
[[gnu::noinline]] Error tensor_error(ErrorCode code, const std::string& name, const char* what) {
  return {code, "tensor '" + name + "' " + what};
}

bool is_unsigned_array(const Json& json, std::size_t max_size) {
  if (!json.IsArray() || json.Size() > max_size) return false;
  for (const Json& item : json.GetArray()) {
    if (!item.IsUint64()) return false;
  }
  return true;
}

Result<TensorView> parse_tensor(const std::string& name, const Json& json,
                                std::span<const std::uint8_t> data) {
  const Json* dtype_json = find_member(json, "dtype");
  const Json* shape_json = find_member(json, "shape");
  const Json* offsets_json = find_member(json, "data_offsets");
  if (!dtype_json || !dtype_json->IsString() || !shape_json || !offsets_json) {
    return tensor_error(ErrorCode::malformed, name, "lacks a dtype, shape or data_offsets");
  }
  const std::optional<Dtype> dtype = find_dtype(as_string_view(*dtype_json));
  if (!dtype)
    return tensor_error(ErrorCode::malformed, name,
                        "has a dtype other than BF16, F16, F32 and F64");
  if (!is_unsigned_array(*shape_json, Shape::kMaxRank)) {
    return tensor_error(ErrorCode::malformed, name,
                        "has a shape that is not a list of up to 4 sizes");
  }
  if (!is_unsigned_array(*offsets_json, 2) || offsets_json->Size() != 2) {
    return tensor_error(ErrorCode::malformed, name,
                        "has data_offsets that are not a pair of positions");
  }
  const std::uint64_t begin = (*offsets_json)[0].GetUint64();
  const std::uint64_t end = (*offsets_json)[1].GetUint64();
  if (begin > end || end > data.size()) {
    return tensor_error(ErrorCode::truncated, name, "extends beyond the end of the file");
  }
  TensorView view{*dtype, {}, {}};
  std::uint64_t size = dtype_size(*dtype);
  for (const Json& extent_json : shape_json->GetArray()) {
    const std::uint64_t extent = extent_json.GetUint64();
    // Both factors stay below 2^32, so the product cannot wrap.
    if (extent > INT32_MAX || size * extent > data.size()) {
      return tensor_error(ErrorCode::malformed, name, "is larger than the file");
    }
    size *= extent;
    view.shape.push_back(static_cast<int>(extent));
  }
  if (end - begin != size)
    return tensor_error(ErrorCode::malformed, name, "has a byte range that does not fit its shape");
  view.bytes = data.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(size));
  return view;
}

/// Checks that tensors cover the data without overlaps or gaps, as the format requires.
Status check_coverage(const std::map<std::string, TensorView>& tensors,
                      std::span<const std::uint8_t> data) {
  std::vector<std::pair<std::size_t, std::size_t>> ranges;  // begin, end
  for (const auto& [name, tensor] : tensors) {
    const auto begin = static_cast<std::size_t>(tensor.bytes.data() - data.data());
    ranges.emplace_back(begin, begin + tensor.bytes.size());
  }
  std::make_heap(ranges.begin(), ranges.end());  // heap sort has the smallest code to download
  std::sort_heap(ranges.begin(), ranges.end());
  std::size_t position = 0;
  for (const auto& [begin, end] : ranges) {
    if (begin != position) {
      return malformed("tensors overlap or leave a gap at byte " + std::to_string(position));
    }
    position = end;
  }
  if (position != data.size()) {
    return malformed("the last tensor is followed by " + std::to_string(data.size() - position) +
                     " more bytes");
  }
  return {};
}

float read_element(const TensorView& tensor, std::size_t index) {
  const std::uint8_t* source = tensor.bytes.data() + index * dtype_size(tensor.dtype);
  switch (tensor.dtype) {
    case Dtype::bf16:
    case Dtype::f16: {
      std::uint16_t bits = 0;
      std::memcpy(&bits, source, sizeof bits);
      if (tensor.dtype == Dtype::bf16) {  // the upper half of a float
        return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
      }
      return static_cast<float>(Eigen::numext::bit_cast<Eigen::half>(bits));
    }
    case Dtype::f32: {
      float value = 0;
      std::memcpy(&value, source, sizeof value);
      return value;
    }
    case Dtype::f64: {
      double value = 0;
      std::memcpy(&value, source, sizeof value);
      return static_cast<float>(value);
    }
  }
  return 0;
}

}  // namespace

std::string_view dtype_name(Dtype dtype) {
  return kDtypes[static_cast<std::size_t>(dtype)].first;
}

Error not_safetensors() {
  return {ErrorCode::bad_magic, "not a safetensors file"};
}

Result<SafetensorsParts> split_safetensors(std::span<const std::uint8_t> bytes) {
  if (bytes.size() <= kLengthBytes) return not_safetensors();
  std::uint64_t header_size = 0;
  std::memcpy(&header_size, bytes.data(), kLengthBytes);
  if (header_size > kMaxHeader) return not_safetensors();
  if (header_size > bytes.size() - kLengthBytes) {
    return Error{ErrorCode::truncated, "the safetensors header is longer than the file"};
  }
  if (bytes.size() > UINT32_MAX) return malformed("safetensors files over 4 GB are not supported");
  const std::string_view header(reinterpret_cast<const char*>(bytes.data()) + kLengthBytes,
                                static_cast<std::size_t>(header_size));
  return SafetensorsParts{header, bytes.subspan(kLengthBytes + header.size())};
}

Result<SafetensorsFile> SafetensorsFile::parse(std::span<const std::uint8_t> bytes) {
  if (bytes.size() > kLengthBytes && bytes[kLengthBytes] != '{') return not_safetensors();
  GANVAS_ASSIGN_OR_RETURN(const SafetensorsParts parts, split_safetensors(bytes));
  const std::optional<JsonDocument> json = parse_json(parts.header);
  if (!json || !json->IsObject()) return malformed("the safetensors header is not a JSON object");

  SafetensorsFile file;
  for (const auto& [name_json, value] : json->GetObject()) {
    const std::string name(as_string_view(name_json));
    if (name == "__metadata__") {
      if (!value.IsObject()) return malformed("__metadata__ is not an object");
      for (const auto& [key, text] : value.GetObject()) {
        if (!text.IsString()) return malformed("__metadata__ has a value that is not a string");
        file.metadata_[std::string(as_string_view(key))] = as_string_view(text);
      }
      continue;
    }
    GANVAS_ASSIGN_OR_RETURN(const TensorView view, parse_tensor(name, value, parts.data));
    if (!file.tensors_.emplace(name, view).second) {
      return tensor_error(ErrorCode::malformed, name, "is listed twice");
    }
  }
  GANVAS_RETURN_IF_ERROR(check_coverage(file.tensors_, parts.data));
  return file;
}

const std::string* SafetensorsFile::metadata(const std::string& key) const {
  const auto found = metadata_.find(key);
  return found == metadata_.end() ? nullptr : &found->second;
}

Status SafetensorsFile::check(const std::string& name, const Shape& shape) const {
  const auto found = tensors_.find(name);
  if (found == tensors_.end()) {
    return tensor_error(ErrorCode::missing_tensor, name, "is missing");
  }
  const TensorView& tensor = found->second;
  if (tensor.shape != shape) {
    return Error{ErrorCode::shape_mismatch, "tensor '" + name + "' has shape " +
                                                tensor.shape.to_string() + ", the model needs " +
                                                shape.to_string()};
  }
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (!std::isfinite(read_element(tensor, i))) {
      return Error{ErrorCode::non_finite,
                   "tensor '" + name + "' holds a NaN or Inf at element " + std::to_string(i)};
    }
  }
  return {};
}

void SafetensorsFile::read(const std::string& name, std::span<float> values) const {
  const auto found = tensors_.find(name);
  assert(found != tensors_.end() && found->second.shape.size() == values.size());
  const TensorView& tensor = found->second;
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = read_element(tensor, i);
}

void SafetensorsWriter::set_metadata(const std::string& key, std::string value) {
  metadata_[key] = std::move(value);
}

void SafetensorsWriter::reserve(std::size_t numbers) {
  constexpr std::size_t kHeader = 64 << 10;  // more than that of most checkpoints
  data_.reserve(numbers * sizeof(float) + kHeader);
}

void SafetensorsWriter::add(const std::string& name, const Shape& shape,
                            std::span<const float> values, Dtype dtype) {
  assert(shape.size() == values.size());
  assert(dtype != Dtype::f64);
  const std::size_t begin = data_.size();
  data_.resize(begin + values.size() * dtype_size(dtype));
  if (dtype == Dtype::f32) {
    // Not memcpy, which must not be called with the null pointer of an empty tensor.
    std::copy_n(reinterpret_cast<const std::uint8_t*>(values.data()), values.size_bytes(),
                data_.data() + begin);
  } else {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::uint16_t bits =
          dtype == Dtype::bf16 ? Eigen::numext::bit_cast<std::uint16_t>(Eigen::bfloat16(values[i]))
                               : Eigen::numext::bit_cast<std::uint16_t>(Eigen::half(values[i]));
      std::memcpy(data_.data() + begin + i * sizeof bits, &bits, sizeof bits);
    }
  }
  entries_[name] = {dtype, shape, begin, data_.size()};
}

std::vector<std::uint8_t> SafetensorsWriter::finish() {
  JsonText header;
  JsonWriter writer(header);
  writer.StartObject();
  if (!metadata_.empty()) {
    writer.Key("__metadata__");
    writer.StartObject();
    for (const auto& [key, value] : metadata_) write_member(writer, key, value);
    writer.EndObject();
  }
  for (const auto& [name, entry] : entries_) {
    write_key(writer, name);
    writer.StartObject();
    write_member(writer, "dtype", dtype_name(entry.dtype));
    write_member(writer, "shape", entry.shape);
    writer.Key("data_offsets");
    writer.StartArray();
    write_json(writer, entry.begin);
    write_json(writer, entry.end);
    writer.EndArray();
    writer.EndObject();
  }
  writer.EndObject();
  std::string text(header.GetString(), header.GetSize());
  text.resize((text.size() + 7) / 8 * 8, ' ');  // aligns the data

  const std::uint64_t header_size = text.size();
  text.insert(0, reinterpret_cast<const char*>(&header_size), kLengthBytes);
  data_.insert(data_.begin(), text.begin(), text.end());
  return std::move(data_);
}

}  // namespace ganvas
