// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Telling what lies at --data, and fitting it; see picture_data.h.
#include "cli/picture_data.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string_view>
#include <utility>

#include "cli/array_files.h"
#include "cli/text.h"
#include "gan/presets.h"

namespace ganvas::cli {
namespace {

namespace fs = std::filesystem;

constexpr auto kSides = PictureShape::kSides;
static_assert(PictureSet::kMaxClasses == kMaxClasses);

bool is_side(int side) {
  return std::ranges::find(kSides, side) != kSides.end();
}

/// How many files of which kind there are, the most frequent first.
std::string contents_of(const FileTree& tree) {
  if (tree.names().empty()) return "no files";
  std::map<std::string, std::size_t> kinds;
  for (const std::string& name : tree.names()) {
    const std::string base = base_name(name);
    const std::size_t dot = base.rfind('.');
    ++kinds[dot == std::string::npos ? "files without an extension"
                                     : lower_case(base.substr(dot)) + " files"];
  }
  std::vector<std::pair<std::string, std::size_t>> sorted(kinds.begin(), kinds.end());
  std::ranges::stable_sort(sorted, std::greater<>(), &std::pair<std::string, std::size_t>::second);
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(sorted.size(), 5); ++i)
    text += (i > 0 ? ", " : "") + std::to_string(sorted[i].second) + " " + sorted[i].first;
  return text + ", such as '" + tree.names().front() + "'";
}

Error nothing_there(const std::string& path, const FileTree& tree) {
  return {
      ErrorCode::not_found,
      "no pictures in '" + path + "', which holds " + contents_of(tree) +
          "; --data takes a folder or ZIP of PNG and JPEG files, IDX, .npy, .npz, a CSV of digits, "
          "or CIFAR-10's .bin files"};
}

Status fit_arrays(const ArrayPictures& read, const PictureOptions& options, PictureData& data) {
  const PictureArray& pictures = read.found.pictures;
  if (pictures.count == 0)
    return with_path(read.path, {ErrorCode::shape_mismatch, "has no pictures"});
  const auto wanted = static_cast<std::size_t>(options.limit);
  if (pictures.count < wanted) {
    return with_path(read.path,
                     {ErrorCode::shape_mismatch, "holds " + std::to_string(pictures.count) +
                                                     " images, fewer than the " +
                                                     std::to_string(wanted) + " requested"});
  }
  const std::size_t count = wanted > 0 ? wanted : pictures.count;
  const bool own_side = pictures.width == pictures.height && is_side(pictures.width);
  const FitOptions fitting{.side = options.side.value_or(own_side ? pictures.width : kDefaultSide),
                           .channels = options.colour.value_or(pictures.channels > 1) ? 3 : 1,
                           .framing = options.pad ? Framing::pad : Framing::crop,
                           .invert = options.invert};
  PictureSet& set = data.set;
  set.side = fitting.side;
  set.channels = fitting.channels;
  GANVAS_RETURN_IF_ERROR(reserve_pixels(set, count));
  const bool fits = pictures.channels == 1 && fitting.channels == 1 && own_side &&
                    pictures.width == fitting.side && !options.invert && !options.transpose;
  const std::size_t pixels =
      static_cast<std::size_t>(pictures.width) * static_cast<std::size_t>(pictures.height);
  if (fits) {
    const auto first = pictures.levels.begin();
    set.pixels.assign(first, first + static_cast<std::ptrdiff_t>(count * pixels));
  }
  for (std::size_t i = 0; !fits && i < count; ++i) {
    const std::vector<std::uint8_t> rgba = pictures.rgba(i, options.transpose);
    const int width = options.transpose ? pictures.height : pictures.width;
    const int height = options.transpose ? pictures.width : pictures.height;
    const std::vector<std::uint8_t> fitted = fit({width, height, rgba}, fitting);
    set.pixels.insert(set.pixels.end(), fitted.begin(), fitted.end());
  }
  if (!options.colour) drop_colour_if_unused(set);
  if (lower_case(read.path).find("emnist") != std::string::npos && !options.transpose)
    data.notes.push_back(
        "EMNIST's pictures are stored on their sides: --transpose turns them upright");
  if (read.found.labels.empty()) return {};
  // Of all labels, so that the classes are the same however many pictures are taken.
  const Status classes = set_classes(set, read.found.labels, read.digits);
  if (!classes) return with_path(read.path, classes.error());
  if (set.classes > 0) set.labels.resize(count);
  if (read.class_names.size() == static_cast<std::size_t>(set.classes))
    set.class_names = read.class_names;
  return {};
}

/// Quick, Draw!'s bitmaps: a folder of .npy files, each with the pictures of one class.
Result<bool> fit_npy_folder(FileTree& tree, const PictureOptions& options, PictureData& data) {
  std::vector<std::size_t> files;
  for (std::size_t i = 0; i < tree.names().size(); ++i)
    if (tree.names()[i].ends_with(".npy")) files.push_back(i);
  if (files.empty()) return false;
  ArrayPictures all;
  std::vector<PictureArray> arrays;
  std::size_t total = 0;
  std::vector<std::size_t> classes;
  std::vector<std::pair<std::size_t, std::size_t>> places;  // of each picture: array, index
  for (const std::size_t file : files) {
    GANVAS_ASSIGN_OR_RETURN(ArrayPictures read, read_array_file(tree, file));
    PictureArray& array = read.found.pictures;
    if (array.count == 0) continue;
    total += std::max(array.levels.size(), array.count * kLeastSize);
    if (total > kMaxSetSize)
      return with_path(read.path,
                       {ErrorCode::malformed, "makes more than 2 GB with the files before it"});
    if (!arrays.empty() && (array.width != arrays[0].width || array.height != arrays[0].height ||
                            array.channels != arrays[0].channels)) {
      return with_path(read.path, {ErrorCode::shape_mismatch,
                                   "has pictures of another shape than '" + all.path + "'"});
    }
    for (std::size_t i = 0; i < array.count; ++i) {
      classes.push_back(arrays.size());
      places.emplace_back(arrays.size(), i);
    }
    if (arrays.empty()) all.path = read.path;
    const std::string base = base_name(tree.names()[file]);
    all.class_names.push_back(base.substr(0, base.size() - 4));
    arrays.push_back(std::move(array));
  }
  if (arrays.empty()) return false;
  std::vector<std::size_t> order = alternate_classes(classes);
  if (options.limit > 0)
    order.resize(std::min<std::size_t>(order.size(), static_cast<std::size_t>(options.limit)));
  PictureArray& joined = all.found.pictures;
  joined = {order.size(), arrays[0].width, arrays[0].height, arrays[0].channels, {}};
  const std::size_t size = static_cast<std::size_t>(joined.width) *
                           static_cast<std::size_t>(joined.height) *
                           static_cast<std::size_t>(joined.channels);
  joined.levels.reserve(order.size() * size);
  for (const std::size_t i : order) {
    const auto [array, index] = places[i];
    const auto from = arrays[array].levels.begin() + static_cast<std::ptrdiff_t>(index * size);
    joined.levels.insert(joined.levels.end(), from, from + static_cast<std::ptrdiff_t>(size));
    all.found.labels.push_back(static_cast<std::int64_t>(classes[i]));
  }
  GANVAS_RETURN_IF_ERROR(fit_arrays(all, options, data));
  return true;
}

/// One file for each picture.
Result<bool> fit_picture_files(FileTree& tree, const PictureOptions& options, PictureData& data) {
  LeftOut left_out;
  Result<PictureSet> set = read_picture_files(tree, options, left_out);
  if (!set) return with_path(options.data, set.error());
  const std::vector<std::string> lines = left_out.lines();
  const std::size_t count = set.value().count();
  if (count == 0 && lines.empty()) return false;
  if (count == 0) {
    return Error{ErrorCode::malformed,
                 "no picture in '" + options.data + "' can be used: " + lines.front()};
  }
  if (count < static_cast<std::size_t>(options.limit)) {
    return Error{ErrorCode::shape_mismatch,
                 "'" + options.data + "' holds " + std::to_string(count) +
                     " pictures, fewer than the " + std::to_string(options.limit) + " requested"};
  }
  data.set = std::move(set).value();
  data.notes = lines;
  return true;
}

Result<PictureData> load_tree(FileTree& tree, const PictureOptions& options) {
  PictureData data;
  const Result<std::optional<std::size_t>> idx = find_idx_pictures(tree, Split::train);
  if (!idx) return with_path(options.data, idx.error());
  if (idx.value()) {
    GANVAS_ASSIGN_OR_RETURN(const ArrayPictures read, read_array_file(tree, *idx.value()));
    GANVAS_RETURN_IF_ERROR(fit_arrays(read, options, data));
    return data;
  }
  GANVAS_ASSIGN_OR_RETURN(const std::optional<ArrayPictures> cifar, read_cifar10(tree));
  if (cifar) {
    GANVAS_RETURN_IF_ERROR(fit_arrays(*cifar, options, data));
    return data;
  }
  GANVAS_ASSIGN_OR_RETURN(const bool files, fit_picture_files(tree, options, data));
  if (files) return data;
  GANVAS_ASSIGN_OR_RETURN(const bool arrays, fit_npy_folder(tree, options, data));
  if (arrays) return data;
  return nothing_there(options.data, tree);
}

Result<PictureData> load_file(const PictureOptions& options) {
  std::array<char, 4> start{};
  std::ifstream(options.data, std::ios::binary).read(start.data(), start.size());
  if (std::string_view(start.data(), start.size()).starts_with("PK\3\4")) {
    GANVAS_ASSIGN_OR_RETURN(const std::unique_ptr<FileTree> zip, open_zip(options.data));
    // A ZIP of .npy files is as a folder of them.
    if (lower_case(options.data).ends_with(".zip") || !is_npz(*zip))
      return load_tree(*zip, options);
    GANVAS_ASSIGN_OR_RETURN(const ArrayPictures read, read_npz(*zip, options.data));
    PictureData data;
    GANVAS_RETURN_IF_ERROR(fit_arrays(read, options, data));
    return data;
  }
  // Labels can lie beside the file.
  const fs::path path(options.data);
  const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
  GANVAS_ASSIGN_OR_RETURN(const std::unique_ptr<FileTree> tree,
                          open_folder(folder, Depth::this_folder));
  const auto name = std::ranges::find(tree->names(), path.filename().string());
  if (name == tree->names().end())
    return Error{ErrorCode::not_found, "cannot read '" + options.data + "': it is hidden"};
  GANVAS_ASSIGN_OR_RETURN(
      const ArrayPictures read,
      read_array_file(*tree, static_cast<std::size_t>(name - tree->names().begin())));
  PictureData data;
  GANVAS_RETURN_IF_ERROR(fit_arrays(read, options, data));
  return data;
}

Result<PictureData> load_folder(const PictureOptions& options) {
  GANVAS_ASSIGN_OR_RETURN(const std::unique_ptr<FileTree> tree,
                          open_folder(options.data, Depth::whole));
  return load_tree(*tree, options);
}

/// A name as configs have it: UTF-8, not too long.
std::string class_name(const std::string& text) {
  std::string name = one_line(valid_utf8(text));
  std::size_t end = std::min(name.size(), kMaxClassName);
  while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) --end;
  name.resize(end);
  return name.empty() ? "?" : name;
}

}  // namespace

