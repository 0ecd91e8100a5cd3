// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Numbers that have to lie in a range, and how an error says which one does not.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace ganvas {

/// The shortest digits that are this number and no other: 3, 0.1, 1e-12, nan.
std::string text_of(double number);

/// invalid_config with "NAME is 3, must be 0 to 1" unless low <= value <= high. A NaN is in no
/// range.
Status check_range(std::string_view name, double value, double low, double high);

}  // namespace ganvas
