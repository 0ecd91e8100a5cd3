// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Counts or checks the memory of the AlignedBuffers that are made during a scope. What a run needs
// is counted by the code that allocates it, so the figure cannot differ from the allocation.
#pragma once

#include <cstddef>
#include <new>
#include <utility>

namespace ganvas {

/// Applies to the buffers that this thread makes while the scope exists. Their elements must not be
/// accessed before failed() is known to be false, or at all if they are only counted.
class AllocationScope {
 public:
  enum class Mode {
    count,  // buffers get no memory
    check,  // a buffer for which there is no memory is empty, and failed() is true
  };

  explicit AllocationScope(Mode mode) : mode_(mode), outer_(std::exchange(current_, this)) {}
  ~AllocationScope() { current_ = outer_; }
  AllocationScope(const AllocationScope&) = delete;
  AllocationScope& operator=(const AllocationScope&) = delete;

  /// The sum of all buffers, in bytes.
  std::size_t bytes() const { return bytes_; }
  bool failed() const { return failed_; }

  /// Memory for a buffer. Outside all scopes, operator new reports that there is none.
  static void* allocate(std::size_t bytes, std::size_t alignment) {
    const auto aligned = std::align_val_t{alignment};
    if (!current_) return ::operator new(bytes, aligned);
    current_->bytes_ += bytes;
    if (current_->mode_ == Mode::count) return nullptr;
    // A handler can prevent that a failed allocation returns.
    const std::new_handler handler = std::set_new_handler(nullptr);
    void* memory = ::operator new(bytes, aligned, std::nothrow);
    std::set_new_handler(handler);
    if (!memory) current_->failed_ = true;
    return memory;
  }

  /// For handlers that leave the functions of all scopes without ending these.
  static void abandon_all() { current_ = nullptr; }

 private:
  static inline thread_local AllocationScope* current_ = nullptr;

  Mode mode_;
  AllocationScope* outer_;
  std::size_t bytes_ = 0;
  bool failed_ = false;
};

}  // namespace ganvas