Status reserve_pixels(PictureSet& set, std::size_t count) {
  const auto side = static_cast<std::size_t>(set.side);
  const std::size_t each = static_cast<std::size_t>(set.channels) * side * side;
  if (count > kMaxSetSize / each) {
    return Error{ErrorCode::malformed,
                 grouped(static_cast<std::int64_t>(count)) + " pictures of " +
                     std::to_string(set.side) + " x " + std::to_string(set.side) +
                     " pixels take more than 2 GB: use a smaller --side, or --examples"};
  }
  set.pixels.reserve(count * each);
  return {};
}

void LeftOut::add(const std::string& reason, const std::string& name) {
  constexpr std::size_t kExamples = 3;
  Files& files = reasons_[reason];
  ++files.count;
  if (files.examples.size() < kExamples) files.examples.push_back(name);
}

std::vector<std::string> LeftOut::lines() const {
  constexpr std::size_t kMaxLines = 10;
  std::vector<std::string> lines;
  for (const auto& [reason, files] : reasons_) {
    if (lines.size() == kMaxLines) {
      lines.push_back("more are left out for " + std::to_string(reasons_.size() - kMaxLines) +
                      " other reasons");
      break;
    }
    std::string line = std::to_string(files.count) + " left out, " + reason + ":";
    for (const std::string& name : files.examples) line += " '" + name + "'";
    lines.push_back(files.count > files.examples.size() ? line + " ..." : line);
  }
  return lines;
}

