// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Whole files in and out. Every Error names the path.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace ganvas::cli {

/// not_found or io_failure when the system will not read it, malformed when it has more than
/// max_size bytes.
Result<std::vector<std::uint8_t>> read_file(const std::string& path, std::size_t max_size);

/// Whether write_file() could create or replace this file now. Leaves nothing behind.
Status check_writable(const std::string& path);

/// Creates or replaces a file so that, whatever happens, the path holds either all the new bytes or
/// what it held before: written beside, synced to disk, renamed. A symbolic link stays one; what it
/// names is replaced.
Status write_file(const std::string& path, std::span<const std::uint8_t> bytes);

/// Makes a folder and its parents, unless they are there.
Status make_folder(const std::string& path);

}  // namespace ganvas::cli
