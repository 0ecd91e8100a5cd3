// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Folders with std::filesystem, ZIP with minizip; see file_tree.h.
#include "cli/file_tree.h"

#include <minizip/unzip.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <new>
#include <utility>

#include "cli/files.h"
#include "cli/gzip.h"

namespace ganvas::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxUnzipped = std::uint64_t{8} << 30;

/// A tree whose files are as they are stored.
class StoredTree : public FileTree {
 public:
  explicit StoredTree(std::string path) : FileTree(std::move(path)) {}

  Result<Bytes> read(std::size_t index, std::size_t max_size) final {
    Result<Bytes> stored = read_stored(index, max_size);
    if (!stored || !is_gzip(stored.value())) return stored;
    return inflate_gzip(stored.value(), max_size);
  }

 private:
  virtual Result<Bytes> read_stored(std::size_t index, std::size_t max_size) = 0;
};

class Folder : public StoredTree {
 public:
  using StoredTree::StoredTree;

  Status list(Depth depth) {
    std::vector<fs::path> above;
    GANVAS_RETURN_IF_ERROR(list_folder(path(), "", depth, above));
    std::ranges::sort(names_);
    return {};
  }

  std::string path_of(std::size_t index) const override {
    return (fs::path(path()) / names_[index]).string();
  }

 private:
  /// Follows links, but for those to a folder that they lie in. `above` has the folders, by their
  /// real paths, that this one lies in; names of its files begin with `prefix`.
  Status list_folder(const fs::path& folder, const std::string& prefix, Depth depth,
                     std::vector<fs::path>& above) {
    std::error_code failure;
    const fs::path real = fs::canonical(folder, failure);
    if (failure) return unreadable(folder, failure);
    if (std::ranges::find(above, real) != above.end()) return {};
    above.push_back(real);
    FolderEntries entries(folder.native());
    while (const char* const entry = entries.next()) {
      if (++entries_ > kMaxFiles) return too_many_files();
      const std::string name = prefix + entry;
      if (is_clutter(name)) continue;
      const fs::path path = folder / entry;
      std::error_code ignored;
      if (!fs::is_directory(path, ignored)) {
        names_.push_back(name);
      } else if (depth == Depth::whole) {
        GANVAS_RETURN_IF_ERROR(list_folder(path, name + "/", depth, above));
      }
    }
    above.pop_back();
    // What may not be read is passed over.
    if (entries.failure() == 0 || entries.failure() == EACCES) return {};
    return unreadable(folder, {entries.failure(), std::generic_category()});
  }

  static Error unreadable(const fs::path& folder, const std::error_code& failure) {
    return {failure == std::errc::no_such_file_or_directory ? ErrorCode::not_found
                                                            : ErrorCode::io_failure,
            "cannot read '" + folder.string() + "': " + failure.message()};
  }

  Result<Bytes> read_stored(std::size_t index, std::size_t max_size) override {
    const std::string path = path_of(index);
    // Opening a pipe would wait for whoever writes into it.
    std::error_code ignored;
    const fs::file_status status = fs::status(path, ignored);
    if (fs::exists(status) && !fs::is_regular_file(status))
      return Error{ErrorCode::malformed, "no regular file"};
    return read_file(path, max_size);
  }

  std::size_t entries_ = 0;  // files, folders and clutter
};

class Zip : public StoredTree {
 public:
  explicit Zip(const std::string& path) : StoredTree(path) {
    errno = 0;
    file_ = unzOpen64(path.c_str());
    if (file_ == nullptr && errno == ENOMEM) throw std::bad_alloc();
  }
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
      if (entries_.size() == kMaxFiles) return too_many_files();
      unzipped += std::min<std::uint64_t>(entry.info.uncompressed_size, kMaxUnzipped);
      if (unzipped > kMaxUnzipped)
        return Error{ErrorCode::too_large, "'" + path() + "' unzips to more than 8 GB"};
      entries_.push_back(std::move(entry));
    }
    if (outcome != UNZ_END_OF_LIST_OF_FILE) return damaged();
    std::ranges::sort(entries_, {}, &Entry::name);
    for (const Entry& entry : entries_) names_.push_back(entry.name);
    return {};
  }

  std::string path_of(std::size_t index) const override { return path() + "/" + names_[index]; }

 private:
  struct Entry {
    std::string name;
    unz_file_info64 info;
    unz64_file_pos place;
  };

  Result<Bytes> read_stored(std::size_t index, std::size_t max_size) override {
    const Entry& entry = entries_[index];
    constexpr unsigned kEncrypted = 1;
    if ((entry.info.flag & kEncrypted) != 0)
      return Error{ErrorCode::encrypted, "encrypted in the ZIP"};
    if (entry.info.compression_method != 0 && entry.info.compression_method != Z_DEFLATED) {
      return Error{ErrorCode::malformed, "compressed in the ZIP by another method than Deflate"};
    }
    const std::uint64_t size = entry.info.uncompressed_size;
    if (size > max_size) {
      return Error{ErrorCode::too_large, "larger than " + std::to_string(max_size >> 20) + " MB"};
    }
    const Error broken{ErrorCode::malformed, "damaged in the ZIP"};
    if (unzGoToFilePos64(file_, &entry.place) != UNZ_OK) return broken;
    const int opened = unzOpenCurrentFile(file_);
    if (opened == UNZ_INTERNALERROR || opened == Z_MEM_ERROR) throw std::bad_alloc();
    if (opened != UNZ_OK) return broken;
    Bytes bytes;
    std::array<std::uint8_t, 1 << 16> chunk{};
    int count = 0;
    // Grows with what is there, since the size in the directory may be a lie.
    while ((count = unzReadCurrentFile(file_, chunk.data(), chunk.size())) > 0 &&
           bytes.size() + static_cast<std::size_t>(count) <= size) {
      bytes.insert(bytes.end(), chunk.begin(), chunk.begin() + count);
    }
    if (count == Z_MEM_ERROR) throw std::bad_alloc();
    const bool whole = count == 0 && bytes.size() == size;
    if (unzCloseCurrentFile(file_) != UNZ_OK || !whole)
      return broken;  // closing compares checksums
    return bytes;
  }

  Error damaged() const { return {ErrorCode::malformed, "'" + path() + "' is a damaged ZIP"}; }

  unzFile file_ = nullptr;
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

}  // namespace ganvas::cli
