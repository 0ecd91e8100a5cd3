// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Structs that describe themselves. A config struct lists its members once, as `kFields`; reading
// and writing JSON, range checks and the generated description all follow from that list. Enums
// list their names in the same way.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>

namespace ganvas {

/// The names of an enum's values, in the order of the values. Specialised beside each enum that has
/// names.
template <typename Enum>
inline constexpr std::array<std::string_view, 0> kEnumNames{};

template <typename Enum>
constexpr std::string_view name_of(Enum value) {
  return kEnumNames<Enum>[static_cast<std::size_t>(value)];
}

/// The numbers that a field accepts. A NaN is in no range.
struct Range {
  double low = 0;
  double high = 0;
  bool excludes_high = false;

  constexpr bool contains(double value) const {
    return value >= low && (excludes_high ? value < high : value <= high);
  }
};

inline constexpr double kMaxCount = 1 << 30;  // of examples and steps

/// Whether a run in progress takes a new value, or only the next run.
enum class Takes { from_start, at_once };
template <>
inline constexpr std::array<std::string_view, 2> kEnumNames<Takes>{"from_start", "at_once"};

/// A member of a config struct: its key in JSON and, for numbers, their range. Its default is that
/// of a default-constructed struct; a default outside the range means that the config must give a
/// value.
template <typename Object, typename Value>
struct Field {
  const char* name;
  Value Object::* member;
  Range range;
  Takes changes;

  constexpr Field(const char* field_name, Value Object::* field_member, Range field_range = {},
                  Takes field_changes = Takes::from_start)
      : name(field_name), member(field_member), range(field_range), changes(field_changes) {}
};

/// Calls visit(field, value) for every field of the object.
template <typename Object, typename Visit>
void for_each_field(Object& object, const Visit& visit) {
  std::apply([&](const auto&... field) { (visit(field, object.*field.member), ...); },
             std::remove_const_t<Object>::kFields);
}

/// The name in configs of a variant's current alternative.
template <typename... Alternatives>
std::string_view type_name(const std::variant<Alternatives...>& variant) {
  return std::visit([](const auto& alternative) { return alternative.kType; }, variant);
}

}  // namespace ganvas
