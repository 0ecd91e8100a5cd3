// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Finding pictures and their labels by names and contents; see array_files.h.
#include "pictures/array_files.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/joined.h"
#include "pictures/idx.h"
#include "pictures/npy.h"
#include "pictures/picture_files.h"
#include "pictures/picture_set.h"

namespace ganvas {
namespace {

// Of one picture, grey and of the smallest side.
constexpr std::size_t kLeastSize = 256;
constexpr std::string_view kFineNames = "fine_label_names.txt";  // beside CIFAR-100's train.bin

/// Lower case, without .gz and with "-" in the place of ".", so that copies have the same name.
std::string plain_name(const std::string& path) {
  std::string name = lower_case(base_name(path));
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  std::ranges::replace(name, '.', '-');
  return name;
}

Result<Bytes> read_whole(FileTree& tree, std::size_t index) {
  Result<Bytes> bytes = tree.read(index, kMaxArrayFile);
  if (!bytes) return with_path(tree.path_of(index), bytes.error());
  return bytes;
}

/// The file with the labels for "…images-idx3-ubyte": "…labels-idx1-ubyte", or QMNIST's "idx2-int".
std::optional<std::size_t> find_labels(const FileTree& tree, std::size_t pictures) {
  const std::string name = plain_name(tree.names()[pictures]);
  const std::size_t at = name.find("images");
  if (at == std::string::npos) return std::nullopt;
  const std::string wanted = name.substr(0, at) + "labels";
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < tree.names().size(); ++i) {
    // QMNIST has its labels as text, too.
    const std::string other = plain_name(tree.names()[i]);
    if (!other.starts_with(wanted) || other.find("idx") == std::string::npos) continue;
    if (!found || tree.names()[i].size() < tree.names()[*found].size()) found = i;
  }
  return found;
}

/// Names of classes by the name of the file, or of the folder that it lies in.
std::vector<std::string> names_for(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  const std::size_t folder = slash == std::string::npos || slash == 0
                                 ? std::string::npos
                                 : path.find_last_of('/', slash - 1);
  const std::string near = folder == std::string::npos ? path : path.substr(folder + 1);
  if (lower_case(near).find("fashion") == std::string::npos) return {};
  return {"T-shirt", "Trouser", "Pullover", "Dress", "Coat",
          "Sandal",  "Shirt",   "Sneaker",  "Bag",   "Ankle boot"};
}

/// The lines of a file beside another; none if it cannot be read: then numbers name the classes.
std::vector<std::string> lines_beside(FileTree& tree, std::size_t index, std::string_view name) {
  const std::string& path = tree.names()[index];
  const std::string wanted = path.substr(0, path.rfind('/') + 1) + std::string(name);
  const auto found = std::ranges::find(tree.names(), wanted);
  if (found == tree.names().end()) return {};
  constexpr std::size_t kMaxNames = 1 << 16;
  const Result<Bytes> text =
      tree.read(static_cast<std::size_t>(found - tree.names().begin()), kMaxNames);
  if (!text) return {};
  std::vector<std::string> lines;
  std::string line;
  for (const std::uint8_t byte : text.value()) {
    if (byte != '\n') {
      if (byte != '\r') line += static_cast<char>(byte);
    } else if (!line.empty()) {
      lines.push_back(std::exchange(line, {}));
    }
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

Result<LabelledPictures> read_idx(FileTree& tree, std::size_t index, const Bytes& bytes) {
  GANVAS_ASSIGN_OR_RETURN(const NumberArray array, parse_idx(bytes));
  LabelledPictures found{};
  GANVAS_ASSIGN_OR_RETURN(found.pictures, pictures_of(array));
  const std::optional<std::size_t> beside = find_labels(tree, index);
  if (!beside) return found;
  GANVAS_ASSIGN_OR_RETURN(const Bytes label_bytes, read_whole(tree, *beside));
  const auto labels = [&]() -> Result<std::vector<std::int64_t>> {
    GANVAS_ASSIGN_OR_RETURN(const NumberArray label_array, parse_idx(label_bytes));
    return labels_of(label_array);
  }();
  if (!labels) return with_path(tree.path_of(*beside), labels.error());
  if (labels.value().size() != found.pictures.count) {
    return with_path(tree.path_of(*beside),
                     {ErrorCode::shape_mismatch,
                      "holds " + std::to_string(labels.value().size()) + " labels for " +
                          std::to_string(found.pictures.count) + " images"});
  }
  found.labels = labels.value();
  return found;
}

Result<LabelledPictures> parse_by_kind(FileTree& tree, std::size_t index, const Bytes& bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.starts_with(kNpyMagic)) {
    GANVAS_ASSIGN_OR_RETURN(const NumberArray array, parse_npy(bytes));
    LabelledPictures found{};
    GANVAS_ASSIGN_OR_RETURN(found.pictures, pictures_of(array));
    return found;
  }
  const std::string name = plain_name(tree.names()[index]);
  if (is_picture_name(tree.names()[index])) {
    return Error{ErrorCode::bad_magic, "is a single picture: name the folder that it lies in"};
  }
  if (name.ends_with("-csv")) return parse_digits_csv(text);
  if (name.ends_with("-bin")) return parse_cifar(bytes);
  return read_idx(tree, index, bytes);
}

}  // namespace

Error with_path(const std::string& path, const Error& error) {
  const std::string quoted = "'" + path + "'";
  if (error.message.find(quoted) != std::string::npos) return error;
  return {error.code, quoted + ": " + error.message};
}

bool is_test_name(const std::string& name) {
  return name.find("t10k") != std::string::npos || name.find("test") != std::string::npos;
}

Result<std::optional<std::size_t>> find_idx_pictures(const FileTree& tree, Split split) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < tree.names().size(); ++i) {
    const std::string name = plain_name(tree.names()[i]);
    const bool pictures =
        name.find("images") != std::string::npos && name.find("idx") != std::string::npos;
    if (pictures && is_test_name(name) == (split == Split::test)) found.push_back(i);
  }
  if (found.empty()) return std::optional<std::size_t>();
  // Copies of a file, zipped or in a folder of the same name, count as one.
  std::ranges::stable_sort(found, {}, [&](std::size_t i) { return tree.names()[i].size(); });
  std::set<std::string> names;
  std::vector<std::string_view> list;
  for (const std::size_t i : found)
    if (names.insert(plain_name(tree.names()[i])).second) list.push_back(tree.names()[i]);
  if (names.size() > 1) {
    return Error{ErrorCode::several_sets,
                 "there are several sets: " + joined(list) +
                     "; choose one of these files, unpacked if they are in a ZIP"};
  }
  return std::optional(found.front());
}

