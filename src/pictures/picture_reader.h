// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Anybody's files as one fitted set. What pictures of one file each are decoded with is the
// caller's business, and may take its time: the reader names a file and takes its pixels.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pictures/array_files.h"
#include "pictures/file_tree.h"
#include "pictures/fit.h"
#include "pictures/left_out.h"
#include "pictures/picture_files.h"
#include "pictures/picture_set.h"

namespace ganvas {

struct ReadingOptions {
  static constexpr std::array<int, 5> kSides{16, 28, 32, 48, 64};
  static constexpr int kDefaultSide = 32;

  std::optional<int> side{};     // else the arrays' own if it is one of kSides, else kDefaultSide
  std::optional<bool> colour{};  // else colour if any picture has some
  bool pad = false;
  bool invert = false;
  bool transpose = false;  // arrays alone
  std::array<std::uint8_t, 3> ground{255, 255, 255};
  int limit = 0;  // the first so many, as a demand; 0: all

  bool operator==(const ReadingOptions&) const = default;
};

/// What the user should know of a set.
enum class ReadingNote {
  emnist_transposed,  // it is stored on its side, and was not transposed
  fine_classes,       // CIFAR-100's, not its 20 coarse ones
  arrays_chosen,      // there are arrays that were not taken
};

template <>
inline constexpr std::array<std::string_view, 3> kEnumNames<ReadingNote>{
    "emnist_transposed", "fine_classes", "arrays_chosen"};

struct Reading {
  PictureSet set{};
  LeftOut left_out{};
  std::vector<ReadingNote> notes{};
  std::optional<ArrayNames> arrays{};  // with ReadingNote::arrays_chosen
};

class PictureReader {
 public:
  /// The tree must outlive the reader.
  PictureReader(FileTree& tree, const ReadingOptions& options);

  /// Begins with one of these three. Errors: not_found if nothing fits, with what is there; those
  /// of array_files.h.
  Status read_tree();
  Status read_npz();
  Status read_file(std::size_t index);

  /// The next file to decode, in the tree; none at the end, and if the tree holds arrays. The
  /// calls that follow are of this file.
  std::optional<std::size_t> next();
  /// The most files that next() can name.
  std::size_t count() const { return plan_.files.size(); }
  /// Takes a picture; an animated one takes one for each frame. Error: too_large above kMaxSetSize.
  Status add(const PictureView& picture);
  void leave_out(LeftOutReason reason, std::string_view text);

  /// Errors: none_usable if no picture can be used; shape_mismatch if they are fewer than asked
  /// for.
  Result<Reading> finish();

 private:
  Status fit_arrays(const ArrayPictures& read);
  Status reserve(std::size_t count);
  void append(const PictureView& picture);
  FitOptions fitting(int side, bool colour) const;
  Error nothing_there() const;

  FileTree& tree_;
  ReadingOptions options_;
  Reading reading_;
  bool has_colour_ = false;  // any picture so far
  PicturePlan plan_;
  std::size_t place_ = 0;             // of the file after the present one, in the plan
  std::vector<std::int64_t> labels_;  // of each picture, among plan_.folders
};

}  // namespace ganvas