std::string describe(const PictureSet& set) {
  std::string text = grouped(static_cast<std::int64_t>(set.count())) + " pictures of " +
                     std::to_string(set.side) + " x " + std::to_string(set.side) + " pixels, " +
                     (set.channels == 3 ? "in colour" : "grey");
  if (set.classes == 0) return text + ", without classes";
  text += ", in " + std::to_string(set.classes) + " classes";
  return set.class_names.empty() ? text : text + ": " + joined(set.class_names);
}

void add_picture_options(CLI::App& command, PictureOptions& options) {
  command
      .add_option("--data", options.data,
                  "What to train on: a folder or ZIP of PNG and JPEG files, whose subfolders are "
                  "classes; IDX files as MNIST's or their folder; .npy; .npz; a CSV of digits; "
                  "CIFAR-10's folder")
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
                   "Keep whole pictures that are not square, with white beside them, instead of "
                   "their central square");
  command.add_flag("--invert", options.invert, "Exchange black and white");
  command.add_flag("--transpose", options.transpose,
                   "Exchange rows and columns of arrays, as EMNIST needs");
}

Result<PictureData> load_pictures(const PictureOptions& options) {
  std::error_code ignored;
  if (!fs::exists(options.data, ignored)) {
    return Error{ErrorCode::not_found, "cannot find '" + options.data +
                                           "'; set with --data a folder of pictures, or one with "
                                           "train-images-idx3-ubyte.gz"};
  }
  Result<PictureData> data =
      fs::is_directory(options.data, ignored) ? load_folder(options) : load_file(options);
  if (!data) return data;
  for (std::string& name : data.value().set.class_names) name = class_name(name);
  return data;
}

}  // namespace ganvas::cli
