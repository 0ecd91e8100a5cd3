// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Files that are not taken, and why. The reason is a code, for who words it in other languages, and
// a text.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"

namespace ganvas {

enum class LeftOutReason {
  other_part,       // of a set that is split into training and test
  beside_classes,   // not in one of the folders that are classes
  no_picture_name,  // the extension is no picture's
  no_picture,       // nor are the contents
  kind_not_read,    // a picture of a kind that is not read here
  empty,
  damaged,
  too_large,  // more bytes than a picture's file may have
  too_many_pixels,
  four_colours,  // CMYK
  encrypted,
  unreadable,  // the file or its entry in an archive cannot be read
};

template <>
inline constexpr std::array<std::string_view, 12> kEnumNames<LeftOutReason>{
    "other_part",      "beside_classes", "no_picture_name", "no_picture",
    "kind_not_read",   "empty",          "damaged",         "too_large",
    "too_many_pixels", "four_colours",   "encrypted",       "unreadable"};

/// The files that were not taken, by reason.
class LeftOut {
 public:
  struct Files {
    LeftOutReason reason;
    std::size_t count = 0;
    std::vector<std::string> examples{};  // the first three
  };

  /// `text` says in words what `reason` means for this file; files of one text are counted
  /// together.
  void add(LeftOutReason reason, std::string_view text, const std::string& name);

  /// By text, in the order of its bytes.
  const std::map<std::string, Files, std::less<>>& by_text() const { return by_text_; }
  /// A line for each text, with the number of files and three of them.
  std::vector<std::string> lines() const;

 private:
  std::map<std::string, Files, std::less<>> by_text_;
};

}  // namespace ganvas
