// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Errors as values. Functions that can fail because of their input (a file, a config, a batch)
// return Result<T> or Status. The code identifies the kind of error, so that callers and the
// translated page can react; the message says what is wrong. Broken internal invariants are
// asserts, not Errors.
#pragma once

#include <array>
#include <cassert>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/fields.h"

namespace ganvas {

enum class ErrorCode {
  invalid_argument,   // an argument is out of range
  invalid_config,     // a layer list or JSON config that cannot be built
  not_found,          // a file or preset that does not exist
  bad_magic,          // the bytes are not in the expected format
  truncated,          // fewer bytes than the header declares
  malformed,          // the right format with inconsistent contents
  checksum_mismatch,  // the contents are not those that were written
  shape_mismatch,     // a tensor or dataset whose shape does not fit the model
  missing_tensor,     // a checkpoint lacks a tensor that the model needs
  no_data,            // training before a dataset was set
  not_trainable,      // training a model without discriminator or optimiser state
  non_finite,         // a NaN or Inf in weights or losses
  io_failure,         // the operating system could not read or write
  out_of_memory,      // more memory is needed than there is
  too_large,          // more bytes than are read
  too_many_files,     // in a folder or an archive
  too_many_classes,   // more than a set of pictures can have
  several_sets,       // of pictures, where one is read
  none_usable,        // every picture of a set was left out
  out_of_range,       // numbers that are no levels of a picture
  encrypted,          // in an archive
};

template <>
inline constexpr std::array<std::string_view, 21> kEnumNames<ErrorCode>{
    "invalid_argument", "invalid_config",    "not_found",      "bad_magic",      "truncated",
    "malformed",        "checksum_mismatch", "shape_mismatch", "missing_tensor", "no_data",
    "not_trainable",    "non_finite",        "io_failure",     "out_of_memory",  "too_large",
    "too_many_files",   "too_many_classes",  "several_sets",   "none_usable",    "out_of_range",
    "encrypted"};

struct Error {
  ErrorCode code;
  std::string message;
};

/// Either a value or an error. Check ok() before value().
template <typename T, typename E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(E error) : state_(std::move(error)) {}

  bool ok() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return ok(); }

  T& value() & { return *checked<T>(); }
  const T& value() const& { return *std::as_const(*this).template checked<T>(); }
  T&& value() && { return std::move(*checked<T>()); }
  E& error() { return *checked<E>(); }
  const E& error() const { return *checked<E>(); }

 private:
  template <typename U>
  U* checked() {
    U* held = std::get_if<U>(&state_);
    assert(held != nullptr);
    return held;
  }
  template <typename U>
  const U* checked() const {
    const U* held = std::get_if<U>(&state_);
    assert(held != nullptr);
    return held;
  }

  std::variant<T, E> state_;
};

/// Success, or an Error.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : error_(std::move(error)) {}

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    assert(error_.has_value());
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

}  // namespace ganvas

#define GANVAS_CONCAT_INNER(a, b) a##b
#define GANVAS_CONCAT(a, b) GANVAS_CONCAT_INNER(a, b)

/// Returns the Error of a Status or Result from the enclosing function, if it holds one.
#define GANVAS_RETURN_IF_ERROR(expression)                   \
  do {                                                       \
    if (auto ganvas_outcome = (expression); !ganvas_outcome) \
      return std::move(ganvas_outcome).error();              \
  } while (false)

/// Declares `target` from the value of a Result, or returns its Error from the enclosing function.
#define GANVAS_ASSIGN_OR_RETURN(target, expression) \
  GANVAS_ASSIGN_OR_RETURN_INNER(GANVAS_CONCAT(ganvas_result_, __LINE__), target, expression)
// A declaration cannot be put in parentheses. NOLINTBEGIN(bugprone-macro-parentheses)
#define GANVAS_ASSIGN_OR_RETURN_INNER(result, target, expression) \
  auto result = (expression);                                     \
  if (!result) return std::move(result).error();                  \
  target = std::move(result).value()
// NOLINTEND(bugprone-macro-parentheses)