Result<ArrayPictures> read_array_file(FileTree& tree, std::size_t index) {
  const std::string path = tree.path_of(index);
  GANVAS_ASSIGN_OR_RETURN(const Bytes bytes, read_whole(tree, index));
  Result<LabelledPictures> found = parse_by_kind(tree, index, bytes);
  if (!found) {
    if (found.error().message.starts_with('\'')) return found.error();  // it names the labels' file
    return with_path(path, found.error());
  }
  ArrayPictures read{path, std::move(found).value(), true, names_for(path)};
  if (plain_name(path).ends_with("-bin"))
    read.class_names = lines_beside(tree, index, read.found.fine ? kFineNames : "batches.meta.txt");
  return read;
}

Result<std::optional<ArrayPictures>> read_cifar(FileTree& tree) {
  const bool fine = std::ranges::any_of(
      tree.names(), [](const std::string& name) { return base_name(name) == kFineNames; });
  std::optional<ArrayPictures> all;
  for (std::size_t i = 0; i < tree.names().size(); ++i) {
    const std::string name = base_name(tree.names()[i]);
    const bool batch_of_10 = name.starts_with("data_batch_") && name.ends_with(".bin");
    if (!batch_of_10 && !(fine && name == "train.bin")) continue;
    GANVAS_ASSIGN_OR_RETURN(ArrayPictures batch, read_array_file(tree, i));
    if (!all) {
      all = std::move(batch);
      continue;
    }
    if (all->found.fine != batch.found.fine)
      return with_path(batch.path,
                       {ErrorCode::malformed, "has other classes than '" + all->path + "'"});
    if (all->found.pictures.levels.size() > kMaxSetSize - batch.found.pictures.levels.size())
      return with_path(batch.path, {ErrorCode::too_large, "makes more than 2 GB with the others"});
    all->found.pictures.count += batch.found.pictures.count;
    std::ranges::copy(batch.found.pictures.levels, std::back_inserter(all->found.pictures.levels));
    std::ranges::copy(batch.found.labels, std::back_inserter(all->found.labels));
  }
  return all;
}

Result<std::optional<ArrayPictures>> read_npy_folder(FileTree& tree, std::size_t limit) {
  std::vector<std::size_t> files;
  for (std::size_t i = 0; i < tree.names().size(); ++i)
    if (tree.names()[i].ends_with(".npy")) files.push_back(i);
  ArrayPictures all;
  std::vector<PictureArray> arrays;
  std::size_t total = 0;
  std::vector<std::size_t> classes;
  std::vector<std::pair<std::size_t, std::size_t>> places;  // of each picture: array, index
  for (const std::size_t file : files) {
    GANVAS_ASSIGN_OR_RETURN(ArrayPictures read, read_array_file(tree, file));
    PictureArray& array = read.found.pictures;
    if (array.count == 0) continue;
    const bool many = array.count > kMaxSetSize / kLeastSize;  // their product may not be a size_t
    total += many ? 0 : std::max(array.levels.size(), array.count * kLeastSize);
    if (many || total > kMaxSetSize)
      return with_path(read.path,
                       {ErrorCode::too_large, "makes more than 2 GB with the files before it"});
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
  if (arrays.empty()) return std::optional<ArrayPictures>();
  std::vector<std::size_t> order = alternate_classes(classes);
  if (limit > 0) order.resize(std::min(order.size(), limit));
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
  return std::optional(std::move(all));
}

}  // namespace ganvas
