// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Parsing and writing safetensors; see safetensors.h.
#include "io/safetensors.h"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace ganvas {
namespace {

using Json = nlohmann::json;

static_assert(std::endian::native == std::endian::little, "tensors are stored little-endian");

constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kMaxHeader =
    1u << 20;  // ours are some kilobytes; JSON takes many times its text

constexpr std::array<std::pair<std::string_view, std::size_t>, 3> kDtypes{
    {{"F16", 2}, {"F32", 4}, {"F64", 8}}};  // in the order of Dtype

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

bool is_unsigned_array(const Json& json, std::size_t max_size) {
  if (!json.is_array() || json.size() > max_size) return false;
  for (const Json& item : json) {
    if (!item.is_number_unsigned()) return false;
  }
  return true;
}

Result<TensorView> parse_tensor(const std::string& name, const Json& json,
                                std::span<const std::uint8_t> data) {
  const std::string where = "tensor '" + name + "' ";
  const auto dtype_json = json.find("dtype");
  const auto shape_json = json.find("shape");
  const auto offsets_json = json.find("data_offsets");
  if (!json.is_object() || dtype_json == json.end() || !dtype_json->is_string() ||
      shape_json == json.end() || offsets_json == json.end()) {
    return malformed(where + "lacks a dtype, shape or data_offsets");
  }
  const std::optional<Dtype> dtype = find_dtype(dtype_json->get_ref<const std::string&>());
  if (!dtype) return malformed(where + "has a dtype other than F16, F32 and F64");
  if (!is_unsigned_array(*shape_json, Shape::kMaxRank)) {
    return malformed(where + "has a shape that is no list of up to 4 sizes");
  }
  if (!is_unsigned_array(*offsets_json, 2) || offsets_json->size() != 2) {
    return malformed(where + "has data_offsets that are no pair of positions");
  }
  const auto begin = (*offsets_json)[0].get<std::uint64_t>();
  const auto end = (*offsets_json)[1].get<std::uint64_t>();
  if (begin > end || end > data.size()) {
    return Error{ErrorCode::truncated, where + "lies beyond the end of the file"};
  }
  TensorView view{*dtype, {}, {}};
  std::uint64_t size = dtype_size(*dtype);
  for (const Json& extent_json : *shape_json) {
    const auto extent = extent_json.get<std::uint64_t>();
    // Both factors stay below 2^32, so the product cannot wrap.
    if (extent > INT32_MAX || size * extent > data.size()) {
      return malformed(where + "is larger than the file");
    }
    size *= extent;
    view.shape.push_back(static_cast<int>(extent));
  }
  if (end - begin != size) return malformed(where + "has a byte range that does not fit its shape");
  view.bytes = data.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(size));
  return view;
}

/// The format's rule that tensors follow one another without overlaps or gaps, up to the end of the
/// file.
Status check_coverage(const std::map<std::string, TensorView>& tensors,
                      std::span<const std::uint8_t> data) {
  std::vector<std::pair<std::size_t, std::size_t>> ranges;  // begin, end
  for (const auto& [name, tensor] : tensors) {
    const auto begin = static_cast<std::size_t>(tensor.bytes.data() - data.data());
    ranges.emplace_back(begin, begin + tensor.bytes.size());
  }
  std::sort(ranges.begin(), ranges.end());
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
    case Dtype::f16: {
      std::uint16_t bits = 0;
      std::memcpy(&bits, source, sizeof bits);
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

Result<SafetensorsFile> SafetensorsFile::parse(std::span<const std::uint8_t> bytes) {
  const Error not_safetensors{ErrorCode::bad_magic, "not a safetensors file"};
  if (bytes.size() <= kLengthBytes || bytes[kLengthBytes] != '{') return not_safetensors;
  std::uint64_t header_size = 0;
  std::memcpy(&header_size, bytes.data(), kLengthBytes);
  if (header_size > kMaxHeader) return not_safetensors;
  if (header_size > bytes.size() - kLengthBytes) {
    return Error{ErrorCode::truncated, "the safetensors header is longer than the file"};
  }
  if (bytes.size() > UINT32_MAX) return malformed("safetensors files over 4 GB are not read");
  const auto header = bytes.subspan(kLengthBytes, static_cast<std::size_t>(header_size));
  const auto data = bytes.subspan(kLengthBytes + static_cast<std::size_t>(header_size));
  const Json json = Json::parse(header.begin(), header.end(), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return malformed("the safetensors header is not a JSON object");

  SafetensorsFile file;
  for (const auto& [name, value] : json.items()) {
    if (name == "__metadata__") {
      if (!value.is_object()) return malformed("__metadata__ is not an object");
      for (const auto& [key, text] : value.items()) {
        if (!text.is_string()) return malformed("__metadata__ holds a value that is no string");
        file.metadata_[key] = text.get<std::string>();
      }
      continue;
    }
    GANVAS_ASSIGN_OR_RETURN(const TensorView view, parse_tensor(name, value, data));
    file.tensors_.emplace(name, view);
  }
  GANVAS_RETURN_IF_ERROR(check_coverage(file.tensors_, data));
  return file;
}

const std::string* SafetensorsFile::metadata(const std::string& key) const {
  const auto found = metadata_.find(key);
  return found == metadata_.end() ? nullptr : &found->second;
}

Status SafetensorsFile::check(const std::string& name, const Shape& shape) const {
  const auto found = tensors_.find(name);
  if (found == tensors_.end()) {
    return Error{ErrorCode::missing_tensor, "tensor '" + name + "' is missing"};
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

void SafetensorsWriter::add(const std::string& name, const Shape& shape,
                            std::span<const float> values, Dtype dtype) {
  assert(shape.size() == values.size());
  assert(dtype == Dtype::f16 || dtype == Dtype::f32);
  const std::size_t begin = data_.size();
  data_.resize(begin + values.size() * dtype_size(dtype));
  if (dtype == Dtype::f32) {
    // Not memcpy, which an empty tensor's null pointer is forbidden to be passed to.
    std::copy_n(reinterpret_cast<const std::uint8_t*>(values.data()), values.size_bytes(),
                data_.data() + begin);
  } else {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Eigen::half half(values[i]);
      std::memcpy(data_.data() + begin + i * sizeof half, &half, sizeof half);
    }
  }
  entries_[name] = {dtype, shape, begin, data_.size()};
}

std::vector<std::uint8_t> SafetensorsWriter::finish() const {
  Json header = Json::object();
  if (!metadata_.empty()) header["__metadata__"] = metadata_;
  for (const auto& [name, entry] : entries_) {
    Json shape = Json::array();
    for (int axis = 0; axis < entry.shape.rank(); ++axis) shape.push_back(entry.shape[axis]);
    header[name] = {{"dtype", dtype_name(entry.dtype)},
                    {"shape", std::move(shape)},
                    {"data_offsets", {entry.begin, entry.end}}};
  }
  std::string text = header.dump(-1, ' ', false, Json::error_handler_t::replace);
  text.resize((text.size() + 7) / 8 * 8, ' ');  // the data starts aligned

  std::vector<std::uint8_t> bytes(kLengthBytes + text.size() + data_.size());
  const std::uint64_t header_size = text.size();
  std::memcpy(bytes.data(), &header_size, kLengthBytes);
  std::memcpy(bytes.data() + kLengthBytes, text.data(), text.size());
  if (!data_.empty()) {
    std::memcpy(bytes.data() + kLengthBytes + text.size(), data_.data(), data_.size());
  }
  return bytes;
}

}  // namespace ganvas
