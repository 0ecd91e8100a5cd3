// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Changes of JSON that leave it JSON, since bytes changed at random seldom pass a JSON parser.
#pragma once

#include <random>
#include <string>
#include <string_view>

namespace ganvas::fuzz {

/// The text with one value changed, removed, doubled or put in the place of another; the same text
/// if it is no JSON.
std::string change_json(std::string_view text, std::mt19937& random);

/// The text with some bytes changed, whatever it is.
std::string change_bytes(std::string_view text);

}  // namespace ganvas::fuzz
