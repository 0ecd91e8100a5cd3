// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Lists in messages.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace ganvas {

/// "a, b, c"
std::string joined(std::span<const std::string_view> words);
std::string joined(std::span<const std::string> words);

}  // namespace ganvas
