// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The extents of a tensor, outermost first, printed as in PyTorch. Supports up to four axes, enough
// for convolution weights (out, in, kh, kw).
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <initializer_list>
#include <string>

namespace ganvas {

class Shape {
 public:
  static constexpr int kMaxRank = 4;

  Shape() = default;
  Shape(std::initializer_list<int> extents) {
    for (const int extent : extents) push_back(extent);
  }

  void push_back(int extent) {
    assert(rank_ < kMaxRank && extent >= 0);
    extents_[static_cast<std::size_t>(rank_++)] = extent;
  }

  int rank() const { return rank_; }
  int operator[](int axis) const {
    assert(axis >= 0 && axis < rank_);
    return extents_[static_cast<std::size_t>(axis)];
  }

  /// Number of elements; 1 for the empty shape of a scalar.
  std::size_t size() const {
    std::size_t product = 1;
    for (int axis = 0; axis < rank_; ++axis) product *= static_cast<std::size_t>((*this)[axis]);
    return product;
  }

  friend bool operator==(const Shape&, const Shape&) = default;

  /// Formatted as a Python tuple: "(256, 64)", or "(256,)" for one axis.
  std::string to_string() const {
    std::string text = "(";
    for (int axis = 0; axis < rank_; ++axis) {
      if (axis > 0) text += ", ";
      text += std::to_string((*this)[axis]);
    }
    return text + (rank_ == 1 ? ",)" : ")");
  }

 private:
  std::array<int, kMaxRank> extents_{};
  int rank_ = 0;
};

}  // namespace ganvas
