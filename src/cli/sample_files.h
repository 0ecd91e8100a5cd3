// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Samples of a generator, and the files that hold them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "gan/trainer.h"

namespace ganvas::cli {

struct Samples {
  int count;
  int latent_size;
  int image_size;
  int classes;                 // sample i is of class i % classes; 0 when the model knows none
  std::string data;            // what the model learned, as GanConfig::data
  std::vector<float> latents;  // (count, latent_size)
  std::vector<float> images;   // (count, image_size) in [-1, 1]
};

/// The samples of `seed`. non_finite when the weights are so large that the images are no numbers.
Result<Samples> draw_samples(const Trainer<float>& trainer, int count, std::uint64_t seed);

enum class SampleFormat { png, idx, idx_gz, safetensors };

/// By the path's ending; invalid_argument lists the endings there are.
Result<SampleFormat> sample_format_of(const std::string& path);

/// The file's bytes. invalid_argument when pictures are asked for of samples that are neither
/// square nor points.
Result<std::vector<std::uint8_t>> encode_samples(const Samples& samples, SampleFormat format);

}  // namespace ganvas::cli
