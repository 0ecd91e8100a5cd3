// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Work on independent rows, of which each rank does a part.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "distributed/job.h"

namespace ganvas {

struct Rows {
  std::size_t begin;
  std::size_t end;

  std::size_t count() const { return end - begin; }
};

/// The most rows that a rank has of `count`, in whole units.
inline std::size_t longest_part(std::size_t count, std::size_t unit, Job& job) {
  const auto ranks = static_cast<std::size_t>(job.ranks());
  const std::size_t units = (count + unit - 1) / unit;
  return (units + ranks - 1) / ranks * unit;
}

/// This rank's rows: as many on each, until there are no more.
inline Rows part_of(std::size_t count, std::size_t unit, Job& job) {
  const std::size_t length = longest_part(count, unit, job);
  const std::size_t begin = std::min(count, static_cast<std::size_t>(job.rank()) * length);
  return {begin, std::min(count, begin + length)};
}

/// Has compute(part_of(count, unit, job)) write this rank's part of rows (count, width), and fills
/// in those of others.
template <typename Number, typename Compute>
void share_rows(std::span<Number> rows, std::size_t width, std::size_t unit, Job& job,
                const Compute& compute) {
  const std::size_t count = rows.size() / width;
  const Rows own = part_of(count, unit, job);
  compute(own);
  if (job.ranks() == 1) return;
  // One after the other, parts that all have the longest one's length are the rows.
  const std::size_t length = longest_part(count, unit, job) * width;
  std::vector<double> all(static_cast<std::size_t>(job.ranks()) * length);
  std::copy_n(rows.data() + own.begin * width, own.count() * width,
              all.data() + static_cast<std::size_t>(job.rank()) * length);
  job.exchange().share(all);
  std::transform(all.data(), all.data() + rows.size(), rows.data(),
                 [](double number) { return static_cast<Number>(number); });
}

}  // namespace ganvas
