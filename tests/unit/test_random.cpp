// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Philox against its published test vectors, the streams against textbook formulas in double, and
// their statistics. Seeds are fixed, so the statistical tests are deterministic.
#include "kernels/random.h"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <set>
#include <vector>

#include "kernels/philox.h"
#include "support/larger_error.h"
#include "support/report.h"

using ganvas::philox4x32;
using ganvas::PhiloxBlock;
using ganvas::RandomStream;
using ganvas::StreamPurpose;
using ganvas::test::larger_error;
using ganvas::test::report;

namespace {

std::vector<float> normals(std::size_t count, std::uint64_t seed, StreamPurpose purpose,
                           std::uint64_t index) {
  std::vector<float> values(count);
  RandomStream(seed, purpose, index).fill_normal(values);
  return values;
}

double correlation(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += double(a[i]) * double(b[i]);
  return sum / double(a.size());
}

/// The words of one block of a stream, from the layout documented in random.cpp.
PhiloxBlock stream_words(std::uint64_t seed, std::uint32_t purpose, std::uint64_t index,
                         std::uint32_t block) {
  return philox4x32({block, std::uint32_t(index), std::uint32_t(index >> 32), purpose}, seed);
}

}  // namespace

TEST_CASE("Philox matches the published test vectors", "[random]") {
  // Random123's tests/kat_vectors, the lines of philox4x32 with 10 rounds.
  CHECK(philox4x32({0, 0, 0, 0}, 0) == PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(philox4x32({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, 0xffffffffffffffff) ==
        PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0x299f31d0a4093822) ==
        PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("Uniform numbers are the top 24 bits of the stream's words, scaled", "[random]") {
  constexpr std::uint64_t kSeed = 0x0123456789abcdef;
  constexpr std::uint64_t kIndex = (std::uint64_t{1} << 32) | 5;
  std::vector<float> values(403);
  RandomStream(kSeed, StreamPurpose::initialisation, kIndex).fill_uniform(values, -0.125f, 0.125f);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::uint32_t word = stream_words(kSeed, 0, kIndex, std::uint32_t(i / 4))[i % 4];
    // Every operation is exact in float for these bounds.
    REQUIRE(values[i] == float(-0.125 + 0.25 * (double(word >> 8) / 16777216.0)));
  }
}

TEST_CASE("Uniform numbers stay within their bounds and have the expected moments", "[random]") {
  std::vector<float> values(1'000'000);
  const float bound = 1 / std::sqrt(784.0f);
  RandomStream(3, StreamPurpose::initialisation, 0).fill_uniform(values, -bound, bound);
  double sum = 0;
  double squares = 0;
  for (const float value : values) {
    REQUIRE((value >= -bound && value < bound));
    sum += double(value) / double(bound);
    squares += std::pow(double(value) / double(bound), 2);
  }
  CHECK(std::fabs(sum / 1e6) < 4 * std::sqrt(1.0 / 3) / 1e3);
  CHECK(std::fabs(squares / 1e6 - 1.0 / 3) < 4 * std::sqrt(4.0 / 45) / 1e3);
}

TEST_CASE("Normal numbers are the Box-Muller transform of the stream's words", "[random]") {
  constexpr std::size_t kPairs = 32;
  const std::vector<float> values = normals(64 * 20, 42, StreamPurpose::noise, 7);
  double worst = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    // A chunk of 64 numbers uses 16 blocks. Pair p has words 0 and 1, or 2 and 3, of block p / 2;
    // its cosine is number p and its sine number 32 + p.
    const std::size_t chunk = i / 64;
    const std::size_t pair = i % 64 % kPairs;
    const PhiloxBlock words = stream_words(42, 1, 7, std::uint32_t(chunk * 16 + pair / 2));
    const double u = (double(words[2 * (pair % 2)] >> 8) + 1) / 16777216.0;
    const double turn = double(words[2 * (pair % 2) + 1] >> 8) / 16777216.0;
    const double radius = std::sqrt(-2 * std::log(u));
    const double angle = 2 * std::numbers::pi * turn;
    const double expected = radius * (i % 64 < kPairs ? std::cos(angle) : std::sin(angle));
    worst = larger_error(worst, std::fabs(double(values[i]) - expected));
  }
  report("normal numbers against Box-Muller in double, absolute:", worst);
  CHECK(worst < 1e-6);
}

TEST_CASE("Normal numbers have the moments and the distribution of N(0, 1)", "[random]") {
  constexpr std::size_t kCount = 1'000'000;
  std::vector<float> values = normals(kCount, 1, StreamPurpose::noise, 0);
  double moments[5] = {};
  for (const float value : values) {
    double power = 1;
    for (double& moment : moments) {
      moment += power / double(kCount);
      power *= double(value);
    }
  }
  // Within four standard errors, sqrt(Var(x^k) / n).
  CHECK(std::fabs(moments[1]) < 4 * std::sqrt(1.0 / kCount));
  CHECK(std::fabs(moments[2] - 1) < 4 * std::sqrt(2.0 / kCount));
  CHECK(std::fabs(moments[3]) < 4 * std::sqrt(15.0 / kCount));
  CHECK(std::fabs(moments[4] - 3) < 4 * std::sqrt(96.0 / kCount));

  std::sort(values.begin(), values.end());
  double distance = 0;
  for (std::size_t i = 0; i < kCount; ++i) {
    const double cdf = 0.5 * std::erfc(-double(values[i]) / std::numbers::sqrt2);
    distance = std::max(
        {distance, std::fabs(cdf - double(i) / kCount), std::fabs(cdf - double(i + 1) / kCount)});
  }
  report("Kolmogorov-Smirnov distance of 10^6 normals, times sqrt(n):", distance * 1000);
  CHECK(distance * std::sqrt(double(kCount)) < 1.63);  // the 1 % point
  CHECK(values.front() > -6.0f);
  CHECK(values.back() > 4.0f);
}

TEST_CASE("Streams with different seeds, purposes or indices are independent", "[random]") {
  constexpr std::size_t kCount = 200'000;
  const double bound = 4 / std::sqrt(double(kCount));
  const auto base = normals(kCount, 1, StreamPurpose::noise, 0);
  const std::vector<float> others[] = {
      normals(kCount, 2, StreamPurpose::noise, 0),
      normals(kCount, 1 + (std::uint64_t{1} << 32), StreamPurpose::noise, 0),
      normals(kCount, 1, StreamPurpose::noise, 1),
      normals(kCount, 1, StreamPurpose::noise, std::uint64_t{1} << 32),
      normals(kCount, 1, StreamPurpose::sampling, 0),
      normals(kCount, 1, StreamPurpose::initialisation, 0),
      normals(kCount, 1, StreamPurpose::shuffle, 0),
  };
  for (const auto& other : others) {
    CHECK(other != base);
    CHECK(std::fabs(correlation(base, other)) < bound);
  }
  CHECK(normals(kCount, 1, StreamPurpose::noise, 0) == base);
}

TEST_CASE("The cosines and sines of one chunk are uncorrelated", "[random]") {
  const auto values = normals(640'000, 5, StreamPurpose::noise, 0);
  for (const std::size_t lag : {1, 2, 3, 4, 16, 32, 64}) {
    const std::vector<float> a(values.begin(), values.end() - std::ptrdiff_t(lag));
    const std::vector<float> b(values.begin() + std::ptrdiff_t(lag), values.end());
    INFO("lag " << lag);
    CHECK(std::fabs(correlation(a, b)) < 4 / std::sqrt(double(a.size())));
  }
}

TEST_CASE("A longer request extends a shorter one", "[random]") {
  const auto longest = normals(1000, 9, StreamPurpose::sampling, 0);
  for (const std::size_t count : {0, 1, 2, 31, 32, 33, 63, 64, 65, 128, 500, 999}) {
    const auto shorter = normals(count, 9, StreamPurpose::sampling, 0);
    INFO(count << " numbers");
    REQUIRE(std::equal(shorter.begin(), shorter.end(), longest.begin()));
  }
  std::vector<float> uniform(1000);
  RandomStream(9, StreamPurpose::initialisation, 0).fill_uniform(uniform, 0, 1);
  for (const std::size_t count : {1, 2, 3, 4, 5, 999}) {
    std::vector<float> shorter(count);
    RandomStream(9, StreamPurpose::initialisation, 0).fill_uniform(shorter, 0, 1);
    REQUIRE(std::equal(shorter.begin(), shorter.end(), uniform.begin()));
  }
}

TEST_CASE("fill_permutation gives permutations", "[random]") {
  for (const std::size_t size : {0, 1, 2, 3, 4, 5, 16, 97, 1000, 60'000}) {
    std::vector<std::uint32_t> order(size, 12345);
    RandomStream(1, StreamPurpose::shuffle, size).fill_permutation(order);
    if (size > 16) CHECK(!std::is_sorted(order.begin(), order.end()));
    std::sort(order.begin(), order.end());
    bool each_once = true;
    for (std::size_t i = 0; i < size; ++i) each_once = each_once && order[i] == i;
    INFO(size << " elements");
    CHECK(each_once);
  }
}

TEST_CASE("All permutations are equally likely", "[random]") {
  constexpr int kDraws = 24'000;
  std::array<int, 256> counts{};
  for (int draw = 0; draw < kDraws; ++draw) {
    std::array<std::uint32_t, 4> order{};
    RandomStream(1, StreamPurpose::shuffle, std::uint64_t(draw)).fill_permutation(order);
    ++counts[order[0] + 4 * order[1] + 16 * order[2] + 64 * order[3]];
  }
  double chi_squared = 0;
  int seen = 0;
  for (const int count : counts) {
    if (count == 0) continue;
    ++seen;
    chi_squared += std::pow(count - kDraws / 24.0, 2) / (kDraws / 24.0);
  }
  CHECK(seen == 24);
  report("chi squared of 4-element permutations, 23 degrees of freedom:", chi_squared);
  CHECK(chi_squared < 41.6);  // the 1 % point
}

TEST_CASE("In a long permutation every position is equally likely for every element", "[random]") {
  constexpr std::uint32_t kSize = 100;
  constexpr int kDraws = 20'000;
  std::vector<int> counts(kSize * kSize);
  std::vector<std::uint32_t> order(kSize);
  for (int draw = 0; draw < kDraws; ++draw) {
    RandomStream(2, StreamPurpose::shuffle, std::uint64_t(draw)).fill_permutation(order);
    for (std::uint32_t i = 0; i < kSize; ++i) ++counts[i * kSize + order[i]];
  }
  double chi_squared = 0;
  for (const int count : counts) {
    chi_squared += std::pow(count - kDraws / double(kSize), 2) / (kDraws / double(kSize));
  }
  // 99 * 99 degrees of freedom: mean 9801, standard deviation 140.
  CHECK(std::fabs(chi_squared - 9801) < 4 * 140);
}
