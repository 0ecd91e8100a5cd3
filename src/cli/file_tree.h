// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The files of a folder or a ZIP.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "pictures/file_tree.h"

namespace ganvas::cli {

enum class Depth { whole, this_folder };

/// Errors: not_found; io_failure; too_many_files for more than 200,000 files.
Result<std::unique_ptr<FileTree>> open_folder(const std::string& path, Depth depth);

/// Errors: malformed for what is no ZIP; too_many_files for more than 200,000; too_large for more
/// than 8 GB in them.
Result<std::unique_ptr<FileTree>> open_zip(const std::string& path);

}  // namespace ganvas::cli
