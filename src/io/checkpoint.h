// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A training run as a safetensors file. Weights and running statistics have PyTorch's names and
// layouts, prefixed with the network (generator.0.weight, discriminator.2.bias). Optimiser state
// uses the same names under optimizer_g and optimizer_d with PyTorch's suffixes (.exp_avg), the
// moving average of G is under generator_average, and __metadata__ holds the config as JSON, the
// step and a checksum (checksum.h). Random numbers need no state: they are functions of the seed
// and the step.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "gan/trainer.h"
#include "io/safetensors.h"

namespace ganvas {

// Keys of __metadata__.
inline constexpr const char* kConfigKey = "ganvas.config";
inline constexpr const char* kStepKey = "ganvas.step";
/// Its product with any batch size fits into 64 bits.
inline constexpr std::int64_t kMaxStep = std::int64_t{1} << 40;

/// Saves everything that load_checkpoint() needs to resume bit for bit.
std::vector<std::uint8_t> save_checkpoint(Trainer<float>& trainer);

/// Saves only the generator, for sampling, in f32 or f16: its moving average, if there is one.
std::vector<std::uint8_t> save_generator(Trainer<float>& trainer, Dtype dtype);

/// Saves the generator as above and the discriminator, for scoring.
std::vector<std::uint8_t> save_networks(Trainer<float>& trainer, Dtype dtype);

/// Reads a file's config and compares its checksum, if it has one. Errors: bad_magic if it is not
/// a Ganvas model, checksum_mismatch, and those of config_from_json(); check_networks() tells
/// whether the config can be built.
Result<GanConfig> saved_config(const SafetensorsFile& file);

/// Reads the number of steps that a model was trained for. Errors: bad_magic, malformed.
Result<std::int64_t> saved_steps(const SafetensorsFile& file);

/// Creates a trainer with the file's config, weights and step. Files of save_generator() and
/// save_networks() give trainers that are not trainable(). Errors: those of SafetensorsFile and
/// Trainer::create(), bad_magic if it is not a Ganvas model, checksum_mismatch, malformed. `pool`
/// must outlive the trainer.
Result<std::unique_ptr<Trainer<float>>> load_checkpoint(
    std::span<const std::uint8_t> bytes, ThreadPool& pool,
    ShardExchange<float>& exchange = LocalExchange<float>::instance());

}  // namespace ganvas
