// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The message of a number out of range; see range.h.
#include "base/range.h"

#include <cstdio>
#include <string>

namespace ganvas {
namespace {

std::string text_of(double number) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.16g", number);
  return digits;
}

}  // namespace

Status check_range(std::string_view name, double value, double low, double high) {
  if (value >= low && value <= high) return {};
  return Error{ErrorCode::invalid_config, std::string(name) + " is " + text_of(value) +
                                              ", must be " + text_of(low) + " to " + text_of(high)};
}

}  // namespace ganvas
