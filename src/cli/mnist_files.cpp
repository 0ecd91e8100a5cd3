// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Finding and checking the files; see mnist_files.h.
#include "cli/mnist_files.h"

#include <optional>
#include <utility>
#include <vector>

#include "cli/file_tree.h"
#include "pictures/picture_set.h"

namespace ganvas::cli {

Result<Digits> load_digits(const std::string& folder, Split split) {
  GANVAS_ASSIGN_OR_RETURN(const std::unique_ptr<FileTree> tree, open_folder(folder, Depth::whole));
  const Result<std::optional<std::size_t>> images = find_idx_pictures(*tree, split);
  if (!images) return with_path(folder, images.error());
  if (!images.value()) {
    return Error{ErrorCode::not_found, "no MNIST in the folder '" + folder + "': cannot find " +
                                           (split == Split::train ? "train" : "t10k") +
                                           "-images-idx3-ubyte.gz (set the folder with --data)"};
  }
  GANVAS_ASSIGN_OR_RETURN(ArrayPictures read, read_array_file(*tree, *images.value()));
  PictureArray& pictures = read.found.pictures;
  constexpr int kSide = 28;
  if (pictures.width != kSide || pictures.height != kSide || pictures.channels != 1) {
    return with_path(read.path, {ErrorCode::shape_mismatch,
                                 "holds images of " + std::to_string(pictures.height) + " x " +
                                     std::to_string(pictures.width) + " pixels, not of 28 x 28"});
  }
  if (read.found.labels.empty() && pictures.count > 0)
    return with_path(read.path, {ErrorCode::not_found, "has no file of labels beside it"});
  PictureSet set{.channels = 1, .side = kSide, .pixels = std::move(pictures.levels), .classes = 10};
  for (const std::int64_t label : read.found.labels) {
    if (label < 0 || label > 9) {
      return with_path(
          read.path, {ErrorCode::malformed, "label " + std::to_string(set.labels.size()) + " is " +
                                                std::to_string(label) + ", not a digit"});
    }
    set.labels.push_back(static_cast<std::uint8_t>(label));
  }
  std::string id = id_of(set);
  Result<Dataset> dataset =
      Dataset::of_images(std::move(set.pixels), kSide * kSide, std::move(set.labels));
  if (!dataset) return with_path(read.path, dataset.error());
  return Digits{std::make_shared<const Dataset>(std::move(dataset).value()), std::move(id)};
}

}  // namespace ganvas::cli
