// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Parsing CSV and CIFAR; see labelled_pictures.h.
#include "pictures/labelled_pictures.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>

namespace ganvas {
namespace {

constexpr std::size_t kMaxColumns = 1 << 16;

/// The next line, without its end; `text` goes on behind it.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  while (cells.size() <= kMaxColumns) {
    const std::size_t comma = std::min(line.find(','), line.size());
    std::string_view cell = line.substr(0, comma);
    if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"')
      cell = cell.substr(1, cell.size() - 2);
    cells.push_back(cell);
    if (comma == line.size()) break;
    line.remove_prefix(comma + 1);
  }
  return cells;
}

std::optional<std::int64_t> whole_number_in(std::string_view cell) {
  std::int64_t number = 0;
  const char* const end = cell.data() + cell.size();
  const auto [stop, error] = std::from_chars(cell.data(), end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

/// The side of the pictures in rows of this many columns, and whether one more holds the label.
struct Columns {
  std::size_t count;
  std::size_t side;
  std::optional<std::size_t> label;
};

std::optional<Columns> columns_of(const std::vector<std::string_view>& first) {
  const auto side_of = [](std::size_t pixels) {
    return static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(pixels))));
  };
  const std::size_t count = first.size();
  const std::size_t with_label = side_of(count - 1);
  if (with_label > 1 && with_label * with_label == count - 1) {
    const auto named = std::ranges::find(first, "label");
    return Columns{count, with_label,
                   named == first.end() ? 0 : static_cast<std::size_t>(named - first.begin())};
  }
  const std::size_t side = side_of(count);
  if (side > 1 && side * side == count) return Columns{count, side, std::nullopt};
  return std::nullopt;
}

}  // namespace

Result<LabelledPictures> parse_digits_csv(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::string_view rest = text;
  const std::vector<std::string_view> first = cells_of(take_line(rest));
  const std::optional<Columns> columns = columns_of(first);
  if (!columns) {
    return Error{ErrorCode::malformed,
                 "a table of " + std::to_string(first.size()) +
                     " columns, which are no pixels of a square (with or without a label)"};
  }
  if (std::ranges::all_of(first, [](auto cell) { return whole_number_in(cell).has_value(); }))
    rest = text;  // there is no header
  const int side = static_cast<int>(columns->side);
  LabelledPictures found{{0, side, side, 1, {}}, {}};
  std::size_t line_number = rest.size() == text.size() ? 0 : 1;
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    ++line_number;
    if (line.empty()) continue;
    const std::vector<std::string_view> cells = cells_of(line);
    const std::string where = "line " + std::to_string(line_number);
    if (cells.size() != columns->count) {
      return Error{ErrorCode::malformed, where + " has " + std::to_string(cells.size()) +
                                             " columns, not " + std::to_string(columns->count)};
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::optional<std::int64_t> number = whole_number_in(cells[i]);
      if (!number || (columns->label != i && (*number < 0 || *number > 255))) {
        return Error{ErrorCode::malformed, where + ", column " + std::to_string(i + 1) +
                                               ", is no whole number from 0 to 255"};
      }
      if (columns->label == i) {
        found.labels.push_back(*number);
      } else {
        found.pictures.levels.push_back(static_cast<std::uint8_t>(*number));
      }
    }
    ++found.pictures.count;
  }
  return found;
}

Result<LabelledPictures> parse_cifar(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t kSide = 32;
  constexpr std::size_t kPixels = kSide * kSide;
  constexpr std::size_t kLabels10 = 1;
  constexpr std::size_t kLabels100 = 2;
  const auto is_of = [&](std::size_t labels) { return bytes.size() % (labels + 3 * kPixels) == 0; };
  if (bytes.empty() || (!is_of(kLabels10) && !is_of(kLabels100))) {
    return Error{ErrorCode::malformed,
                 std::to_string(bytes.size()) +
                     " bytes are no whole number of CIFAR-10's records of 3073, or of CIFAR-100's "
                     "of 3074"};
  }
  const std::size_t labels = is_of(kLabels10) ? kLabels10 : kLabels100;
  const std::size_t record = labels + 3 * kPixels;
  LabelledPictures found{
      {bytes.size() / record, kSide, kSide, 3, {}}, {}, /*fine=*/labels == kLabels100};
  found.pictures.levels.reserve(found.pictures.count * 3 * kPixels);
  for (; !bytes.empty(); bytes = bytes.subspan(record)) {
    found.labels.push_back(bytes[labels - 1]);
    for (std::size_t pixel = 0; pixel < kPixels; ++pixel)
      for (std::size_t plane = 0; plane < 3; ++plane)
        found.pictures.levels.push_back(bytes[labels + plane * kPixels + pixel]);
  }
  return found;
}

}  // namespace ganvas
