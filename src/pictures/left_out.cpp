// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Counting files; see left_out.h.
#include "pictures/left_out.h"

namespace ganvas {

void LeftOut::add(LeftOutReason reason, std::string_view text, const std::string& name) {
  constexpr std::size_t kExamples = 3;
  Files& files = by_text_.try_emplace(std::string(text), Files{reason}).first->second;
  ++files.count;
  if (files.examples.size() < kExamples) files.examples.push_back(name);
}

std::vector<std::string> LeftOut::lines() const {
  constexpr std::size_t kMaxLines = 10;
  std::vector<std::string> lines;
  for (const auto& [text, files] : by_text_) {
    if (lines.size() == kMaxLines) {
      lines.push_back("more are left out for " + std::to_string(by_text_.size() - kMaxLines) +
                      " other reasons");
      break;
    }
    std::string line = std::to_string(files.count) + " left out, " + text + ":";
    for (const std::string& name : files.examples) line += " '" + name + "'";
    lines.push_back(files.count > files.examples.size() ? line + " ..." : line);
  }
  return lines;
}

}  // namespace ganvas
