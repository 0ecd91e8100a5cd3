// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Files that hold many pictures each: IDX, NumPy's, digits as CSV, CIFAR-10. Gzip is known by its
// first bytes, whatever the file is called.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/file_tree.h"
#include "pictures/labelled_pictures.h"

namespace ganvas::cli {

/// No set takes more memory, as it is read or as it is fitted.
inline constexpr std::size_t kMaxSetSize = std::size_t{2} << 30;
/// Of one picture, grey and of the smallest side.
inline constexpr std::size_t kLeastSize = 256;

enum class Split { train, test };

struct ArrayPictures {
  std::string path;  // of the file, for messages
  LabelledPictures found;
  bool digits = false;  // labels below ten are those of a set of ten classes
  std::vector<std::string> class_names;
};

/// The IDX file in a tree that holds the pictures of a split, by the names that MNIST, its
/// relatives and their copies have; none if there is none. Error: malformed if there are several.
Result<std::optional<std::size_t>> find_idx_pictures(const FileTree& tree, Split split);

/// Reads a file of pictures, and labels that lie beside an IDX file. Errors with the file's path.
Result<ArrayPictures> read_array_file(FileTree& tree, std::size_t index);

/// Whether the contents of all files are one NumPy archive, .npz.
bool is_npz(const FileTree& tree);
/// The pictures of a NumPy archive, of its training part if it has one, and their labels.
Result<ArrayPictures> read_npz(FileTree& tree, const std::string& path);

/// CIFAR-10's training batches in a tree; none if there are none.
Result<std::optional<ArrayPictures>> read_cifar10(FileTree& tree);

/// The error with a file's path in front, if it does not name the file yet.
Error with_path(const std::string& path, const Error& error);

}  // namespace ganvas::cli
