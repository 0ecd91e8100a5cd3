// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// File access with POSIX calls, which fsync and exclusive creation need; see files.h.
#include "cli/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "cli/text.h"

namespace ganvas::cli {
namespace {

namespace fs = std::filesystem;

Error system_error(const std::string& action, const std::string& path, int code) {
  return {code == ENOENT ? ErrorCode::not_found : ErrorCode::io_failure,
          action + " '" + path + "': " + std::generic_category().message(code)};
}

class Descriptor {
 public:
  Descriptor(const std::string& path, int flags, mode_t mode = 0)
      : number_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }
  /// False if the file system reports a failed write only now.
  bool close() { return number_ < 0 || ::close(std::exchange(number_, -1)) == 0; }

 private:
  int number_;
};

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : ".";
}

constexpr const char* kTemporaryPrefix = ".ganvas-";
constexpr const char* kTemporarySuffix = ".tmp";

/// A temporary file next to its target; deleted unless become() renames it. It is locked while its
/// process lives, which tells it from a leftover.
class TemporaryFile {
 public:
  static Result<TemporaryFile> create_beside(const fs::path& target) {
    const fs::path folder = folder_of(target);
    // A crashed process with the same ID can have left its temporary files.
    for (int attempt = 0;; ++attempt) {
      fs::path path = folder / (kTemporaryPrefix + std::to_string(::getpid()) + "-" +
                                std::to_string(attempt) + kTemporarySuffix);
      Descriptor file(path.native(), O_WRONLY | O_CREAT | O_EXCL, 0666);
      if (!file.is_open()) {
        if (errno != EEXIST) return system_error("cannot write into", folder.string(), errno);
        continue;
      }
      ::flock(file.number(), LOCK_EX);
      // Another process can have taken it for a leftover before it was locked.
      struct stat status{};
      if (::fstat(file.number(), &status) != 0 || status.st_nlink > 0)
        return TemporaryFile(std::move(path), std::move(file));  // without memory of its own
    }
  }
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  TemporaryFile(TemporaryFile&& other) noexcept
      : path_(std::exchange(other.path_, {})), file_(std::move(other.file_)) {}
  TemporaryFile& operator=(TemporaryFile&&) = delete;

  bool write(std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_.number(), bytes.data(), bytes.size());
      if (written < 0 && errno != EINTR) return false;
      if (written > 0) bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
  }
  bool become(const fs::path& target) {
    const fs::path in = path_.parent_path();
    if (::fsync(file_.number()) != 0) return false;
    // While it is open it is locked, and no other process takes it for a leftover.
    if (::rename(path_.c_str(), target.c_str()) != 0) return false;
    path_.clear();
    const Descriptor folder(in.native(), O_RDONLY | O_DIRECTORY);
    if (folder.is_open()) ::fsync(folder.number());  // persists the rename where supported
    return true;
  }

 private:
  TemporaryFile(fs::path path, Descriptor file) : path_(std::move(path)), file_(std::move(file)) {}

  fs::path path_;
  Descriptor file_;
};

/// The file that write_file(path) replaces or creates; symbolic links are resolved.
Result<fs::path> resolve_target(const std::string& path) {
  if (path.empty()) return Error{ErrorCode::io_failure, "cannot write a file whose name is empty"};
  const fs::path target(path);
  std::error_code trouble;
  const fs::file_status status = fs::status(target, trouble);
  if (trouble == std::errc::too_many_symbolic_link_levels)
    return system_error("cannot write", path, trouble.value());
  if (fs::is_directory(status) || !target.has_filename()) {
    return Error{ErrorCode::io_failure, "cannot write '" + path + "': it is a folder, not a file"};
  }
  if (!fs::exists(status)) {
    // It may be a link to a file that is not there yet.
    const fs::path linked = fs::read_symlink(target, trouble);
    if (linked.empty()) return target;
    return resolve_target((target.parent_path() / linked).string());
  }
  // Renaming over a device such as /dev/null would replace it.
  if (!fs::is_regular_file(status)) {
    return Error{ErrorCode::io_failure, "cannot write '" + path + "': it is not a regular file"};
  }
  if (::access(path.c_str(), W_OK) != 0) return system_error("cannot write", path, errno);
  std::error_code failure;
  fs::path canonical = fs::canonical(target, failure);
  if (failure) return system_error("cannot write", path, failure.value());
  return canonical;
}

}  // namespace

Result<std::vector<std::uint8_t>> read_file(const std::string& path, std::size_t max_size) {
  const Descriptor file(path, O_RDONLY);
  if (!file.is_open()) return system_error("cannot read", path, errno);
  std::vector<std::uint8_t> bytes;
  std::size_t size = 0;
  while (true) {
    if (size == bytes.size()) {
      if (size > max_size) {
        return Error{ErrorCode::too_large, "'" + path + "' is larger than the " +
                                               std::to_string(max_size >> 20) +
                                               " MB allowed for such a file"};
      }
      bytes.resize(std::min(std::max<std::size_t>(2 * size, 1 << 20), max_size + 1));
    }
    const ssize_t count = ::read(file.number(), bytes.data() + size, bytes.size() - size);
    if (count < 0 && errno != EINTR) return system_error("cannot read", path, errno);
    if (count == 0) break;
    if (count > 0) size += static_cast<std::size_t>(count);
  }
  bytes.resize(size);
  return bytes;
}

