// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reading and writing whole files. Every error message contains the path.
#pragma once

#include <dirent.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace ganvas::cli {

/// Errors: not_found or io_failure from the system; too_large for more than max_size bytes.
Result<std::vector<std::uint8_t>> read_file(const std::string& path, std::size_t max_size);

/// Checks that write_file() can create or replace this file. Leaves nothing behind.
Status check_writable(const std::string& path);

/// Refuses an output that is the file which the command reads, and would be lost.
Status check_replaces_nothing(const std::string& input, const std::string& out);

/// Absolute, without links and dots, also of what is not there yet.
std::filesystem::path real_path(const std::string& path);

/// Refuses an output in a folder of pictures, or below it, which may be read as one of them. Error:
/// invalid_argument.
Status check_adds_nothing(const std::string& folder, const std::string& out);

/// Checks that `count` files of `size` bytes fit beside this path, by what the file system and the
/// process's limits say now. Error: io_failure.
Status check_space(const std::string& path, std::size_t size, std::size_t count);

/// Creates or replaces a file atomically: writes a temporary file in the same folder, syncs it to
/// disk and renames it. If the path is a symbolic link, its target is replaced.
Status write_file(const std::string& path, std::span<const std::uint8_t> bytes);

/// Removes temporary files of killed processes in the folder of the file that write_file() writes.
void remove_leftovers(const std::string& path);

/// The entries of a folder, in any order, without . and .. . std::filesystem's iterator ends the
/// process where memory is short.
class FolderEntries {
 public:
  explicit FolderEntries(const std::string& path) : folder_(::opendir(path.c_str())) {
    if (!folder_) failure_ = errno;
  }
  ~FolderEntries() {
    if (folder_) ::closedir(folder_);
  }
  FolderEntries(const FolderEntries&) = delete;
  FolderEntries& operator=(const FolderEntries&) = delete;

  /// The next name, until the next call; null at the end, and after a failure.
  const char* next();
  /// The system's code, or 0.
  int failure() const { return failure_; }

 private:
  DIR* folder_;
  int failure_ = 0;
};

/// Creates a folder and its parents if they do not exist.
Status make_folder(const std::string& path);

/// Keeps other processes from writing the same file. It is a hidden file beside it, which goes with
/// the lock; the system releases a killed process's lock.
class FileLock {
 public:
  /// Error: io_failure if another process holds the lock. File systems without locks are not
  /// locked.
  static Result<FileLock> acquire(const std::string& path);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  FileLock(std::string path, int descriptor);

  std::string path_;
  int descriptor_;
};

}  // namespace ganvas::cli
