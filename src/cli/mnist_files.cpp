// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Finding, decompressing and checking the files; see mnist_files.h.
#include "cli/mnist_files.h"

#include <filesystem>
#include <utility>
#include <vector>

#include "cli/files.h"
#include "cli/gzip.h"
#include "data/idx.h"

namespace ganvas::cli {
namespace {

// Five times MNIST: room for similar datasets, but a small gzip file cannot exhaust the memory.
constexpr std::size_t kMaxIdxSize = std::size_t{256} << 20;
constexpr int kSide = 28;

struct IdxFile {
  std::string path;
  std::vector<std::uint8_t> bytes;
  IdxArray array;  // a view of `bytes`
};

Error with_path(const std::string& path, const Error& error) {
  return {error.code, "'" + path + "': " + error.message};
}

Result<IdxFile> read_idx_file(const std::string& folder, const std::string& name, int rank) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  IdxFile file;
  file.path = (fs::path(folder) / name).string();
  if (fs::exists(file.path, ignored)) {
    GANVAS_ASSIGN_OR_RETURN(file.bytes, read_file(file.path, kMaxIdxSize));
  } else if (fs::exists(file.path + ".gz", ignored)) {
    file.path += ".gz";
    GANVAS_ASSIGN_OR_RETURN(const std::vector<std::uint8_t> zipped,
                            read_file(file.path, kMaxIdxSize));
    Result<std::vector<std::uint8_t>> inflated = inflate_gzip(zipped, kMaxIdxSize);
    if (!inflated) return with_path(file.path, inflated.error());
    file.bytes = std::move(inflated).value();
  } else {
    return Error{ErrorCode::not_found, "no MNIST in the folder '" + folder + "': cannot find " +
                                           name + ".gz (set the folder with --data)"};
  }
  Result<IdxArray> array = parse_idx(file.bytes, rank);
  if (!array) return with_path(file.path, array.error());
  file.array = std::move(array).value();
  return file;
}

}  // namespace

Result<std::shared_ptr<const Dataset>> load_digits(const std::string& folder, Split split,
                                                   int limit) {
  const std::string prefix = split == Split::train ? "train" : "t10k";
  GANVAS_ASSIGN_OR_RETURN(const IdxFile images,
                          read_idx_file(folder, prefix + "-images-idx3-ubyte", 3));
  GANVAS_ASSIGN_OR_RETURN(const IdxFile labels,
                          read_idx_file(folder, prefix + "-labels-idx1-ubyte", 1));
  const Shape& shape = images.array.shape;
  if (shape[1] != kSide || shape[2] != kSide) {
    return with_path(images.path, {ErrorCode::shape_mismatch,
                                   "holds images of " + std::to_string(shape[1]) + " x " +
                                       std::to_string(shape[2]) + " pixels, not of 28 x 28"});
  }
  const int count = shape[0];
  if (labels.array.shape[0] != count) {
    return with_path(labels.path, {ErrorCode::shape_mismatch,
                                   "holds " + std::to_string(labels.array.shape[0]) +
                                       " labels for " + std::to_string(count) + " images"});
  }
  if (count < limit) {
    return with_path(images.path, {ErrorCode::shape_mismatch,
                                   "holds " + std::to_string(count) + " images, fewer than the " +
                                       std::to_string(limit) + " requested"});
  }
  const auto taken = static_cast<std::size_t>(limit == 0 ? count : limit);
  constexpr std::size_t kPixels = kSide * kSide;
  const auto pixels = images.array.values.first(taken * kPixels);
  const auto classes = labels.array.values.first(taken);
  Result<Dataset> dataset = Dataset::of_images(
      {pixels.begin(), pixels.end()}, static_cast<int>(kPixels), {classes.begin(), classes.end()});
  if (!dataset) return with_path(labels.path, dataset.error());
  return std::make_shared<const Dataset>(std::move(dataset).value());
}

}  // namespace ganvas::cli
