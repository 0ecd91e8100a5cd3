// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Drawing samples from a trainer's generator.
#pragma once

#include <cstdint>
#include <vector>

#include "inference/frozen_network.h"
#include "inference/latents.h"

namespace ganvas::test {

template <typename T>
std::vector<T> samples_of(const Trainer<T>& trainer, const std::vector<T>& latents,
                          const std::vector<std::uint8_t>& labels = {}) {
  return FrozenNetwork<T>(trainer, Network::generator).outputs(latents, {.labels = labels});
}

/// latents (count, latent_size)
template <typename T>
std::vector<T> latents_for(const Trainer<T>& trainer, std::uint64_t seed, std::size_t count) {
  return draw_latents<T>(seed, count * std::size_t(trainer.config().latent_size));
}

}  // namespace ganvas::test