Status check_writable(const std::string& path) {
  GANVAS_ASSIGN_OR_RETURN(const fs::path target, resolve_target(path));
  GANVAS_RETURN_IF_ERROR(TemporaryFile::create_beside(target));
  return {};
}

Status check_replaces_nothing(const std::string& input, const std::string& out) {
  std::error_code none;
  if (fs::is_directory(out, none) || !fs::equivalent(input, out, none)) return {};
  return Error{ErrorCode::invalid_argument,
               "'" + out + "' is the file that is read; choose another output"};
}

fs::path real_path(const std::string& path) {
  std::error_code none;
  return fs::weakly_canonical(fs::absolute(path, none), none);
}

Status check_adds_nothing(const std::string& folder, const std::string& out) {
  std::error_code none;
  if (!fs::is_directory(folder, none)) return {};
  const fs::path inside = real_path(out).lexically_relative(real_path(folder));
  if (inside.empty() || *inside.begin() == "..") return {};
  return Error{ErrorCode::invalid_argument, "'" + out + "' would lie among the pictures in '" +
                                                folder + "'; choose another place"};
}

Status check_space(const std::string& path, std::size_t size, std::size_t count) {
  GANVAS_ASSIGN_OR_RETURN(const fs::path target, resolve_target(path));
  const std::string what = "cannot write '" + path + "', which needs " + file_size(size);
  rlimit limit{};
  if (::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur < size) {
    return Error{ErrorCode::io_failure,
                 what + ": this process may write files of " + file_size(limit.rlim_cur)};
  }
  struct statvfs space{};
  if (::statvfs(folder_of(target).c_str(), &space) != 0) return {};  // told when it is written
  const std::size_t free = std::size_t{space.f_bavail} * space.f_frsize;
  if (free / count >= size) return {};
  const std::string files = count > 1 ? " for each of " + std::to_string(count) + " files" : "";
  return Error{ErrorCode::io_failure, what + files + ": " + file_size(free) + " are free there"};
}

const char* FolderEntries::next() {
  while (folder_) {
    errno = 0;
    const dirent* const entry = ::readdir(folder_);
    if (!entry) {
      failure_ = errno;
      break;
    }
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") return entry->d_name;
  }
  return nullptr;
}

void remove_leftovers(const std::string& path) {
  const Result<fs::path> target = resolve_target(path);
  if (!target) return;
  const fs::path folder = folder_of(target.value());
  FolderEntries entries(folder.string());
  while (const char* const name = entries.next()) {
    const std::string_view text = name;
    if (!text.starts_with(kTemporaryPrefix) || !text.ends_with(kTemporarySuffix)) continue;
    const std::string leftover = (folder / name).string();
    const Descriptor file(leftover, O_RDONLY | O_NOFOLLOW);
    if (file.is_open() && ::flock(file.number(), LOCK_EX | LOCK_NB) == 0)
      ::unlink(leftover.c_str());
  }
}

Status write_file(const std::string& path, std::span<const std::uint8_t> bytes) {
  GANVAS_ASSIGN_OR_RETURN(const fs::path target, resolve_target(path));
  GANVAS_ASSIGN_OR_RETURN(TemporaryFile file, TemporaryFile::create_beside(target));
  if (!file.write(bytes) || !file.become(target)) return system_error("cannot write", path, errno);
  return {};
}

Status make_folder(const std::string& path) {
  std::error_code failure;
  fs::create_directories(path, failure);
  if (failure) return system_error("cannot create the folder", path, failure.value());
  return {};
}

Result<FileLock> FileLock::acquire(const std::string& path) {
  GANVAS_ASSIGN_OR_RETURN(const fs::path target, resolve_target(path));
  const std::string lock =
      (folder_of(target) / ("." + target.filename().string() + ".lock")).string();
  while (true) {
    std::string owned = lock;
    const int descriptor = ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0) return system_error("cannot write", path, errno);
    FileLock held(std::move(owned), descriptor);  // without memory of its own
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      held.path_.clear();  // it is the other's
      return Error{ErrorCode::io_failure,
                   "'" + path + "' belongs to a run of another process that is still going on"};
    }
    // The process that held it can have removed the file meanwhile.
    struct stat ours{};
    struct stat there{};
    const bool same = ::fstat(descriptor, &ours) == 0 && ::stat(lock.c_str(), &there) == 0 &&
                      ours.st_ino == there.st_ino;
    if (same) return held;
    held.path_.clear();
  }
}

FileLock::FileLock(std::string path, int descriptor)
    : path_(std::move(path)), descriptor_(descriptor) {}

FileLock::FileLock(FileLock&& other) noexcept
    : path_(std::exchange(other.path_, {})), descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
  if (!path_.empty()) ::unlink(path_.c_str());
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace ganvas::cli
