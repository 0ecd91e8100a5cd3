// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Checkpoints and models: what loads is finite and can be saved and loaded again.
#include "io/checkpoint.h"

#include <algorithm>
#include <cmath>

#include "fuzz.h"
#include "gan/check_config.h"

using namespace ganvas;
using namespace ganvas::fuzz;

namespace {

constexpr std::size_t kMaxMemory = 16 << 20;  // of a run, so that inputs stay quick

void require_finite(const NamedTensors<float>& tensors) {
  require(std::all_of(tensors.values(), tensors.values() + tensors.flat_size(),
                      [](float value) { return std::isfinite(value); }),
          "all numbers that are loaded are finite");
}

Bytes saved(Trainer<float>& trainer) {
  return trainer.trainable()                  ? save_checkpoint(trainer)
         : trainer.holds() == Holds::networks ? save_networks(trainer, Dtype::f32)
                                              : save_generator(trainer, Dtype::f32);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static ThreadPool pool(1);
  const auto file = SafetensorsFile::parse({data, size});
  if (!file) return 0;
  const auto config = saved_config(file.value());
  if (!config) return 0;
  if (find_problem(config.value(), kMaxMemory)) return -1;
  const auto loaded = load_checkpoint({data, size}, pool);
  if (!loaded) return 0;
  Trainer<float>& trainer = *loaded.value();
  require_finite(trainer.generator().parameters());
  require_finite(trainer.generator().buffers());
  require_finite(trainer.discriminator().parameters());
  const Bytes once = saved(trainer);
  const auto again = load_checkpoint(once, pool);
  require(again.ok(), "a run that is loaded can be saved and loaded");
  require(saved(*again.value()) == once, "saving what is loaded gives the same bytes");
  return 0;
}
