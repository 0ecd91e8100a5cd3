// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A problem with a config, as data: the page translates it into the reader's language, describe()
// into English.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/fields.h"
#include "base/result.h"
#include "tensor/shape.h"

namespace ganvas {

enum class ProblemKind {
  // The JSON is not a config.
  wrong_type,    // `known` describes the expected value
  missing,       // a required key
  unknown_key,   // `known` lists those that there are
  unknown_name,  // `name` is not one of `known`
  unknown_preset,
  // A number or a combination of settings is invalid.
  range,             // `value` is outside `range`
  needs_classes,     // the config has classes 0
  needs_one_update,  // `detach: false` with several updates a step, or with G's first
  too_much_memory,   // a run needs `value` bytes, more than `range` allows
  // A layer does not fit into its network.
  needs_flat,            // got `got`
  needs_image,           // got `got`
  kernel_too_large,      // `value` for `got`
  padding_too_large,     // `value` for `got`
  size_mismatch,         // reshape from `got` to `wanted`
  output_too_large,      // more than `value` numbers per sample
  too_many_parameters,   // the network would have more than `value`
  too_many_activations,  // a batch would need more than `value`
  // A network as a whole does not fit.
  too_many_layers,       // more than `value`
  no_layers,             // at least one must compute something
  output_mismatch,       // outputs `got` instead of `wanted`
  needs_sigmoid,         // as the last layer of D, for this objective
  not_piecewise_linear,  // a layer of D, with a gradient penalty
};
template <>
inline constexpr std::array<std::string_view, 22> kEnumNames<ProblemKind>{"wrong_type",
                                                                          "missing",
                                                                          "unknown_key",
                                                                          "unknown_name",
                                                                          "unknown_preset",
                                                                          "range",
                                                                          "needs_classes",
                                                                          "needs_one_update",
                                                                          "too_much_memory",
                                                                          "needs_flat",
                                                                          "needs_image",
                                                                          "kernel_too_large",
                                                                          "padding_too_large",
                                                                          "size_mismatch",
                                                                          "output_too_large",
                                                                          "too_many_parameters",
                                                                          "too_many_activations",
                                                                          "too_many_layers",
                                                                          "no_layers",
                                                                          "output_mismatch",
                                                                          "needs_sigmoid",
                                                                          "not_piecewise_linear"};

/// What is wrong with a layer or a struct of settings, without its place in the config.
struct Misfit {
  ProblemKind kind;
  const char* field = nullptr;  // null: the layer as a whole
  double value = 0;
  Range range{};
  Shape wanted{};
};

struct Problem {
  ProblemKind kind;
  /// Path of the setting, layer or network: "discriminator.layers[3].kernel_size".
  std::string path{};
  std::string name{};   // type of the layer, or the unknown name
  std::string known{};  // possible values or keys, in words
  double value = 0;
  Range range{};
  Shape got{};
  Shape wanted{};
};

/// The misfit with its place. `path` is that of the layer or struct; empty for the config itself.
Problem located(const Misfit& misfit, const std::string& path);

/// The problem as an English sentence.
std::string describe(const Problem& problem);
/// The problem as an Error: not_found for an unknown preset, out_of_memory for a run that needs too
/// much, else invalid_config.
Error error_of(const Problem& problem);

/// Sets `found`, unless it is set already, if the value is outside the range.
void check_range(const char* field, double value, const Range& range, std::optional<Misfit>& found);

/// The first number of a config struct that is outside its range.
std::optional<Misfit> check_ranges(NumberFields fields, const void* object);
template <typename Object>
std::optional<Misfit> check_ranges(const Object& object) {
  std::optional<Misfit> found;
  for_each_field(object, [&](const auto& field, const auto& value) {
    using Value = std::remove_cvref_t<decltype(value)>;
    if constexpr (std::is_arithmetic_v<Value> && !std::is_same_v<Value, bool>) {
      check_range(field.name, static_cast<double>(value), field.range, found);
    }
  });
  return found;
}

}  // namespace ganvas
