// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Numbers in error messages.
#pragma once

#include <string>

namespace ganvas {

/// The shortest decimal that is this number, for one of up to 15 digits: 3, 0.1, 1e-12, nan. Of
/// others 17 digits, the last of which may be off by one.
std::string text_of(double number);

}  // namespace ganvas
