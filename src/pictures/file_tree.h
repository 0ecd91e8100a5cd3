// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The files that pictures are read from, by their relative paths. A folder, a ZIP or a browser's
// list of files is behind it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ganvas {

using Bytes = std::vector<std::uint8_t>;

class FileTree {
 public:
  static constexpr std::size_t kMaxFiles = 200'000;

  virtual ~FileTree() = default;

  /// Relative paths with slashes, in the order of their bytes, without clutter.
  const std::vector<std::string>& names() const { return names_; }

  /// The contents of names()[index]. Gzip, known by its first bytes, whatever the file is called,
  /// is undone. Errors: not_found, io_failure, malformed, truncated, too_large or encrypted.
  virtual Result<Bytes> read(std::size_t index, std::size_t max_size) = 0;

  /// What to call the file in messages.
  virtual std::string path_of(std::size_t index) const = 0;
  /// What to call all of it.
  const std::string& path() const { return path_; }

 protected:
  explicit FileTree(std::string path) : path_(std::move(path)) {}

  Error too_many_files() const;

  std::vector<std::string> names_;

 private:
  std::string path_;
};

/// Hidden files, and those that macOS and Windows leave in folders and archives.
bool is_clutter(std::string_view name);
/// The part of a path after its last slash.
std::string base_name(const std::string& path);
/// In ASCII's lower case.
std::string lower_case(std::string text);

}  // namespace ganvas
