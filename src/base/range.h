// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Numbers in error messages.
#pragma once

#include <string>

namespace ganvas {

/// The shortest digits that read back as this number: 3, 0.1, 1e-12, nan.
std::string text_of(double number);

}  // namespace ganvas
