// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Timing of repeated work, natively or in WebAssembly.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>

namespace ganvas::bench {

/// A separate function, because WebAssembly engines optimise a function after many calls.
template <typename Work>
[[gnu::noinline]] void call(const Work& work) {
  work();
}

/// Seconds per call in seven rounds of at least `round_seconds` each, in ascending order.
template <typename Work>
std::array<double, 7> seconds_of_rounds(const Work& work, double round_seconds) {
  using Clock = std::chrono::steady_clock;
  const auto seconds_of = [&](long calls) {
    const auto start = Clock::now();
    for (long i = 0; i < calls; ++i) call(work);
    return std::chrono::duration<double>(Clock::now() - start).count();
  };
  long calls = 1;
  // Also serves as the warm-up.
  while (seconds_of(calls) < round_seconds) calls *= 2;
  std::array<double, 7> rounds{};
  for (double& round : rounds) round = seconds_of(calls) / static_cast<double>(calls);
  std::sort(rounds.begin(), rounds.end());
  return rounds;
}

/// Seconds per call: the median of the rounds.
template <typename Work>
double seconds_per_call(const Work& work, double round_seconds = 0.03) {
  const auto rounds = seconds_of_rounds(work, round_seconds);
  return rounds[rounds.size() / 2];
}

}  // namespace ganvas::bench
