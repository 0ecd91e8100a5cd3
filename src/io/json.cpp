// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Parsing with RapidJSON; see json.h.
#include "io/json.h"

namespace ganvas {

std::optional<JsonDocument> parse_json(std::string_view text) {
  // RapidJSON treats a NUL as the end of the text and ignores the rest.
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // a byte order mark
  JsonDocument document;
  document.Parse<kJsonFlags>(
      std::string(text).c_str());  // smaller code than for text with a length
  if (document.HasParseError()) return std::nullopt;
  return document;
}

const Json* find_member(const Json& json, std::string_view key) {
  if (!json.IsObject()) return nullptr;
  for (const auto& member : json.GetObject()) {
    if (as_string_view(member.name) == key) return &member.value;
  }
  return nullptr;
}

}  // namespace ganvas
