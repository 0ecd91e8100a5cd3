// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Formats numbers for error messages.
#pragma once

#include <string>

namespace ganvas {

/// Formats a number as 3, 0.1, 1e-12, inf or nan: the shortest decimal that reads back as the same
/// number, up to 15 digits. Longer ones get 17 digits, of which the last can be off by one.
std::string text_of(double number);

}  // namespace ganvas
