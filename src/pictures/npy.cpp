// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The header is a Python dictionary in a fixed form; see npy.h.
#include "pictures/npy.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

namespace ganvas {
namespace {

constexpr std::size_t kMaxAxes = 8;
constexpr std::array<std::pair<std::string_view, Element>, 11> kNpyTypes{{{"u1", Element::u8},
                                                                          {"b1", Element::boolean},
                                                                          {"i1", Element::i8},
                                                                          {"u2", Element::u16},
                                                                          {"i2", Element::i16},
                                                                          {"u4", Element::u32},
                                                                          {"i4", Element::i32},
                                                                          {"u8", Element::u64},
                                                                          {"i8", Element::i64},
                                                                          {"f4", Element::f32},
                                                                          {"f8", Element::f64}}};

/// What follows 'key': in the dictionary, without spaces in front; empty if the key is not there.
std::string_view value_of(std::string_view header, std::string_view key) {
  const std::string quoted = "'" + std::string(key) + "':";
  const std::size_t at = header.find(quoted);
  if (at == std::string_view::npos) return {};
  std::string_view value = header.substr(at + quoted.size());
  value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
  return value;
}

/// "'|u1', ..." and the like: sets element and byte order.
bool read_type(std::string_view value, NumberArray& array) {
  if (value.size() < 5 || value[0] != '\'' || value[4] != '\'') return false;
  const auto type = std::ranges::find(kNpyTypes, value.substr(2, 2),
                                      &std::pair<std::string_view, Element>::first);
  const std::string_view order = "<>|=";
  if (type == kNpyTypes.end() || order.find(value[1]) == std::string_view::npos) return false;
  array.element = type->second;
  array.big_endian = value[1] == '>';
  return true;
}

/// "(60000, 28, 28)"
std::optional<std::vector<std::size_t>> read_shape(std::string_view value) {
  if (value.empty() || value[0] != '(') return std::nullopt;
  std::vector<std::size_t> shape;
  const char* at = value.data() + 1;
  const char* const end = value.data() + value.size();
  while (at < end && *at != ')') {
    if (*at == ' ' || *at == ',') {
      ++at;
      continue;
    }
    std::size_t extent = 0;
    const auto [stop, error] = std::from_chars(at, end, extent);
    if (error != std::errc{} || shape.size() == kMaxAxes) return std::nullopt;
    shape.push_back(extent);
    at = stop;
  }
  if (at == end) return std::nullopt;
  return shape;
}

/// A file's dictionary, and what follows it.
struct Parts {
  std::string_view header;
  std::span<const std::uint8_t> data;
};

Result<Parts> parts_of(std::span<const std::uint8_t> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!text.starts_with(kNpyMagic)) return Error{ErrorCode::bad_magic, "not a NumPy file"};
  constexpr std::size_t kVersion = kNpyMagic.size();
  const std::size_t length_bytes = text.size() > kVersion && bytes[kVersion] == 1 ? 2 : 4;
  const std::size_t start = kVersion + 2 + length_bytes;
  if (text.size() < start) return Error{ErrorCode::truncated, "the NumPy header ends early"};
  std::size_t length = 0;
  for (std::size_t i = 0; i < length_bytes; ++i)
    length |= std::size_t{bytes[kVersion + 2 + i]} << (8 * i);
  if (text.size() - start < length)
    return Error{ErrorCode::truncated, "the NumPy header ends early"};
  return Parts{text.substr(start, length), bytes.subspan(start + length)};
}

Error wrong_type(std::string_view type) {
  return {ErrorCode::malformed, "NumPy array of the type " +
                                    std::string(type.substr(0, type.find_first_of(",}"))) +
                                    ", not of whole numbers or floats"};
}

void append_utf8(std::string& text, std::uint32_t code) {
  constexpr std::uint32_t kReplacement = 0xfffd;
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) code = kReplacement;
  const auto follow = [&](int shift) {
    text += static_cast<char>(0x80 | ((code >> shift) & 0x3f));
  };
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xc0 | (code >> 6));
    follow(0);
  } else if (code < 0x10000) {
    text += static_cast<char>(0xe0 | (code >> 12));
    follow(6);
    follow(0);
  } else {
    text += static_cast<char>(0xf0 | (code >> 18));
    follow(12);
    follow(6);
    follow(0);
  }
}

