// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `ganvas pictures`: shows what `ganvas train` would learn, before it does.
#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/picture_data.h"
#include "cli/png_grid.h"
#include "cli/text.h"
#include "pictures/npy.h"

namespace ganvas::cli {
namespace {

struct ShowOptions {
  PictureOptions pictures;
  std::optional<std::string> out;
};

Result<std::vector<std::uint8_t>> encode(const PictureSet& set, const std::string& path) {
  const auto side = static_cast<std::size_t>(set.side);
  const auto channels = static_cast<std::size_t>(set.channels);
  if (path.ends_with(".npy"))
    return write_npy(std::array{set.count(), channels, side, side}, set.pixels);
  if (!path.ends_with(".png")) {
    return Error{ErrorCode::invalid_argument,
                 "unknown extension of '" + path + "'; known extensions: .png, .npy"};
  }
  constexpr std::size_t kShown = 100;
  const std::size_t shown = std::min(set.count(), kShown);
  return png_grid(std::span(set.pixels).first(shown * channels * side * side), set.channels,
                  set.side, 0);
}

Result<int> show(const ShowOptions& options) {
  if (options.out) {
    GANVAS_RETURN_IF_ERROR(check_replaces_nothing(options.pictures.data, *options.out));
    if (options.out->ends_with(".png"))
      GANVAS_RETURN_IF_ERROR(check_adds_nothing(options.pictures.data, *options.out));
    GANVAS_RETURN_IF_ERROR(check_writable(*options.out));
  }
  GANVAS_ASSIGN_OR_RETURN(const PictureData data, load_pictures(options.pictures));
  if (options.out) {
    GANVAS_ASSIGN_OR_RETURN(const std::vector<std::uint8_t> bytes, encode(data.set, *options.out));
    GANVAS_RETURN_IF_ERROR(write_file(*options.out, bytes));
  }
  std::puts(one_line(describe(data.set)).c_str());
  for (const std::string& note : data.notes) std::puts(one_line(note).c_str());
  return kSuccess;
}

}  // namespace

void add_pictures_command(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ShowOptions>();
  CLI::App* command =
      app.add_subcommand("pictures", "Show how pictures are read, without training");
  add_picture_options(*command, options->pictures);
  command
      ->add_option(
          "--out", options->out,
          "Write the first 100 pictures as they are learned, as FILE.png, or all as FILE.npy "
          "of the shape (pictures, channels, side, side)")
      ->type_name("FILE");
  command->footer(
      "Examples:\n"
      "  ganvas pictures --data drawings --out sheet.png\n"
      "  ganvas pictures --data photos.zip --side 64 --pad --out sheet.png");
  command->callback([options, &action] { action = [options] { return show(*options); }; });
}

}  // namespace ganvas::cli
