// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Drawing samples from a generator and encoding them as files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "distributed/shared_rows.h"
#include "gan/trainer.h"
#include "judge/nearest_pictures.h"
#include "tensor/shape.h"

namespace ganvas::cli {

struct Samples {
  std::string preset;        // GanConfig::preset
  std::uint64_t run_seed;    // GanConfig::seed
  std::int64_t step;         // of the run
  std::uint64_t noise_seed;  // of the latents
  int count;
  int latent_size;
  Shape shape;                 // GanConfig::sample_shape
  int classes;                 // sample i has class i % classes; 0 for an unconditional model
  std::string data;            // GanConfig::data
  std::vector<float> latents;  // (count, latent_size)
  std::vector<float> images;   // (count, numbers of the shape) in [-1, 1]
};

/// What samples of this shape are as pictures of 1 or 3 channels, also where networks see them as
/// rows of numbers; none if they are no square pictures.
std::optional<PictureExtent> picture_extent(const Shape& shape);

/// Some of the samples of `seed`, (rows, numbers of the shape) in [-1, 1]. Error: non_finite if
/// they contain NaN or Inf.
Result<std::vector<float>> draw_images(const Trainer<float>& trainer, std::uint64_t seed,
                                       Rows rows);

/// Draws the samples of `seed`. Error: non_finite if the images contain NaN or Inf.
Result<Samples> draw_samples(const Trainer<float>& trainer, int count, std::uint64_t seed);

enum class SampleFormat { png, idx, idx_gz, safetensors };

/// The format for the path's extension. Error: invalid_argument, with the known extensions.
Result<SampleFormat> sample_format_of(const std::string& path);

/// The bytes of the file. Error: invalid_argument if an image format is requested for samples that
/// are neither square images nor points.
Result<std::vector<std::uint8_t>> encode_samples(const Samples& samples, SampleFormat format);

}  // namespace ganvas::cli