/// Without the zeros that fill it up.
std::string text_of(std::span<const std::uint8_t> bytes, bool unicode, bool big_endian) {
  std::string text;
  if (!unicode) {
    text.assign(bytes.begin(), bytes.end());
  } else {
    for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) {
      std::uint32_t code = 0;
      for (std::size_t i = 0; i < 4; ++i) code = code << 8 | bytes[at + (big_endian ? i : 3 - i)];
      append_utf8(text, code);
    }
  }
  text.erase(text.find_last_not_of('\0') + 1);
  return text;
}

}  // namespace

Result<NumberArray> parse_npy(std::span<const std::uint8_t> bytes) {
  GANVAS_ASSIGN_OR_RETURN(const Parts parts, parts_of(bytes));
  NumberArray array;
  const std::string_view type = value_of(parts.header, "descr");
  if (!read_type(type, array)) return wrong_type(type);
  array.column_major = value_of(parts.header, "fortran_order").starts_with("True");
  std::optional<std::vector<std::size_t>> shape = read_shape(value_of(parts.header, "shape"));
  if (!shape) return Error{ErrorCode::malformed, "the NumPy header has no shape"};
  array.shape = *std::move(shape);
  const std::optional<std::size_t> size = checked_size(array.shape, size_of(array.element));
  if (!size) return Error{ErrorCode::too_large, "the NumPy header declares too much data"};
  array.bytes = parts.data;
  if (array.bytes.size() != *size * size_of(array.element)) {
    return Error{array.bytes.size() < *size * size_of(array.element) ? ErrorCode::truncated
                                                                     : ErrorCode::malformed,
                 "NumPy array " + array.describe() + " with " + std::to_string(array.bytes.size()) +
                     " bytes of data"};
  }
  return array;
}

Result<std::vector<std::string>> parse_npy_texts(std::span<const std::uint8_t> bytes) {
  GANVAS_ASSIGN_OR_RETURN(const Parts parts, parts_of(bytes));
  // "'<U7', ..."
  const std::string_view type = value_of(parts.header, "descr");
  constexpr std::size_t kDigits = 3;
  std::size_t width = 0;
  if (type.size() <= kDigits || (type[2] != 'U' && type[2] != 'S')) return wrong_type(type);
  std::from_chars(type.data() + kDigits, type.data() + type.size(), width);
  const bool unicode = type[2] == 'U';
  constexpr std::size_t kMaxWidth = 1 << 16;
  const auto shape = read_shape(value_of(parts.header, "shape"));
  if (!shape || shape->size() != 1 || width == 0 || width > kMaxWidth)
    return Error{ErrorCode::malformed, "not one axis of texts"};
  const std::size_t each = unicode ? 4 * width : width;
  if (parts.data.size() % each != 0 || parts.data.size() / each != shape->front())
    return Error{ErrorCode::truncated, "texts of another size than the NumPy header says"};
  std::vector<std::string> texts;
  for (std::size_t at = 0; at < parts.data.size(); at += each)
    texts.push_back(text_of(parts.data.subspan(at, each), unicode, type[1] == '>'));
  return texts;
}

std::vector<std::uint8_t> write_npy(std::span<const std::size_t> shape,
                                    std::span<const std::uint8_t> values) {
  std::string header = "{'descr': '|u1', 'fortran_order': False, 'shape': (";
  for (const std::size_t extent : shape) header += std::to_string(extent) + ",";
  header += "), }";
  constexpr std::size_t kPrefix = kNpyMagic.size() + 4;
  while ((kPrefix + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  assert(header.size() < 1 << 16);
  std::vector<std::uint8_t> bytes(kNpyMagic.begin(), kNpyMagic.end());
  for (const std::size_t byte :
       {std::size_t{1}, std::size_t{0}, header.size() & 255, header.size() >> 8})
    bytes.push_back(static_cast<std::uint8_t>(byte));
  bytes.insert(bytes.end(), header.begin(), header.end());
  bytes.insert(bytes.end(), values.begin(), values.end());
  return bytes;
}

}  // namespace ganvas
