// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// NumPy's archives, .npz: pictures, their labels and the names of classes, each an array.
#pragma once

#include "base/result.h"
#include "pictures/array_files.h"
#include "pictures/file_tree.h"

namespace ganvas {

/// Whether the contents of all files are one archive.
bool is_npz(const FileTree& tree);

/// The pictures of the training part if there is one, else of the array with the most axes. Where
/// several arrays could be their labels, it is the one with the most usual name; one that is not
/// called labels is taken only if it holds few whole numbers that repeat. `class_names`,
/// `label_names` or `classes` name the classes.
Result<ArrayPictures> read_npz(FileTree& tree);

}  // namespace ganvas
