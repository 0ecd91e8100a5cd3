// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reading and writing whole files. Every error message contains the path.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace ganvas::cli {

/// Errors: not_found or io_failure from the system; malformed for more than max_size bytes.
Result<std::vector<std::uint8_t>> read_file(const std::string& path, std::size_t max_size);

/// Checks that write_file() can create or replace this file. Leaves nothing behind.
Status check_writable(const std::string& path);

/// Creates or replaces a file atomically: writes a temporary file in the same folder, syncs it to
/// disk and renames it. If the path is a symbolic link, its target is replaced.
Status write_file(const std::string& path, std::span<const std::uint8_t> bytes);

/// Creates a folder and its parents if they do not exist.
Status make_folder(const std::string& path);

}  // namespace ganvas::cli
