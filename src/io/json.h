// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Wrappers around RapidJSON: safe parsing of untrusted text, and writing of fields.
#pragma once

#include <rapidjson/document.h>
#include <rapidjson/error/error.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>
#include <cstddef>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/fields.h"
#include "tensor/shape.h"

namespace ganvas {

/// The memory of all that RapidJSON does here. Its own allocator passes on the null of a malloc
/// that failed, which it then writes through; operator new throws.
class JsonMemory {
 public:
  static constexpr bool kNeedFree = true;
  void* Malloc(std::size_t size) { return size > 0 ? ::operator new(size) : nullptr; }
  void* Realloc(void* bytes, std::size_t size, std::size_t new_size);
  static void Free(void* bytes) { ::operator delete(bytes); }
};

using JsonPool = rapidjson::MemoryPoolAllocator<JsonMemory>;
using Json = rapidjson::GenericValue<rapidjson::UTF8<>, JsonPool>;
using JsonDocument = rapidjson::GenericDocument<rapidjson::UTF8<>, JsonPool, JsonMemory>;
using JsonText = rapidjson::GenericStringBuffer<rapidjson::UTF8<>, JsonMemory>;
using JsonWriter = rapidjson::Writer<JsonText, rapidjson::UTF8<>, rapidjson::UTF8<>, JsonMemory>;
using JsonPrettyWriter =
    rapidjson::PrettyWriter<JsonText, rapidjson::UTF8<>, rapidjson::UTF8<>, JsonMemory>;

struct JsonReading {
  JsonDocument document;
  rapidjson::ParseResult result;  // its offset is that in the text after a byte order mark
};

/// Parses text up to its first NUL, and tells what is wrong where. A number that is larger than
/// doubles are is the error kParseErrorTermination.
JsonReading read_json(std::string_view text);

/// Parses text that is one JSON value in valid UTF-8; otherwise returns nothing. Whole numbers up
/// to 2^64 are exact, and others the nearest double. Nesting uses heap, not stack, both in parsing
/// and in freeing.
std::optional<JsonDocument> parse_json(std::string_view text);

/// The member, or null if `json` is not an object or lacks the key.
const Json* find_member(const Json& json, std::string_view key);

inline std::string_view as_string_view(const Json& json) {
  return {json.GetString(), json.GetStringLength()};
}

template <typename Writer, typename Value>
void write_member(Writer& writer, std::string_view key, const Value& value);

/// Writes a bool, number, string, shape, range, or the name of an enum value. NaN and infinities
/// become null.
template <typename Writer, typename Value>
void write_json(Writer& writer, const Value& value) {
  if constexpr (std::is_same_v<Value, bool>) {
    writer.Bool(value);
  } else if constexpr (std::is_floating_point_v<Value>) {
    std::isfinite(value) ? writer.Double(value) : writer.Null();
  } else if constexpr (std::is_integral_v<Value>) {
    const std::string digits =
        std::to_string(value);  // smaller than RapidJSON's, which is unrolled
    writer.RawValue(digits.data(), digits.size(), rapidjson::kNumberType);
  } else if constexpr (std::is_same_v<Value, Shape>) {
    writer.StartArray();
    for (int axis = 0; axis < value.rank(); ++axis) write_json(writer, value[axis]);
    writer.EndArray();
  } else if constexpr (std::is_same_v<Value, Range>) {
    writer.StartObject();
    write_member(writer, "least", value.low);
    write_member(writer, value.excludes_high ? "below" : "most", value.high);
    writer.EndObject();
  } else if constexpr (std::is_enum_v<Value>) {
    write_json(writer, name_of(value));
  } else {
    const std::string_view text = value;
    writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }
}

template <typename Writer>
void write_key(Writer& writer, std::string_view key) {
  writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
}

/// Writes a member of the current object.
template <typename Writer, typename Value>
void write_member(Writer& writer, std::string_view key, const Value& value) {
  write_key(writer, key);
  write_json(writer, value);
}

/// Writes the fields of a config struct as members of the current object. Texts that older files
/// lack are left out where there is nothing to say.
template <typename Writer, typename Object>
void write_fields(Writer& writer, const Object& object) {
  for_each_field(object, [&](const auto& field, const auto& value) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, std::string>) {
      if (field.later && value.empty()) return;
    }
    write_member(writer, field.name, value);
  });
}

/// The same for a struct of numbers.
template <typename Writer>
void write_numbers(Writer& writer, NumberFields fields, const void* object) {
  for (const NumberField& field : fields) {
    write_key(writer, field.name);
    const double value = field.get(object);
    field.whole ? write_json(writer, static_cast<int>(value)) : write_json(writer, value);
  }
}

}  // namespace ganvas
