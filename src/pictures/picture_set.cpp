// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Colours and classes of a whole set; see picture_set.h.
#include "pictures/picture_set.h"

// Inline, optimised for size, and without ARM's intrinsics, which Emscripten seems to have.
#define XXH_HAS_INCLUDE(header) 0
#define XXH_INLINE_ALL
#define XXH_NO_STREAM
#define XXH_SIZE_OPT 1
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>
#include <set>

namespace ganvas {

void drop_colour(PictureSet& set) {
  assert(set.channels == 3);
  const std::size_t plane = static_cast<std::size_t>(set.side) * static_cast<std::size_t>(set.side);
  const std::size_t count = set.count();
  for (std::size_t i = 1; i < count; ++i)
    std::copy_n(set.pixels.begin() + static_cast<std::ptrdiff_t>(3 * i * plane), plane,
                set.pixels.begin() + static_cast<std::ptrdiff_t>(i * plane));
  set.pixels.resize(count * plane);
  set.channels = 1;
}

Status set_classes(PictureSet& set, std::span<const std::int64_t> labels, int known) {
  assert(labels.size() >= set.count());
  std::set<std::int64_t> numbers(labels.begin(), labels.end());
  if (!numbers.empty() && *numbers.begin() >= 0 && *numbers.rbegin() < known)
    for (int label = 0; label < known; ++label) numbers.insert(label);
  if (numbers.size() > PictureSet::kMaxClasses) {
    return Error{ErrorCode::too_many_classes, "the labels are " + std::to_string(numbers.size()) +
                                                  " different numbers, and there can be " +
                                                  std::to_string(PictureSet::kMaxClasses) +
                                                  " classes"};
  }
  if (numbers.size() < 2) return {};
  const std::vector<std::int64_t> classes(numbers.begin(), numbers.end());
  set.classes = static_cast<int>(classes.size());
  for (const std::int64_t label : labels)
    set.labels.push_back(
        static_cast<std::uint8_t>(std::ranges::lower_bound(classes, label) - classes.begin()));
  const bool named_by_place = classes.front() == 0 && classes.back() == set.classes - 1;
  for (const std::int64_t number : classes)
    if (!named_by_place) set.class_names.push_back(std::to_string(number));
  return {};
}

std::vector<std::size_t> alternate_classes(std::span<const std::size_t> classes) {
  std::vector<std::size_t> rank(classes.size());  // among the pictures of the same class
  std::vector<std::size_t> seen;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    seen.resize(std::max(seen.size(), classes[i] + 1));
    rank[i] = seen[classes[i]]++;
  }
  std::vector<std::size_t> order(classes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return rank[a] != rank[b] ? rank[a] < rank[b] : classes[a] < classes[b];
  });
  return order;
}

std::string class_name(std::string utf8) {
  for (char& c : utf8) {
    const auto code = static_cast<unsigned char>(c);
    if (code < 0x20 || code == 0x7f) c = code == '\n' ? ' ' : '?';
  }
  while (utf8.ends_with(' ')) utf8.pop_back();
  std::size_t end = std::min(utf8.size(), PictureSet::kMaxClassName);
  while (end < utf8.size() && (static_cast<unsigned char>(utf8[end]) & 0xc0) == 0x80) --end;
  utf8.resize(end);
  return utf8.empty() ? "?" : utf8;
}

std::string id_of(const PictureSet& set) {
  std::array<std::uint8_t, 16> shape{};  // little-endian: count, channels, side, classes
  const auto put = [&](std::size_t at, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i)
      shape[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
  };
  put(0, set.count(), 8);
  put(8, static_cast<std::uint64_t>(set.channels), 2);
  put(10, static_cast<std::uint64_t>(set.side), 2);
  put(12, static_cast<std::uint64_t>(set.classes), 4);
  std::uint64_t sum = XXH3_64bits(shape.data(), shape.size());
  sum = XXH3_64bits_withSeed(set.labels.data(), set.labels.size(), sum);
  sum = XXH3_64bits_withSeed(set.pixels.data(), set.pixels.size(), sum);
  std::string text(16, '0');
  for (char& digit : text) {
    digit = "0123456789abcdef"[sum >> 60];
    sum <<= 4;
  }
  return text;
}

}  // namespace ganvas
