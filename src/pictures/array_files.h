// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Files that hold many pictures each: IDX, NumPy's, digits as CSV, CIFAR.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "pictures/file_tree.h"
#include "pictures/labelled_pictures.h"

namespace ganvas {

/// No set takes more memory, as it is read or as it is fitted.
inline constexpr std::size_t kMaxSetSize = std::size_t{2} << 30;
/// Five times MNIST: room for similar sets, but a small gzip file cannot exhaust the memory.
inline constexpr std::size_t kMaxArrayFile = std::size_t{256} << 20;

enum class Split { train, test };

/// Arrays of an archive that holds more of them than are taken.
struct ArrayNames {
  std::string pictures;
  std::string labels;  // "" without
  std::vector<std::string> unused;
};

struct ArrayPictures {
  std::string path;  // of the file, for messages
  LabelledPictures found;
  bool digits = false;  // labels below ten are those of a set of ten classes
  std::vector<std::string> class_names{};
  std::optional<ArrayNames> names{};
};

/// The IDX file in a tree that holds the pictures of a split, by the names that MNIST, its
/// relatives and their copies have; none if there is none. Error: several_sets if there are.
Result<std::optional<std::size_t>> find_idx_pictures(const FileTree& tree, Split split);

/// Reads a file of pictures, and labels that lie beside an IDX file. Errors with the file's path.
Result<ArrayPictures> read_array_file(FileTree& tree, std::size_t index);

/// Quick, Draw!'s bitmaps: a folder of .npy files, each with the pictures of one class, joined in
/// the order in which sets are kept, and the first `limit` of them unless that is 0. None if there
/// are none.
Result<std::optional<ArrayPictures>> read_npy_folder(FileTree& tree, std::size_t limit);

/// CIFAR-10's training batches in a tree, or CIFAR-100's; none if there are none.
Result<std::optional<ArrayPictures>> read_cifar(FileTree& tree);

/// Whether a lower-case name is of the test part of a set.
bool is_test_name(const std::string& name);

/// The error with a file's path in front, if it does not name the file yet.
Error with_path(const std::string& path, const Error& error);

}  // namespace ganvas
