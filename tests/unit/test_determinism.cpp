// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Bit-exact training: hashes of parameters, moments and samples, which must be the same for every
// compiler, optimisation level, thread count, machine and WebAssembly engine. Builds whose
// multiply-add rounds once have one value, those where it rounds twice another. Any change of the
// arithmetic changes the hashes.
#include <bit>
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "gan/presets.h"
#include "kernels/simd.h"
#include "support/samples.h"
#include "support/small_gan.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

/// FNV-1a hash of the bits of floats.
class Hash {
 public:
  void add(std::span<const float> values) {
    for (const float value : values) {
      const auto bits = std::bit_cast<std::uint32_t>(value);
      for (int shift = 0; shift < 32; shift += 8) {
        state_ = (state_ ^ (bits >> shift & 0xff)) * 0x100000001b3;
      }
    }
  }
  std::string hex() const {
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[state_ >> shift & 15];
    return text;
  }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325;
};

std::string hash_of_run(const GanConfig& config, int steps, int threads) {
  ThreadPool pool(threads);
  const auto trainer = make_trainer<float>(config, pool);
  REQUIRE(trainer->set_data(some_images(100, config.sample_size())).ok());
  for (int step = 0; step < steps; ++step) take_step(*trainer);
  Hash hash;
  const auto add = [&](const Parameters<float>& parameters, Optimizer<float>& optimizer) {
    for (const NamedTensor& parameter : parameters.list()) {
      hash.add(Parameters<float>::slice(parameters.values(), parameter));
      for (const auto& state : optimizer.state())
        hash.add(Parameters<float>::slice(state.values, parameter));
    }
  };
  add(trainer->generator().parameters(), trainer->optimizer_g());
  add(trainer->discriminator().parameters(), trainer->optimizer_d());
  hash.add(samples_of(*trainer, latents_for(*trainer, 1, 20)));
  return hash.hex();
}

/// Whether multiply-adds round once at run time, which relaxed SIMD leaves to the machine.
bool rounds_once() {
  const volatile float almost_one = 1 + 0x1p-12f;
  const Vec<float> a(almost_one);
  alignas(kAlignment) float lanes[kLanes];
  madd(a, a, Vec<float>(-(1 + 0x1p-11f))).store_aligned(lanes);
  return lanes[0] != 0;
}

struct Expected {
  const char* fused;
  const char* not_fused;
};

#if defined(GANVAS_THREADS)
constexpr std::initializer_list<int> kThreadCounts{1, 2, 3, 4, 7, 8};
#else
constexpr std::initializer_list<int> kThreadCounts{1};
#endif

void check_hash(const GanConfig& config, int steps, std::initializer_list<int> thread_counts,
                Expected expected) {
  if (rounds_once() != kFusedMultiplyAdd) {
    SKIP("this machine's relaxed multiply-add rounds twice; the page takes another tier here");
  }
  for (const int threads : thread_counts) {
    INFO(threads << " threads");
    const std::string hash = hash_of_run(config, steps, threads);
    const std::string shards =
        config.shards > 1 ? " in " + std::to_string(config.shards) + " shards" : "";
    std::printf("bits: %s%s after %d steps, %d threads: %s\n", config.preset.c_str(),
                shards.c_str(), steps, threads, hash.c_str());
    CHECK(hash == (kFusedMultiplyAdd ? expected.fused : expected.not_fused));
  }
}

}  // namespace

TEST_CASE("500 steps of the seed preset give the same bits everywhere", "[determinism]") {
  check_hash(find_preset("seed").value(), 500, kThreadCounts,
             {"187d1bd04f94b620", "caec3454282768fd"});
}

TEST_CASE("20 steps of the mlp preset give the same bits everywhere", "[determinism]") {
  check_hash(find_preset("mlp").value(), 20, kThreadCounts,
             {"0470d8391c114ee6", "99454c1aa7400694"});
}

TEST_CASE("3 steps of the dcgan preset give the same bits everywhere", "[determinism]") {
  check_hash(find_preset("dcgan").value(), 3, kThreadCounts,
             {"4e834f9e4eff32f0", "c2026d3a948d1235"});
}

TEST_CASE("Runs in shards give the same bits everywhere", "[determinism]") {
  const auto in_shards = [](const char* preset, int shards) {
    GanConfig config = find_preset(preset).value();
    config.shards = shards;
    return config;
  };
  // Three do not divide a batch of 64, nor eight the last one of 36.
  check_hash(in_shards("mlp", 3), 20, kThreadCounts, {"b08197eddf690836", "acaca8db1255c71a"});
  check_hash(in_shards("dcgan", 4), 3, {1}, {"9eff135541b651a5", "df321d65d6650dad"});
  check_hash(in_shards("wgan-gp", 8), 2, {1}, {"ed59925a9ecfd87a", "cd8e42310715b817"});
}

TEST_CASE("500 steps of a small GAN give the same bits everywhere", "[determinism]") {
  check_hash(small_config(), 500, {1}, {"13cd31509c6435de", "04e80d249b4cd058"});
}

// These take minutes each, so they are hidden; the suite `bits` runs them.
constexpr Expected kLongMlp{"8b127443a785f0b4", "bff0bd4a72261e40"};
constexpr Expected kLongDcgan{"fdbcc1b81921e04e", "93247abd9c7020af"};

TEST_CASE("500 steps of mlp give the same bits everywhere", "[.bits]") {
  check_hash(find_preset("mlp").value(), 500, {1}, kLongMlp);
}

TEST_CASE("500 steps of dcgan give the same bits everywhere", "[.bits]") {
  check_hash(find_preset("dcgan").value(), 500, {1}, kLongDcgan);
}

TEST_CASE("500 steps of mlp and dcgan give the same bits on any number of threads",
          "[.bits-threads]") {
  check_hash(find_preset("mlp").value(), 500, kThreadCounts, kLongMlp);
  check_hash(find_preset("dcgan").value(), 500, kThreadCounts, kLongDcgan);
}
