// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What lies at --data, decoded; see picture_data.h.
#include "cli/picture_data.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <memory>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>

#include "base/joined.h"
#include "cli/file_tree.h"
#include "cli/picture_decoding.h"
#include "cli/text.h"
#include "gan/presets.h"
#include "pictures/npz.h"

namespace ganvas::cli {
namespace {

namespace fs = std::filesystem;

constexpr auto kSides = ReadingOptions::kSides;
static_assert(kSides == PictureShape::kSides);
static_assert(PictureSet::kMaxClasses == kMaxClasses);
static_assert(PictureSet::kMaxClassName == kMaxClassName);

/// An archive may hold thousands.
std::string first_of(std::vector<std::string> names) {
  constexpr std::size_t kNamed = 6;
  const std::size_t more = names.size() - std::min(names.size(), kNamed);
  names.resize(names.size() - more);
  return joined(names) + (more > 0 ? " and " + std::to_string(more) + " more" : "");
}

std::string text_of(ReadingNote note, const Reading& reading) {
  switch (note) {
    case ReadingNote::emnist_transposed:
      return "EMNIST's pictures are stored on their sides: --transpose turns them upright";
    case ReadingNote::fine_classes:
      return "the classes are CIFAR-100's fine ones, not its 20 coarse ones";
    case ReadingNote::arrays_chosen: {
      const ArrayNames& arrays = reading.arrays.value();
      return "the pictures are those of the array '" + arrays.pictures + "', " +
             (arrays.labels.empty() ? "without classes"
                                    : "the labels those of '" + arrays.labels + "'") +
             "; not used: " + first_of(arrays.unused);
    }
  }
  return {};
}

/// Reads a tree, or of it a single file, with `begin`, which calls one of the reader's three.
template <typename F>
Result<Reading> read(FileTree& tree, const PictureOptions& options, F begin) {
  PictureReader reader(tree, options);
  GANVAS_RETURN_IF_ERROR(begin(reader));
  while (const std::optional<std::size_t> file = reader.next()) {
    constexpr std::size_t kMaxFileSize = std::size_t{64} << 20;
    const Result<Bytes> bytes = tree.read(*file, kMaxFileSize);
    if (!bytes) {
      const ErrorCode code = bytes.error().code;
      if (code == ErrorCode::too_large) {
        reader.leave_out(LeftOutReason::too_large, "larger than 64 MB");
        continue;
      }
      const bool no_file = code == ErrorCode::io_failure || code == ErrorCode::not_found;
      reader.leave_out(LeftOutReason::unreadable,
                       no_file ? "cannot be read" : bytes.error().message);
      continue;
    }
    const Result<Picture, Undecoded> picture = decode_picture(bytes.value());
    if (picture) {
      GANVAS_RETURN_IF_ERROR(reader.add(picture.value().view()));
    } else {
      reader.leave_out(picture.error().reason, picture.error().text);
    }
  }
  return reader.finish();
}

Error with_known(const Error& error) {
  return {error.code,
          error.message +
              "; --data takes a folder or ZIP of PNG and JPEG files, IDX, .npy, .npz, a CSV of "
              "digits, or CIFAR's .bin files"};
}

Result<Reading> read_tree(FileTree& tree, const PictureOptions& options) {
  Result<Reading> reading =
      read(tree, options, [](PictureReader& reader) { return reader.read_tree(); });
  if (reading || reading.error().code != ErrorCode::not_found) return reading;
  return with_known(reading.error());
}

Result<Reading> read_file(const PictureOptions& options) {
  std::array<char, 4> start{};
  std::ifstream(options.data, std::ios::binary).read(start.data(), start.size());
  if (std::string_view(start.data(), start.size()).starts_with("PK\3\4")) {
    GANVAS_ASSIGN_OR_RETURN(const std::unique_ptr<FileTree> zip, open_zip(options.data));
    // A ZIP of .npy files is as a folder of them.
    if (lower_case(options.data).ends_with(".zip") || !is_npz(*zip))
      return read_tree(*zip, options);
    return read(*zip, options, [](PictureReader& reader) { return reader.read_npz(); });
  }
  // Labels can lie beside the file.
  const fs::path path(options.data);
  const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
  GANVAS_ASSIGN_OR_RETURN(const std::unique_ptr<FileTree> tree,
                          open_folder(folder, Depth::this_folder));
  const auto name = std::ranges::find(tree->names(), path.filename().string());
  if (name == tree->names().end())
    return Error{ErrorCode::not_found, "cannot read '" + options.data + "': it is hidden"};
  const auto index = static_cast<std::size_t>(name - tree->names().begin());
  Result<Reading> reading =
      read(*tree, options, [index](PictureReader& reader) { return reader.read_file(index); });
  if (reading || reading.error().code != ErrorCode::bad_magic) return reading;
  return with_known(reading.error());
}

Result<Reading> read_folder(const PictureOptions& options) {
  GANVAS_ASSIGN_OR_RETURN(const std::unique_ptr<FileTree> tree,
                          open_folder(options.data, Depth::whole));
  return read_tree(*tree, options);
}

/// Whether these are MNIST's training digits, or the first of them.
bool are_digits(const PictureSet& set) {
  constexpr std::array kSums{27525, 31095, 19443, 17135, 23214, 29601, 17646, 35867, 10874, 21904};
  if (set.channels != 1 || set.side != 28 || set.count() == 0) return false;
  auto picture = set.pixels.begin();
  for (const int sum : std::span(kSums).first(std::min(kSums.size(), set.count()))) {
    if (std::accumulate(picture, picture + 28 * 28, 0) != sum) return false;
    picture += 28 * 28;
  }
  return true;
}

/// "white", "black", "ff8000" or "#ff8000" as 0xRRGGBB.
std::optional<unsigned> rgb_of(const std::string& text) {
  if (text == "white") return 0xffffff;
  if (text == "black") return 0x000000;
  const std::string_view digits = std::string_view(text).substr(text.starts_with('#') ? 1 : 0);
  unsigned rgb = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, rgb, 16);
  constexpr std::size_t kDigits = 6;
  if (digits.size() != kDigits || error != std::errc{} || stop != end) return std::nullopt;
  return rgb;
}

void add_ground_option(CLI::App& command, PictureOptions& options) {
  command
      .add_option_function<std::string>(
          "--ground",
          [&options](const std::string& text) {
            const unsigned rgb = rgb_of(text).value_or(0);
            options.ground = {static_cast<std::uint8_t>(rgb >> 16),
                              static_cast<std::uint8_t>(rgb >> 8), static_cast<std::uint8_t>(rgb)};
          },
          "The colour behind what is transparent, and beside padded pictures: white, black or "
          "RRGGBB, as in ff8000 [white]")
      ->check(CLI::Validator(
          [](const std::string& text) {
            return rgb_of(text)
                       ? ""
                       : "must be white, black or six hexadecimal digits, not '" + text + "'";
          },
          "", ""))
      ->type_name("COLOUR");
}

std::string describe_shape(int side, bool colour) {
  return std::to_string(side) + " x " + std::to_string(side) + " pixels, " +
         (colour ? "in colour" : "grey");
}

}  // namespace

