// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How numbers, durations and messages read in a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ganvas::cli {

/// 93,750
std::string grouped(std::int64_t number);
/// 1:05, or 2:03:09 from an hour on
std::string duration(double seconds);
/// 512 bytes, 3.4 MB
std::string file_size(std::size_t bytes);
/// The text without control characters: messages quote names from files, which must not reach a
/// terminal raw.
std::string one_line(std::string_view text);
/// The text with U+FFFD for every byte that is no part of valid UTF-8: JSON has no other text, and
/// a file's name may be any bytes.
std::string valid_utf8(std::string_view text);
/// The text with line breaks between words, so that lines have at most `width` characters.
std::string wrapped(std::string_view text, std::size_t width);

}  // namespace ganvas::cli
