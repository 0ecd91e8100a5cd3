// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Formatting of numbers, durations and messages for a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ganvas::cli {

/// With thousands separators: 93,750
std::string grouped(std::int64_t number);
/// A number of things: 1 step, 2,000 steps
std::string counted(std::int64_t number, const std::string& thing);
/// A share: 0.123 is 12.3 %
std::string percent(double share);
/// Minutes and seconds, 1:05, or with hours, 2:03:09
std::string duration(double seconds);
/// In decimal units: 512 bytes, 3.4 MB
std::string file_size(std::size_t bytes);
/// Replaces control characters: messages quote names from files, which must not send escape
/// sequences to a terminal.
std::string one_line(std::string_view text);
/// Replaces every byte of invalid UTF-8 with U+FFFD: JSON must be valid UTF-8, but file names can
/// contain any bytes.
std::string valid_utf8(std::string_view text);
/// As a POSIX shell reads it: in quotes where it has to be.
std::string shell_word(const std::string& text);
/// Wraps at spaces, to lines of at most `width` bytes.
std::string wrapped(std::string_view text, std::size_t width);

}  // namespace ganvas::cli
