// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Amounts of memory in messages.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <new>
#include <string>
#include <utility>

#include "base/number_text.h"
#include "base/result.h"

namespace ganvas {

/// "1204 MB", rounded up.
inline std::string megabytes(double bytes) {
  return text_of(std::ceil(bytes / 1e6)) + " MB";
}

inline Error out_of_memory(const std::string& what, std::size_t bytes) {
  return {ErrorCode::out_of_memory, what + " needs " + megabytes(static_cast<double>(bytes)) +
                                        " of memory, and less is free"};
}

/// The value of an operation that can only fail with out_of_memory, for callers that do not return
/// errors: a failure becomes that of operator new.
template <typename T>
T value_or_fail(Result<T> result) {
  if (!result) static_cast<void>(::operator new(std::numeric_limits<std::size_t>::max() / 2));
  return std::move(result).value();
}

}  // namespace ganvas
