// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A training run as one safetensors file. Weights carry PyTorch's names and layouts under the
// network's prefix (generator.0.weight, discriminator.2.bias), running statistics too; optimiser
// state has the same names under optimizer_g and optimizer_d with PyTorch's suffixes (.exp_avg), a
// moving average of G under generator_average; __metadata__ holds the config and the step as JSON.
// Random numbers need no state: they are functions of the seed and the step.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "gan/trainer.h"
#include "io/safetensors.h"

namespace ganvas {

/// Everything: what load_checkpoint() resumes bit for bit.
std::vector<std::uint8_t> save_checkpoint(Trainer<float>& trainer);

/// The generator alone, for sampling, in f32 or f16: its moving average, if it has one.
std::vector<std::uint8_t> save_generator(Trainer<float>& trainer, Dtype dtype);

/// The same with the discriminator beside it, for scoring.
std::vector<std::uint8_t> save_networks(Trainer<float>& trainer, Dtype dtype);

/// A trainer with the file's config, weights and step. A file of save_generator() or
/// save_networks() gives one that is not trainable(). The Error says what is wrong with the file.
/// `pool` outlives the trainer.
Result<std::unique_ptr<Trainer<float>>> load_checkpoint(std::span<const std::uint8_t> bytes,
                                                        ThreadPool& pool);

}  // namespace ganvas
