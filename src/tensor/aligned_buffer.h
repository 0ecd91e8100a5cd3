// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Owned, zero-initialised storage, aligned to 64 bytes: a cache line, and the widest SIMD register
// of any tier. Kernels can use aligned loads at every multiple of 16 floats.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <span>

#include "tensor/allocation_scope.h"

namespace ganvas {

inline constexpr std::size_t kAlignment = 64;

template <typename T>
class AlignedBuffer {
 public:
  AlignedBuffer() = default;
  explicit AlignedBuffer(std::size_t size)
      : data_(static_cast<T*>(AllocationScope::allocate(size * sizeof(T), kAlignment))),
        size_(size) {
    if (data_) std::fill_n(data_.get(), size_, T{});
  }

  T* data() { return data_.get(); }
  const T* data() const { return data_.get(); }
  std::size_t size() const { return size_; }

  std::span<T> span() { return {data(), size_}; }
  std::span<const T> span() const { return {data(), size_}; }
  T& operator[](std::size_t i) { return data()[i]; }
  const T& operator[](std::size_t i) const { return data()[i]; }

 private:
  struct AlignedDelete {
    void operator()(T* pointer) const { ::operator delete(pointer, std::align_val_t{kAlignment}); }
  };

  std::unique_ptr<T, AlignedDelete> data_;
  std::size_t size_ = 0;
};

}  // namespace ganvas
