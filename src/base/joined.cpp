// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Lists in messages; see joined.h.
#include "base/joined.h"

namespace ganvas {
namespace {

template <typename Word>
std::string join(std::span<const Word> words) {
  std::string text;
  for (const Word& word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

}  // namespace

std::string joined(std::span<const std::string_view> words) {
  return join(words);
}
std::string joined(std::span<const std::string> words) {
  return join(words);
}

}  // namespace ganvas
