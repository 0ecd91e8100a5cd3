// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Anybody's pictures as training data: --data and the options that say how they are fitted.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/sample_files.h"
#include "pictures/picture_reader.h"

namespace ganvas::cli {

struct PictureOptions : ReadingOptions {
  std::string data = "assets/mnist";

  bool operator==(const PictureOptions&) const = default;
};

/// Adds --data, --side, --grey, --colour, --pad, --ground, --invert and --transpose.
void add_picture_options(CLI::App& command, PictureOptions& options);

/// Has pictures fitted as a model's samples are. Error: invalid_argument if the user wants another
/// side or colour.
Status keep_shape(PictureOptions& options, const PictureExtent& shape);

struct PictureData {
  PictureSet set;
  std::vector<std::string> notes;  // what the user should know of it, a line each
};

/// Reads a folder or ZIP of pictures, or one of the formats of pictures/array_files.h. Errors say
/// what is there if nothing can be used.
Result<PictureData> load_pictures(const PictureOptions& options);

/// "500 pictures of 32 x 32 pixels in colour, in 3 classes: cats, dogs, owls"
std::string describe(const PictureSet& set);

/// What a config says of the set: its id_of(), or "" for MNIST's training digits, which the page
/// and every copy of the command have.
std::string identity_of(const PictureSet& set);

}  // namespace ganvas::cli
