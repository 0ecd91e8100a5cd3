// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Text formatting; see text.h.
#include "cli/text.h"

#include <rapidjson/memorystream.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <format>

#include "io/json.h"

namespace ganvas::cli {

std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  const std::size_t digits_start = number < 0 ? 1 : 0;
  for (std::size_t i = text.size(); i > digits_start + 3;) {
    i -= 3;
    text.insert(i, ",");
  }
  return text;
}

std::string counted(std::int64_t number, const std::string& thing) {
  return grouped(number) + " " + thing + (number == 1 ? "" : "s");
}

std::string percent(double share) {
  return std::format("{:.1f} %", 100 * share);
}

std::string duration(double seconds) {
  const long long whole = std::llround(seconds);
  const long long hours = whole / 3600;
  if (hours > 0) return std::format("{}:{:02}:{:02}", hours, whole / 60 % 60, whole % 60);
  return std::format("{}:{:02}", whole / 60, whole % 60);
}

std::string file_size(std::size_t bytes) {
  const auto size = static_cast<double>(bytes);
  if (bytes < 1000) return std::format("{} bytes", bytes);
  if (bytes < 1'000'000) return std::format("{:.1f} KB", size / 1e3);
  return std::format("{:.1f} MB", size / 1e6);
}

std::string one_line(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    const auto code = static_cast<unsigned char>(c);
    if (code == '\n') {
      c = ' ';
    } else if (code < 0x20 || code == 0x7f) {
      c = '?';
    }
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  while (!text.empty()) {
    rapidjson::MemoryStream bytes(text.data(), text.size());
    JsonText character;
    const bool is_valid = rapidjson::UTF8<>::Validate(bytes, character);
    const std::size_t length = is_valid ? bytes.Tell() : 1;
    valid += is_valid ? text.substr(0, length) : "\uFFFD";
    text.remove_prefix(length);
  }
  return valid;
}

std::string shell_word(const std::string& text) {
  const auto is_plain = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("_-+=.,/:@%").find(c) != std::string_view::npos;
  };
  if (!text.empty() && std::ranges::all_of(text, is_plain)) return text;
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

std::string wrapped(std::string_view text, std::size_t width) {
  std::string lines;
  while (text.size() > width) {
    const std::size_t space = text.rfind(' ', width);
    if (space == std::string_view::npos) break;
    lines += std::string(text.substr(0, space)) + '\n';
    text.remove_prefix(space + 1);
  }
  return lines += text;
}

}  // namespace ganvas::cli
