// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Structs that describe themselves. A config struct lists its members once, in `kFields`; JSON
// reading and writing, range checks and the generated description use that list. Enums list their
// names in the same way.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
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
/// The largest seed: up to it JavaScript's numbers are exact.
inline constexpr std::int64_t kMaxSeed = (std::int64_t{1} << 53) - 1;

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
  bool later = false;  // files of older versions lack it, so it can be missing

  constexpr Field(const char* field_name, Value Object::* field_member, Range field_range = {},
                  TakesEffect field_changes = TakesEffect::from_start, bool is_later = false)
      : name(field_name),
        member(field_member),
        range(field_range),
        changes(field_changes),
        later(is_later) {}
};

/// Calls visit(field, value) for every field of the object, whose kFields is a tuple.
template <typename Object, typename Visit>
void for_each_field(Object& object, const Visit& visit) {
  std::apply([&](const auto&... field) { (visit(field, object.*field.member), ...); },
             std::remove_const_t<Object>::kFields);
}

/// The same for structs that hold only numbers. Without the struct's type, so that one loop serves
/// all of them, which is less code to download.
struct NumberField {
  const char* name;
  Range range;
  TakesEffect changes;
  bool whole;
  double (*get)(const void* object);
  void (*set)(void* object, double value);
};

namespace detail {

template <typename Member>
struct MemberTypes;
template <typename Object_, typename Value_>
struct MemberTypes<Value_ Object_::*> {
  using Object = Object_;
  using Value = Value_;
};
template <auto Member>
double get_number(const void* object) {
  using Object = typename MemberTypes<decltype(Member)>::Object;
  return static_cast<double>(static_cast<const Object*>(object)->*Member);
}
template <auto Member>
void set_number(void* object, double value) {
  using Types = MemberTypes<decltype(Member)>;
  static_cast<typename Types::Object*>(object)->*Member = static_cast<typename Types::Value>(value);
}

}  // namespace detail

/// number<&LinearSpec::out_features>("out_features", {1, kMaxFeatures})
template <auto Member>
constexpr NumberField number(const char* name, Range range,
                             TakesEffect changes = TakesEffect::from_start) {
  using Value = typename detail::MemberTypes<decltype(Member)>::Value;
  return {name,
          range,
          changes,
          std::is_integral_v<Value>,
          &detail::get_number<Member>,
          &detail::set_number<Member>};
}

using NumberFields = std::span<const NumberField>;

/// What is known of one alternative of a variant of such structs.
template <typename Variant>
struct Alternative {
  std::string_view type;  // its name in configs
  NumberFields fields;
  void* (*emplace)(Variant& variant);  // makes a default one the current alternative
};

template <typename Variant,
          typename Indices = std::make_index_sequence<std::variant_size_v<Variant>>>
struct Alternatives;
template <typename Variant, std::size_t... Index>
struct Alternatives<Variant, std::index_sequence<Index...>> {
  static constexpr std::array<Alternative<Variant>, sizeof...(Index)> kAll{Alternative<Variant>{
      std::variant_alternative_t<Index, Variant>::kType,
      std::variant_alternative_t<Index, Variant>::kFields,
      [](Variant& variant) -> void* { return &variant.template emplace<Index>(); }}...};
};

template <typename Variant>
const Alternative<Variant>& alternative_of(const Variant& variant) {
  return Alternatives<Variant>::kAll[variant.index()];
}
/// The name of the current alternative in configs.
template <typename... Types>
std::string_view type_name(const std::variant<Types...>& variant) {
  return alternative_of(variant).type;
}
/// The current alternative itself, for its NumberFields.
template <typename Variant>
const void* object_in(const Variant& variant) {
  return std::visit([](const auto& object) -> const void* { return &object; }, variant);
}

}  // namespace ganvas
