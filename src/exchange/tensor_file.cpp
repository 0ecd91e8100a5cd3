// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Parses safetensors of other programs; see tensor_file.h.
#include "exchange/tensor_file.h"

#include <Eigen/Core>
#include <bit>
#include <cstring>
#include <optional>
#include <utility>

#include "io/json.h"
#include "io/safetensors.h"

namespace ganvas {
namespace {

std::optional<std::vector<std::uint64_t>> numbers_of(const Json* json) {
  if (!json || !json->IsArray()) return std::nullopt;
  std::vector<std::uint64_t> numbers;
  for (const Json& item : json->GetArray()) {
    if (!item.IsUint64()) return std::nullopt;
    numbers.push_back(item.GetUint64());
  }
  return numbers;
}

Result<AnyTensor> read_tensor(const std::string& name, const Json& json,
                              std::span<const std::uint8_t> data) {
  const Json* dtype = find_member(json, "dtype");
  auto shape = numbers_of(find_member(json, "shape"));
  const auto offsets = numbers_of(find_member(json, "data_offsets"));
  if (!dtype || !dtype->IsString() || !shape || !offsets || offsets->size() != 2) {
    return Error{ErrorCode::malformed,
                 "tensor '" + name + "' lacks a dtype, shape or data_offsets"};
  }
  const auto [begin, end] = std::pair((*offsets)[0], (*offsets)[1]);
  if (begin > end || end > data.size()) {
    return Error{ErrorCode::truncated, "tensor '" + name + "' extends beyond the end of the file"};
  }
  return AnyTensor{
      std::string(as_string_view(*dtype)), *std::move(shape),
      data.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin))};
}

/// Numbers of type Stored, each as a float.
template <typename Stored, typename Convert>
std::vector<float> converted(const AnyTensor& tensor, Convert convert) {
  std::uint64_t count = 1;
  for (const std::uint64_t extent : tensor.shape) {
    // Both factors stay below 2^32, so the product cannot wrap.
    if (extent > UINT32_MAX || count * extent > tensor.bytes.size()) return {};
    count *= extent;
  }
  if (count * sizeof(Stored) != tensor.bytes.size()) return {};
  std::vector<float> values(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < values.size(); ++i) {
    Stored stored;
    std::memcpy(&stored, tensor.bytes.data() + i * sizeof stored, sizeof stored);
    values[i] = convert(stored);
  }
  return values;
}

}  // namespace

Result<TensorFile> read_tensor_file(std::span<const std::uint8_t> bytes) {
  GANVAS_ASSIGN_OR_RETURN(const SafetensorsParts parts, split_safetensors(bytes));
  const std::optional<JsonDocument> json = parse_json(parts.header);
  if (!json || !json->IsObject()) return not_safetensors();

  TensorFile file;
  for (const auto& [name_json, value] : json->GetObject()) {
    const std::string name(as_string_view(name_json));
    if (name != "__metadata__") {
      GANVAS_ASSIGN_OR_RETURN(AnyTensor tensor, read_tensor(name, value, parts.data));
      file.tensors[name] = std::move(tensor);
    } else if (value.IsObject()) {
      for (const auto& [key, text] : value.GetObject()) {
        if (text.IsString()) file.metadata[std::string(as_string_view(key))] = as_string_view(text);
      }
    }
  }
  return file;
}

std::vector<float> floats_of(const AnyTensor& tensor) {
  if (tensor.dtype == "F64") {
    return converted<double>(tensor, [](double value) { return static_cast<float>(value); });
  }
  if (tensor.dtype == "F32") return converted<float>(tensor, [](float value) { return value; });
  if (tensor.dtype == "F16") {
    return converted<std::uint16_t>(tensor, [](std::uint16_t bits) {
      return static_cast<float>(Eigen::numext::bit_cast<Eigen::half>(bits));
    });
  }
  if (tensor.dtype == "BF16") {  // the upper half of a float
    return converted<std::uint16_t>(tensor, [](std::uint16_t bits) {
      return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
    });
  }
  return {};
}

std::string shape_text(std::span<const std::uint64_t> shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
  }
  return text + (shape.size() == 1 ? ",)" : ")");
}

}  // namespace ganvas
