// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A library for LD_PRELOAD that makes one call of the process fail, as a machine does that is short
// of something: the GANVAS_FAIL_AT-th call of the kind GANVAS_FAIL_KIND, counted from 1 and from
// the start of main(). Of the kind `memory`, which is allocations, too, all from there on fail. At
// the end it writes how many calls of that kind there were to the file GANVAS_FAIL_COUNT.
// test_faults.py uses it.
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>

namespace {

enum class Kind { open, read, write, fsync, rename, close, allocation, memory };
constexpr const char* kKinds[] = {"open",   "read",  "write",      "fsync",
                                  "rename", "close", "allocation", "memory"};

std::atomic<bool> counting = false;
std::atomic<long> calls = 0;
Kind chosen = Kind::open;
long fail_at = 0;  // 0: never
int (*real_main)(int, char**, char**) = nullptr;

/// Whether this call is the one that fails.
bool fails(Kind kind) {
  return counting && kind == chosen && ++calls == fail_at;
}

/// Whether this allocation fails.
bool lacks_memory() {
  if (!counting || chosen != Kind::memory) return fails(Kind::allocation);
  return ++calls >= fail_at && fail_at > 0;
}

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

int open_or_fail(const char* path, int flags, mode_t mode) {
  if (!fails(Kind::open)) return next<int(const char*, int, ...)>("open64")(path, flags, mode);
  errno = EMFILE;
  return -1;
}

std::FILE* fopen_or_fail(const char* path, const char* mode) {
  if (!fails(Kind::open)) return next<std::FILE*(const char*, const char*)>("fopen64")(path, mode);
  errno = EMFILE;
  return nullptr;
}

void write_count() {
  counting = false;
  const char* const path = std::getenv("GANVAS_FAIL_COUNT");
  if (!path) return;
  char text[32];
  const int size = std::snprintf(text, sizeof text, "%ld", calls.load());
  const int file = next<int(const char*, int, ...)>("open")(path, O_WRONLY | O_CREAT, 0666);
  [[maybe_unused]] const ssize_t written =
      next<ssize_t(int, const void*, std::size_t)>("write")(file, text, static_cast<size_t>(size));
}

int counted_main(int argc, char** argv, char** environment) {
  const char* const kind = std::getenv("GANVAS_FAIL_KIND");
  for (std::size_t i = 0; kind && i < std::size(kKinds); ++i)
    if (std::strcmp(kind, kKinds[i]) == 0) chosen = static_cast<Kind>(i);
  const char* const at = std::getenv("GANVAS_FAIL_AT");
  fail_at = at ? std::atol(at) : 0;
  std::atexit(write_count);
  counting = true;
  return real_main(argc, argv, environment);
}

}  // namespace

extern "C" {

// glibc's own, which dlsym() need not be asked for: it allocates.
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* bytes, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

int __libc_start_main(int (*main)(int, char**, char**), int argc, char** argv, void (*init)(),
                      void (*fini)(), void (*end_of_loader)(), void* stack) {
  real_main = main;
  return next<int(int (*)(int, char**, char**), int, char**, void (*)(), void (*)(), void (*)(),
                  void*)>("__libc_start_main")(counted_main, argc, argv, init, fini, end_of_loader,
                                               stack);
}

// Both names are in use, since files can be larger than 2 GB.
int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return open_or_fail(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return open_or_fail(path, flags, mode);
}

std::FILE* fopen(const char* path, const char* mode) {
  return fopen_or_fail(path, mode);
}

std::FILE* fopen64(const char* path, const char* mode) {
  return fopen_or_fail(path, mode);
}

ssize_t read(int file, void* bytes, std::size_t size) {
  if (!fails(Kind::read)) return next<ssize_t(int, void*, std::size_t)>("read")(file, bytes, size);
  errno = EIO;
  return -1;
}

std::size_t fread(void* bytes, std::size_t size, std::size_t count, std::FILE* file) {
  if (fails(Kind::read)) {
    errno = EIO;
    return 0;
  }
  return next<std::size_t(void*, std::size_t, std::size_t, std::FILE*)>("fread")(bytes, size, count,
                                                                                 file);
}

ssize_t write(int file, const void* bytes, std::size_t size) {
  if (!fails(Kind::write))
    return next<ssize_t(int, const void*, std::size_t)>("write")(file, bytes, size);
  errno = ENOSPC;
  return -1;
}

int fflush(std::FILE* file) {
  if (!fails(Kind::write)) return next<int(std::FILE*)>("fflush")(file);
  errno = ENOSPC;
  return EOF;
}

int fsync(int file) {
  if (!fails(Kind::fsync)) return next<int(int)>("fsync")(file);
  errno = EIO;
  return -1;
}

int rename(const char* from, const char* to) {
  if (!fails(Kind::rename)) return next<int(const char*, const char*)>("rename")(from, to);
  errno = EIO;
  return -1;
}

int close(int file) {
  const int outcome = next<int(int)>("close")(file);
  if (!fails(Kind::close)) return outcome;
  errno = EIO;
  return -1;
}

// Operator new calls these.
void* malloc(std::size_t size) noexcept {
  if (!lacks_memory()) return __libc_malloc(size);
  errno = ENOMEM;
  return nullptr;
}

void* calloc(std::size_t count, std::size_t size) noexcept {
  if (!lacks_memory()) return __libc_calloc(count, size);
  errno = ENOMEM;
  return nullptr;
}

void* realloc(void* bytes, std::size_t size) noexcept {
  if (!lacks_memory()) return __libc_realloc(bytes, size);
  errno = ENOMEM;
  return nullptr;
}

void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  if (!lacks_memory()) return __libc_memalign(alignment, size);
  errno = ENOMEM;
  return nullptr;
}

int posix_memalign(void** bytes, std::size_t alignment, std::size_t size) noexcept {
  if (lacks_memory()) return ENOMEM;
  *bytes = __libc_memalign(alignment, size);
  return *bytes ? 0 : ENOMEM;
}

}  // extern "C"
