// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Folders with std::filesystem, ZIP with minizip; see file_tree.h.
#include "cli/file_tree.h"

#include <minizip/unzip.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <limits>
#include <string_view>
#include <utility>

#include "cli/files.h"

namespace ganvas::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFiles = 200'000;
constexpr std::uint64_t kMaxUnzipped = std::uint64_t{8} << 30;

/// Hidden files, and those that macOS and Windows leave in folders and archives.
bool is_clutter(const std::string& name) {
  const std::string_view base = std::string_view(name).substr(name.rfind('/') + 1);
  return name.starts_with('.') || name.find("/.") != std::string::npos ||
         name.find("__MACOSX/") != std::string::npos || base == "Thumbs.db" ||
         base == "desktop.ini";
}

Error too_many(const std::string& path) {
  return {ErrorCode::malformed,
          "'" + path + "' holds more than " + std::to_string(kMaxFiles) + " files"};
}

class Folder : public FileTree {
 public:
  explicit Folder(std::string path) : path_(std::move(path)) {}

  Status list(Depth depth) {
    std::error_code failure;
    constexpr auto kOptions = fs::directory_options::skip_permission_denied;
    fs::recursive_directory_iterator at(path_, kOptions, failure);
    for (; !failure && at != fs::recursive_directory_iterator(); at.increment(failure)) {
      std::error_code ignored;
      if (at->is_directory(ignored) && depth == Depth::this_folder) at.disable_recursion_pending();
      std::string name = at->path().lexically_relative(path_).generic_string();
      if (at->is_directory(ignored) || is_clutter(name)) continue;
      if (names_.size() == kMaxFiles) return too_many(path_);
      names_.push_back(std::move(name));
    }
    if (failure) {
      return Error{failure == std::errc::no_such_file_or_directory ? ErrorCode::not_found
                                                                   : ErrorCode::io_failure,
                   "cannot read '" + path_ + "': " + failure.message()};
    }
    std::ranges::sort(names_);
    return {};
  }

  Result<std::vector<std::uint8_t>> read(std::size_t index, std::size_t max_size) override {
    return read_file(path_of(index), max_size);
  }
  std::string path_of(std::size_t index) const override {
    return (fs::path(path_) / names_[index]).string();
  }

 private:
  std::string path_;
};

class Zip : public FileTree {
 public:
  explicit Zip(std::string path) : path_(std::move(path)), file_(unzOpen64(path_.c_str())) {}
  ~Zip() override {
    if (file_ != nullptr) unzClose(file_);
  }
  Zip(const Zip&) = delete;
  Zip& operator=(const Zip&) = delete;

  Status list() {
    if (file_ == nullptr) return damaged();
    std::uint64_t unzipped = 0;
    int outcome = unzGoToFirstFile(file_);
    for (; outcome == UNZ_OK; outcome = unzGoToNextFile(file_)) {
      Entry entry{};
      std::array<char, 1 << 16> name{};
      if (unzGetCurrentFileInfo64(file_, &entry.info, name.data(), name.size() - 1, nullptr, 0,
                                  nullptr, 0) != UNZ_OK ||
          unzGetFilePos64(file_, &entry.place) != UNZ_OK) {
        return damaged();
      }
      entry.name = name.data();
      std::ranges::replace(entry.name, '\\', '/');
      if (entry.name.empty() || entry.name.ends_with('/') || is_clutter(entry.name)) continue;
      if (entries_.size() == kMaxFiles) return too_many(path_);
      unzipped += std::min<std::uint64_t>(entry.info.uncompressed_size, kMaxUnzipped);
      if (unzipped > kMaxUnzipped)
        return Error{ErrorCode::malformed, "'" + path_ + "' unzips to more than 8 GB"};
      entries_.push_back(std::move(entry));
    }
    if (outcome != UNZ_END_OF_LIST_OF_FILE) return damaged();
    std::ranges::sort(entries_, {}, &Entry::name);
    for (const Entry& entry : entries_) names_.push_back(entry.name);
    return {};
  }

  Result<std::vector<std::uint8_t>> read(std::size_t index, std::size_t max_size) override {
    const Entry& entry = entries_[index];
    constexpr unsigned kEncrypted = 1;
    if ((entry.info.flag & kEncrypted) != 0)
      return Error{ErrorCode::malformed, "encrypted in the ZIP"};
    if (entry.info.compression_method != 0 && entry.info.compression_method != Z_DEFLATED) {
      return Error{ErrorCode::malformed, "compressed in the ZIP by another method than Deflate"};
    }
    const std::uint64_t size = entry.info.uncompressed_size;
    if (size > max_size) {
      return Error{ErrorCode::malformed, "larger than " + std::to_string(max_size >> 20) + " MB"};
    }
    const Error broken{ErrorCode::malformed, "damaged in the ZIP"};
    if (unzGoToFilePos64(file_, &entry.place) != UNZ_OK || unzOpenCurrentFile(file_) != UNZ_OK)
      return broken;
    std::vector<std::uint8_t> bytes;
    std::array<std::uint8_t, 1 << 16> chunk{};
    int count = 0;
    // Grows with what is there, since the size in the directory may be a lie.
    while ((count = unzReadCurrentFile(file_, chunk.data(), chunk.size())) > 0 &&
           bytes.size() + static_cast<std::size_t>(count) <= size) {
      bytes.insert(bytes.end(), chunk.begin(), chunk.begin() + count);
    }
    const bool whole = count == 0 && bytes.size() == size;
    if (unzCloseCurrentFile(file_) != UNZ_OK || !whole)
      return broken;  // closing compares checksums
    return bytes;
  }
  std::string path_of(std::size_t index) const override { return path_ + "/" + names_[index]; }

 private:
  struct Entry {
    std::string name;
    unz_file_info64 info;
    unz64_file_pos place;
  };

  Error damaged() const { return {ErrorCode::malformed, "'" + path_ + "' is a damaged ZIP"}; }

  std::string path_;
  unzFile file_;
  std::vector<Entry> entries_;
};

}  // namespace

Result<std::unique_ptr<FileTree>> open_folder(const std::string& path, Depth depth) {
  auto folder = std::make_unique<Folder>(path);
  GANVAS_RETURN_IF_ERROR(folder->list(depth));
  return std::unique_ptr<FileTree>(std::move(folder));
}

Result<std::unique_ptr<FileTree>> open_zip(const std::string& path) {
  auto zip = std::make_unique<Zip>(path);
  GANVAS_RETURN_IF_ERROR(zip->list());
  return std::unique_ptr<FileTree>(std::move(zip));
}

std::string base_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

}  // namespace ganvas::cli
