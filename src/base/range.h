// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Numbers that have to lie in a range, and how an error says which one does not.
#pragma once

#include <string_view>

#include "base/result.h"

namespace ganvas {

/// invalid_config with "NAME is 3, must be 0 to 1" unless low <= value <= high. A NaN is in no
/// range.
Status check_range(std::string_view name, double value, double low, double high);

}  // namespace ganvas
