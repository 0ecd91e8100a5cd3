// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Conversions between C++ and JavaScript values: copies of arrays, errors as objects, and argument
// checks that several functions share.
#pragma once

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/result.h"

namespace ganvas::wasm {

using emscripten::val;

// Types that the generated ganvas.d.ts shows in place of `val`.
EMSCRIPTEN_DECLARE_VAL_TYPE(Bytes)
EMSCRIPTEN_DECLARE_VAL_TYPE(Floats)
EMSCRIPTEN_DECLARE_VAL_TYPE(FloatsOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(NothingOutcome)
#define GANVAS_TS_FAILURE "{ error: { code: string; message: string } }"

/// An enum's names as a union of TypeScript.
template <typename E>
std::string union_of() {
  std::string text;
  for (const std::string_view name : kEnumNames<E>)
    text += (text.empty() ? "\"" : " | \"") + std::string(name) + "\"";
  return text;
}

/// The declaration of a type in TypeScript, which only a build that writes them needs.
template <typename T>
void declare_type([[maybe_unused]] const char* declaration) {
#if defined(GANVAS_DECLARATIONS)
  emscripten::register_type<T>(declaration);
#else
  emscripten::register_type<T>("");
#endif
}

// Limits on one call, so that a wrong number cannot exhaust the heap.
inline constexpr int kMaxSamples = 65536;

inline val failure(const Error& error) {
  val detail = val::object();
  detail.set("code", std::string(name_of(error.code)));
  detail.set("message", error.message);
  val outcome = val::object();
  outcome.set("error", detail);
  return outcome;
}

inline NothingOutcome nothing_or(const Status& status) {
  return NothingOutcome(status ? val::null() : failure(status.error()));
}

inline bool is_seed(double seed) {
  return seed >= 0 && seed <= static_cast<double>(kMaxSeed) && seed == std::floor(seed);
}
inline Error invalid_seed() {
  return {ErrorCode::invalid_argument, "the seed must be a whole number from 0 to 2^53 - 1"};
}

/// A new JavaScript typed array with a copy of the values.
template <typename T>
val copied_array(std::span<const T> values) {
  const val view(emscripten::typed_memory_view(values.size(), values.data()));
  return view.call<val>("slice");
}
inline FloatsOutcome copied_floats(std::span<const float> values) {
  return FloatsOutcome(copied_array(values));
}

inline std::vector<std::uint8_t> copied_bytes(const val& array) {
  return emscripten::convertJSArrayToNumberVector<std::uint8_t>(array);
}

/// Whether there is one valid label for each of `count` samples.
inline bool are_valid_labels(const std::vector<std::uint8_t>& labels, std::size_t count,
                             int classes) {
  bool fit = labels.size() == count;
  for (const std::uint8_t label : labels) fit = fit && label < classes;
  return fit;
}
inline Error invalid_labels() {
  return {ErrorCode::invalid_argument,
          "labels must be one per sample, each below the number of classes"};
}

/// If labels were omitted and there are classes, sample i gets class i % classes.
inline void complete_labels(std::vector<std::uint8_t>& labels, std::size_t count, int classes) {
  if (!labels.empty() || classes == 0) return;
  labels.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    labels[i] = static_cast<std::uint8_t>(i % static_cast<std::size_t>(classes));
  }
}

}  // namespace ganvas::wasm
