// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Drawing samples from a generator and encoding them as files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "gan/trainer.h"

namespace ganvas::cli {

struct Samples {
  std::string preset;        // GanConfig::preset
  std::uint64_t run_seed;    // GanConfig::seed
  std::int64_t step;         // of the run
  std::uint64_t noise_seed;  // of the latents
  int count;
  int latent_size;
  int image_size;
  int classes;                 // sample i has class i % classes; 0 for an unconditional model
  std::string data;            // GanConfig::data
  std::vector<float> latents;  // (count, latent_size)
  std::vector<float> images;   // (count, image_size) in [-1, 1]
};

/// Draws the samples of `seed`. Error: non_finite if the images contain NaN or Inf.
Result<Samples> draw_samples(const Trainer<float>& trainer, int count, std::uint64_t seed);

enum class SampleFormat { png, idx, idx_gz, safetensors };

/// The format for the path's extension. Error: invalid_argument, with the known extensions.
Result<SampleFormat> sample_format_of(const std::string& path);

/// The bytes of the file. Error: invalid_argument if an image format is requested for samples that
/// are neither square images nor points.
Result<std::vector<std::uint8_t>> encode_samples(const Samples& samples, SampleFormat format);

}  // namespace ganvas::cli
