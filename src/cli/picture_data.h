// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Anybody's pictures as training data: --data and the options that say how they are fitted.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/file_tree.h"
#include "pictures/picture_set.h"

namespace ganvas::cli {

inline constexpr int kDefaultSide = 32;

struct PictureOptions {
  std::string data = "assets/mnist";
  std::optional<int> side;     // else the arrays' own if networks have it, else kDefaultSide
  std::optional<bool> colour;  // else colour if any picture has some
  bool pad = false;
  bool invert = false;
  bool transpose = false;
  int limit = 0;  // the first so many, as a demand; 0: all
};

/// Adds --data, --side, --grey, --colour, --pad, --invert and --transpose.
void add_picture_options(CLI::App& command, PictureOptions& options);

/// The files that were not taken, by reason.
class LeftOut {
 public:
  void add(const std::string& reason, const std::string& name);
  /// A line for each reason, with their number and three of them.
  std::vector<std::string> lines() const;

 private:
  struct Files {
    std::size_t count = 0;
    std::vector<std::string> examples;
  };
  std::map<std::string, Files> reasons_;
};

struct PictureData {
  PictureSet set;
  std::vector<std::string> notes;  // what the user should know of it, a line each
};

/// Reads a folder or ZIP of pictures, or one of the formats of array_files.h. Errors say what is
/// there if nothing can be used.
Result<PictureData> load_pictures(const PictureOptions& options);

/// "500 pictures of 32 x 32 pixels in colour, in 3 classes: cats, dogs, owls"
std::string describe(const PictureSet& set);

/// Reserves memory for so many pictures of the set's shape. Error: malformed above kMaxSetSize.
Status reserve_pixels(PictureSet& set, std::size_t count);

/// PNG, JPEG and, to tell that they are not read, other pictures in a tree, with the folders that
/// they lie in as classes. Adds to `left_out`. An empty set if there are none.
Result<PictureSet> read_picture_files(FileTree& tree, const PictureOptions& options,
                                      LeftOut& left_out);

}  // namespace ganvas::cli