std::string identity_of(const PictureSet& set) {
  return are_digits(set) ? "" : id_of(set);
}

std::string describe(const PictureSet& set) {
  std::string text = counted(static_cast<std::int64_t>(set.count()), "picture") + " of " +
                     describe_shape(set.side, set.channels == 3);
  if (set.classes == 0) return text + ", without classes";
  text += ", in " + std::to_string(set.classes) + " classes";
  return set.class_names.empty() ? text : text + ": " + joined(set.class_names);
}

void add_picture_options(CLI::App& command, PictureOptions& options) {
  command
      .add_option("--data", options.data,
                  "What to train on: a folder or ZIP of PNG and JPEG files, whose subfolders are "
                  "classes; IDX files as MNIST's or their folder; .npy; .npz; a CSV of digits; "
                  "CIFAR's folder")
      ->type_name("PATH")
      ->capture_default_str();
  command
      .add_option(
          "--side", options.side,
          "Fit pictures to N x N pixels, 16, 28, 32, 48 or 64 [what arrays have; files: 32]")
      ->check(CLI::IsMember(std::vector<int>(kSides.begin(), kSides.end())))
      ->type_name("N");
  CLI::Option* grey = command.add_flag_callback(
      "--grey", [&options] { options.colour = false; }, "Learn grey pictures");
  command
      .add_flag_callback(
          "--colour,--color", [&options] { options.colour = true; },
          "Learn pictures in colour [if any has a colour]")
      ->excludes(grey);
  command.add_flag("--pad", options.pad,
                   "Keep whole pictures that are not square, on a square ground, instead of their "
                   "central square");
  add_ground_option(command, options);
  command.add_flag("--invert", options.invert, "Exchange black and white");
  command.add_flag("--transpose", options.transpose,
                   "Exchange rows and columns of arrays, as EMNIST needs");
}

Status keep_shape(PictureOptions& options, const PictureExtent& shape) {
  const bool colour = shape.channels == 3;
  const bool other_side = options.side.value_or(shape.side) != shape.side;
  if (other_side || options.colour.value_or(colour) != colour) {
    const std::string wanted = other_side        ? "--side " + std::to_string(*options.side)
                               : *options.colour ? "--colour"
                                                 : "--grey";
    return Error{ErrorCode::invalid_argument, wanted + " contradicts the model, which draws " +
                                                  describe_shape(shape.side, colour)};
  }
  options.side = shape.side;
  options.colour = colour;
  return {};
}

Result<PictureData> load_pictures(const PictureOptions& options) {
  std::error_code ignored;
  if (!fs::exists(options.data, ignored)) {
    return Error{ErrorCode::not_found, "cannot find '" + options.data +
                                           "'; set with --data a folder of pictures, or one with "
                                           "train-images-idx3-ubyte.gz"};
  }
  const bool is_folder = fs::is_directory(options.data, ignored);
  if (!is_folder && !fs::is_regular_file(options.data, ignored)) {
    return Error{ErrorCode::io_failure,
                 "cannot read '" + options.data + "': it is neither a file nor a folder"};
  }
  Result<Reading> read = is_folder ? read_folder(options) : read_file(options);
  if (!read) return std::move(read).error();
  Reading& reading = read.value();
  for (std::string& name : reading.set.class_names) name = class_name(valid_utf8(name));
  PictureData data{std::move(reading.set), reading.left_out.lines()};
  for (const ReadingNote note : reading.notes) data.notes.push_back(text_of(note, reading));
  return data;
}

}  // namespace ganvas::cli
