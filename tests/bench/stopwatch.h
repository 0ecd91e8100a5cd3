// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How long work takes when it runs over and over, natively or in WebAssembly.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>

namespace ganvas::bench {

/// A function of its own: engines compile WebAssembly again, and well, function by function as
/// calls add up.
template <typename Work>
[[gnu::noinline]] void call(const Work& work) {
  work();
}

/// Seconds that one call took in each of seven rounds of at least `round_seconds`, from the least.
template <typename Work>
std::array<double, 7> seconds_of_rounds(const Work& work, double round_seconds) {
  using Clock = std::chrono::steady_clock;
  const auto seconds_of = [&](long calls) {
    const auto start = Clock::now();
    for (long i = 0; i < calls; ++i) call(work);
    return std::chrono::duration<double>(Clock::now() - start).count();
  };
  long calls = 1;
  // Also the warm-up.
  while (seconds_of(calls) < round_seconds) calls *= 2;
  std::array<double, 7> rounds{};
  for (double& round : rounds) round = seconds_of(calls) / static_cast<double>(calls);
  std::sort(rounds.begin(), rounds.end());
  return rounds;
}

/// Seconds that one call takes: the median round.
template <typename Work>
double seconds_per_call(const Work& work, double round_seconds = 0.03) {
  const auto rounds = seconds_of_rounds(work, round_seconds);
  return rounds[rounds.size() / 2];
}

}  // namespace ganvas::bench
