// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Structs that describe themselves. A config struct lists its members once, in `kFields`; JSON
// reading and writing, range checks and the generated description use that list. Enums list their
// names in the same way.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>

namespace ganvas {

/// The names of an enum's values, in order. Specialised next to each enum that has names.
template <typename Enum>
inline constexpr std::array<std::string_view, 0> kEnumNames{};

template <typename Enum>
constexpr std::string_view name_of(Enum value) {
  return kEnumNames<Enum>[static_cast<std::size_t>(value)];
}

/// The values that a field accepts. NaN is outside every range.
struct Range {
  double low = 0;
  double high = 0;
  bool excludes_high = false;

  constexpr bool contains(double value) const {
    return value >= low && (excludes_high ? value < high : value <= high);
  }
};

inline constexpr double kMaxCount = 1 << 30;  // largest number of examples or steps

/// When a changed setting takes effect: in the current run, or only in a new one.
enum class TakesEffect { from_start, at_once };
template <>
inline constexpr std::array<std::string_view, 2> kEnumNames<TakesEffect>{"from_start", "at_once"};

/// A member of a config struct: its JSON key and, for numbers, the allowed range. The default is
/// the value in a default-constructed struct; if it is outside the range, a config must set the
/// field.
template <typename Object, typename Value>
struct Field {
  const char* name;
  Value Object::* member;
  Range range;
  TakesEffect changes;

  constexpr Field(const char* field_name, Value Object::* field_member, Range field_range = {},
                  TakesEffect field_changes = TakesEffect::from_start)
      : name(field_name), member(field_member), range(field_range), changes(field_changes) {}
};

/// Calls visit(field, value) for every field of the object.
template <typename Object, typename Visit>
void for_each_field(Object& object, const Visit& visit) {
  std::apply([&](const auto&... field) { (visit(field, object.*field.member), ...); },
             std::remove_const_t<Object>::kFields);
}

/// The name of the current alternative in configs.
template <typename... Alternatives>
std::string_view type_name(const std::variant<Alternatives...>& variant) {
  return std::visit([](const auto& alternative) { return alternative.kType; }, variant);
}

}  // namespace ganvas
