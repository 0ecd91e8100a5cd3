// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Every truncation and every single bit flip of a checkpoint. With a checksum, what is not rejected
// is the same run. Files of other programs may have none: then what is not rejected is a run of
// finite numbers that can be saved and loaded again.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>

#include "io/checkpoint.h"
#include "support/files.h"
#include "support/one_thread.h"
#include "support/small_gan.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

/// A run of the fewest numbers, with an average and the state of two optimisers.
Bytes checkpoint() {
  GanConfig config = small_config(/*batch_size=*/2);
  config.latent_size = 1;
  config.sample_shape = Shape{2};
  config.ema_decay = 0.5;
  config.generator.layers = {LinearSpec{2}, TanhSpec{}};
  config.discriminator.layers = {LinearSpec{1}, SigmoidSpec{}};
  const auto trainer = make_trainer<float>(config, pool());
  REQUIRE(trainer->set_data(some_images(4, 2)).ok());
  for (int step = 0; step < 3; ++step) take_step(*trainer);
  return save_checkpoint(*trainer);
}

Bytes without_checksum(const Bytes& bytes) {
  const auto file = SafetensorsFile::parse(bytes);
  REQUIRE(file.ok());
  SafetensorsWriter writer;
  for (const auto& [name, tensor] : file.value().tensors()) {
    std::vector<float> values(tensor.shape.size());
    file.value().read(name, values);
    writer.add(name, tensor.shape, values);
  }
  for (const auto& [key, value] : file.value().metadata())
    if (key != "ganvas.checksum") writer.set_metadata(key, value);
  return writer.finish();
}

bool all_finite(const NamedTensors<float>& tensors) {
  return std::all_of(tensors.values(), tensors.values() + tensors.flat_size(),
                     [](float value) { return std::isfinite(value); });
}

/// What became of damaged files: how often each error, and how many loaded.
class Outcomes {
 public:
  /// Loads a file, and checks what is loaded.
  template <typename Check>
  void load(const Bytes& bytes, Check check) {
    const auto trainer = load_checkpoint(bytes, pool());
    ++counts_[trainer ? "loaded" : std::string(name_of(trainer.error().code))];
    if (trainer) check(*trainer.value());
  }

  int count(const std::string& name) const {
    const auto found = counts_.find(name);
    return found == counts_.end() ? 0 : found->second;
  }

  void print(const char* what, std::size_t size) const {
    std::printf("damaged: %s of %zu bytes:", what, size);
    for (const auto& [name, count] : counts_) std::printf(" %s %d", name.c_str(), count);
    std::printf("\n");
  }

 private:
  std::map<std::string, int> counts_;
};

template <typename Check>
Outcomes flip_every_bit(const Bytes& whole, Check check) {
  Outcomes outcomes;
  Bytes bytes = whole;
  for (std::uint8_t& byte : bytes) {
    for (int bit = 0; bit < 8; ++bit) {
      byte ^= static_cast<std::uint8_t>(1 << bit);
      outcomes.load(bytes, check);
      byte ^= static_cast<std::uint8_t>(1 << bit);
    }
  }
  return outcomes;
}

}  // namespace

TEST_CASE("Every truncation of a checkpoint is rejected", "[checkpoint]") {
  const Bytes whole = checkpoint();
  for (const Bytes& file : {whole, without_checksum(whole)}) {
    Outcomes outcomes;
    for (std::size_t size = 0; size < file.size(); ++size)
      outcomes.load({file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size)}, [](auto&) {});
    outcomes.print("truncations", file.size());
    CHECK(outcomes.count("loaded") == 0);
  }
}

TEST_CASE("Every flipped bit of a checkpoint is noticed, or changes nothing of the run",
          "[checkpoint]") {
  const Bytes whole = checkpoint();
  int changed = 0;
  const Outcomes outcomes = flip_every_bit(whole, [&](Trainer<float>& trainer) {
    if (save_checkpoint(trainer) != whole) ++changed;
  });
  outcomes.print("flipped bits", whole.size());
  CHECK(changed == 0);
  // What loads has another name in the place of the checksum's.
  CHECK(outcomes.count("loaded") <= 8 * 15);
  CHECK(outcomes.count("checksum_mismatch") > 0);
}

TEST_CASE("A flipped bit of a checkpoint without a checksum leaves a run of finite numbers",
          "[checkpoint]") {
  const Bytes whole = without_checksum(checkpoint());
  int unfinished = 0;
  const Outcomes outcomes = flip_every_bit(whole, [&](Trainer<float>& trainer) {
    const bool finite = all_finite(trainer.generator().parameters()) &&
                        all_finite(trainer.discriminator().parameters());
    const Bytes saved = save_checkpoint(trainer);
    const auto again = load_checkpoint(saved, pool());
    if (!finite || !again || save_checkpoint(*again.value()) != saved) ++unfinished;
  });
  outcomes.print("flipped bits, without a checksum,", whole.size());
  CHECK(unfinished == 0);
  CHECK(outcomes.count("loaded") > 0);
}
