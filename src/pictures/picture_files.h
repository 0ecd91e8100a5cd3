// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One file for each picture: which files of a tree are taken, in which order, and the class of
// each, from their names alone.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "pictures/file_tree.h"
#include "pictures/left_out.h"

namespace ganvas {

struct PicturePlan {
  struct File {
    std::size_t index;  // in the tree
    std::size_t group;  // the class, among `folders`; 0 without
  };
  std::vector<File> files;           // in the order in which a set keeps them
  std::vector<std::string> folders;  // those that are classes
};

/// Whether it ends as the name of one picture does, of any kind.
bool is_picture_name(const std::string& name);

/// Finds the pictures of a tree, with the folders that they lie in as classes. No files if there
/// are none. Adds to `left_out`. Error: too_many_classes for more folders than there can be
/// classes.
Result<PicturePlan> plan_pictures(const FileTree& tree, LeftOut& left_out);

}  // namespace ganvas
