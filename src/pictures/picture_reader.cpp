// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Telling what files hold, and fitting it; see picture_reader.h.
#include "pictures/picture_reader.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "pictures/npz.h"

namespace ganvas {
namespace {

constexpr auto kSides = ReadingOptions::kSides;
constexpr std::size_t kMostExtensions = 5;

/// How many files of which kind there are, the most frequent first.
std::string contents_of(const FileTree& tree) {
  if (tree.names().empty()) return "no files";
  std::map<std::string, std::size_t> kinds;
  for (const std::string& name : tree.names()) {
    const std::string base = base_name(name);
    const std::size_t dot = base.rfind('.');
    ++kinds[dot == std::string::npos ? "" : lower_case(base.substr(dot)) + " "];
  }
  std::vector<std::pair<std::string, std::size_t>> sorted(kinds.begin(), kinds.end());
  std::ranges::stable_sort(sorted, std::greater<>(), &std::pair<std::string, std::size_t>::second);
  std::string text;
  for (std::size_t i = 0; i < std::min(sorted.size(), kMostExtensions); ++i) {
    const auto& [kind, count] = sorted[i];
    text += (i > 0 ? ", " : "") + std::to_string(count) + " " + kind +
            (count == 1 ? "file" : "files") + (kind.empty() ? " without an extension" : "");
  }
  return text + ", such as '" + tree.names().front() + "'";
}

/// Classes by folders, of those that are left with a picture.
Status name_classes(PictureSet& set, std::span<const std::int64_t> labels,
                    const std::vector<std::string>& folders) {
  GANVAS_RETURN_IF_ERROR(set_classes(set, labels, /*known=*/0));
  set.class_names.clear();
  const std::set<std::int64_t> present(labels.begin(), labels.end());
  for (const std::int64_t label : present)
    if (set.classes > 0) set.class_names.push_back(folders[static_cast<std::size_t>(label)]);
  return {};
}

std::size_t size_of_each(const PictureSet& set) {
  const auto side = static_cast<std::size_t>(set.side);
  return static_cast<std::size_t>(set.channels) * side * side;
}

}  // namespace

PictureReader::PictureReader(FileTree& tree, const ReadingOptions& options)
    : tree_(tree), options_(options) {}

Status PictureReader::read_tree() {
  const Result<std::optional<std::size_t>> idx = find_idx_pictures(tree_, Split::train);
  if (!idx) return with_path(tree_.path(), idx.error());
  if (idx.value()) return read_file(*idx.value());
  GANVAS_ASSIGN_OR_RETURN(const std::optional<ArrayPictures> cifar, read_cifar(tree_));
  if (cifar) return fit_arrays(*cifar);
  Result<PicturePlan> plan = plan_pictures(tree_, reading_.left_out);
  if (!plan) return with_path(tree_.path(), plan.error());
  plan_ = std::move(plan).value();
  if (!plan_.files.empty()) {
    const FitOptions fit_options = fitting(options_.side.value_or(ReadingOptions::kDefaultSide),
                                           options_.colour.value_or(true));
    reading_.set.channels = fit_options.channels;
    reading_.set.side = fit_options.side;
    const auto wanted = static_cast<std::size_t>(options_.limit);
    const Status reserved =
        reserve(wanted > 0 ? std::min(wanted, plan_.files.size()) : plan_.files.size());
    return reserved ? reserved : with_path(tree_.path(), reserved.error());
  }
  GANVAS_ASSIGN_OR_RETURN(const std::optional<ArrayPictures> arrays,
                          read_npy_folder(tree_, static_cast<std::size_t>(options_.limit)));
  if (arrays) return fit_arrays(*arrays);
  return nothing_there();
}

Status PictureReader::read_npz() {
  GANVAS_ASSIGN_OR_RETURN(const ArrayPictures read, ganvas::read_npz(tree_));
  return fit_arrays(read);
}

Status PictureReader::read_file(std::size_t index) {
  GANVAS_ASSIGN_OR_RETURN(const ArrayPictures read, read_array_file(tree_, index));
  return fit_arrays(read);
}

std::optional<std::size_t> PictureReader::next() {
  const bool enough =
      options_.limit > 0 && labels_.size() >= static_cast<std::size_t>(options_.limit);
  if (enough || place_ == plan_.files.size()) return std::nullopt;
  return plan_.files[place_++].index;
}

Status PictureReader::add(const PictureView& picture) {
  PictureSet& set = reading_.set;
  if (set.pixels.size() > kMaxSetSize - size_of_each(set)) return reserve(set.count() + 1);
  append(picture);
  labels_.push_back(static_cast<std::int64_t>(plan_.files[place_ - 1].group));
  return {};
}

void PictureReader::leave_out(LeftOutReason reason, std::string_view text) {
  reading_.left_out.add(reason, text, tree_.names()[plan_.files[place_ - 1].index]);
}

Result<Reading> PictureReader::finish() {
  if (plan_.files.empty()) return std::move(reading_);
  PictureSet& set = reading_.set;
  const std::size_t count = set.count();
  if (count == 0) {
    std::string reasons;
    for (const std::string& line : reading_.left_out.lines())
      reasons += (reasons.empty() ? ": " : "; ") + line;
    return Error{ErrorCode::none_usable,
                 "no picture in '" + tree_.path() + "' can be used" + reasons};
  }
  if (count < static_cast<std::size_t>(options_.limit)) {
    return Error{ErrorCode::shape_mismatch,
                 "'" + tree_.path() + "' holds " + std::to_string(count) +
                     (count == 1 ? " picture" : " pictures") + ", fewer than the " +
                     std::to_string(options_.limit) + " requested"};
  }
  if (!options_.colour && !has_colour_) drop_colour(set);
  const Status named = name_classes(set, labels_, plan_.folders);
  if (!named) return with_path(tree_.path(), named.error());
  return std::move(reading_);
}

Status PictureReader::fit_arrays(const ArrayPictures& read) {
  const PictureArray& pictures = read.found.pictures;
  if (pictures.count == 0)
    return with_path(read.path, {ErrorCode::shape_mismatch, "has no pictures"});
  const auto wanted = static_cast<std::size_t>(options_.limit);
  if (pictures.count < wanted) {
    return with_path(read.path,
                     {ErrorCode::shape_mismatch, "holds " + std::to_string(pictures.count) +
                                                     " images, fewer than the " +
                                                     std::to_string(wanted) + " requested"});
  }
  const std::size_t count = wanted > 0 ? wanted : pictures.count;
  const bool own_side = pictures.width == pictures.height &&
                        std::ranges::find(kSides, pictures.width) != kSides.end();
  const FitOptions fit_options =
      fitting(options_.side.value_or(own_side ? pictures.width : ReadingOptions::kDefaultSide),
              options_.colour.value_or(pictures.channels > 1));
  PictureSet& set = reading_.set;
  set.side = fit_options.side;
  set.channels = fit_options.channels;
  GANVAS_RETURN_IF_ERROR(reserve(count));
  const bool fits = pictures.channels == 1 && set.channels == 1 && own_side &&
                    pictures.width == set.side && !options_.invert && !options_.transpose;
  if (fits) {
    const auto first = pictures.levels.begin();
    set.pixels.assign(first, first + static_cast<std::ptrdiff_t>(count * size_of_each(set)));
  }
  for (std::size_t i = 0; !fits && i < count; ++i) {
    const std::vector<std::uint8_t> rgba = pictures.rgba(i, options_.transpose);
    const int width = options_.transpose ? pictures.height : pictures.width;
    const int height = options_.transpose ? pictures.width : pictures.height;
    append({width, height, rgba});
  }
  if (!options_.colour && set.channels == 3 && !has_colour_) drop_colour(set);
  if (lower_case(read.path).find("emnist") != std::string::npos && !options_.transpose)
    reading_.notes.push_back(ReadingNote::emnist_transposed);
  if (read.found.fine) reading_.notes.push_back(ReadingNote::fine_classes);
  if (read.names) reading_.notes.push_back(ReadingNote::arrays_chosen);
  reading_.arrays = read.names;
  if (read.found.labels.empty()) return {};
  // Of all labels, so that the classes are the same however many pictures are taken.
  const int named = static_cast<int>(read.class_names.size());
  constexpr int kDigits = 10;
  const Status classes =
      set_classes(set, read.found.labels, std::max(named, read.digits ? kDigits : 0));
  if (!classes) return with_path(read.path, classes.error());
  if (set.classes > 0) set.labels.resize(count);
  if (set.classes == named && set.class_names.empty()) set.class_names = read.class_names;
  return {};
}

Status PictureReader::reserve(std::size_t count) {
  PictureSet& set = reading_.set;
  if (count > kMaxSetSize / size_of_each(set)) {
    const std::string side = std::to_string(set.side);
    return Error{ErrorCode::too_large, std::to_string(count) + " pictures of " + side + " x " +
                                           side +
                                           " pixels take more than 2 GB: choose a smaller side, or "
                                           "fewer pictures"};
  }
  set.pixels.reserve(count * size_of_each(set));
  return {};
}

/// A set's colour is told by the pictures before they are fitted, so that reading it again in the
/// colour that was found gives the same bytes.
void PictureReader::append(const PictureView& picture) {
  PictureSet& set = reading_.set;
  const FitOptions options = fitting(set.side, set.channels == 3);
  const std::vector<std::uint8_t> fitted = fit(picture, options);
  set.pixels.insert(set.pixels.end(), fitted.begin(), fitted.end());
  if (!options_.colour && set.channels == 3 && !has_colour_)
    has_colour_ = has_colour(picture, options);
}

FitOptions PictureReader::fitting(int side, bool colour) const {
  return {.side = side,
          .channels = colour ? 3 : 1,
          .framing = options_.pad ? Framing::pad : Framing::crop,
          .invert = options_.invert,
          .ground = options_.ground};
}

Error PictureReader::nothing_there() const {
  return {ErrorCode::not_found,
          "no pictures in '" + tree_.path() + "', which holds " + contents_of(tree_)};
}

}  // namespace ganvas
