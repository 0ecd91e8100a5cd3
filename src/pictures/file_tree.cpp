// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What names of files tell; see file_tree.h.
#include "pictures/file_tree.h"

namespace ganvas {

Error FileTree::too_many_files() const {
  return {ErrorCode::too_many_files,
          "'" + path_ + "' holds more than " + std::to_string(kMaxFiles) + " files"};
}

bool is_clutter(std::string_view name) {
  const std::string_view base = name.substr(name.rfind('/') + 1);
  return name.starts_with('.') || name.find("/.") != std::string_view::npos ||
         name.find("__MACOSX/") != std::string_view::npos || base == "Thumbs.db" ||
         base == "desktop.ini";
}

std::string base_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

}  // namespace ganvas
