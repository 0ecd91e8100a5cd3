// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The files of a folder or a ZIP, by their relative paths.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace ganvas::cli {

class FileTree {
 public:
  virtual ~FileTree() = default;

  /// Relative paths with slashes, in the order of their bytes; hidden files and what systems leave
  /// beside pictures are not among them.
  const std::vector<std::string>& names() const { return names_; }

  /// The contents of names()[index]. Errors: not_found, io_failure or malformed.
  virtual Result<std::vector<std::uint8_t>> read(std::size_t index, std::size_t max_size) = 0;

  /// What to call the file in messages.
  virtual std::string path_of(std::size_t index) const = 0;

 protected:
  std::vector<std::string> names_;
};

enum class Depth { whole, this_folder };

/// Errors: not_found; io_failure; malformed for more than 200,000 files.
Result<std::unique_ptr<FileTree>> open_folder(const std::string& path, Depth depth);

/// Errors: malformed for what is no ZIP, for more than 200,000 files, or for more than 8 GB in
/// them.
Result<std::unique_ptr<FileTree>> open_zip(const std::string& path);

/// The part of a path after its last slash.
std::string base_name(const std::string& path);
/// In ASCII's lower case.
std::string lower_case(std::string text);

}  // namespace ganvas::cli
