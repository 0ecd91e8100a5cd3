// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Drawing and encoding of samples; see sample_files.h.
#include "cli/sample_files.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>
#include <xtensor/xadapt.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xtensor.hpp>

#include "cli/gzip.h"
#include "cli/png_grid.h"
#include "cli/text.h"
#include "data/distributions.h"
#include "inference/frozen_network.h"
#include "inference/latents.h"
#include "io/safetensors.h"
#include "pictures/idx.h"

namespace ganvas::cli {
namespace {

/// [-1, 1] to [0, 255], rounded to nearest: the inverse of ToTensor and Normalize(0.5, 0.5).
std::vector<std::uint8_t> grey_levels(const std::vector<float>& images) {
  std::vector<std::uint8_t> levels(images.size());
  const std::array<std::size_t, 1> shape{images.size()};
  xt::adapt(levels, shape) = xt::cast<std::uint8_t>(
      xt::clip((xt::adapt(images, shape) + 1.0f) * 127.5f + 0.5f, 0.0f, 255.0f));
  return levels;
}

std::vector<std::uint8_t> encode_tensors(const Samples& samples) {
  SafetensorsWriter writer;
  writer.set_metadata("format", "pt");
  writer.add("latents", Shape{samples.count, samples.latent_size}, samples.latents);
  writer.add("images", Shape{samples.count, static_cast<int>(samples.shape.size())},
             samples.images);
  return writer.finish();
}

/// States in a PNG what draws the same samples again, in the words of the page's pictures.
std::vector<std::uint8_t> with_origin(std::vector<std::uint8_t> png, const Samples& samples) {
  const std::array<std::pair<std::string, std::string>, 5> texts{{
      {"Software", "Ganvas " GANVAS_VERSION},
      {"Preset", one_line(samples.preset)},
      {"Seed", std::to_string(samples.run_seed)},
      {"Step", std::to_string(samples.step)},
      {"Noise seed", std::to_string(samples.noise_seed)},
  }};
  add_png_text(png, texts);
  return png;
}

Result<std::vector<std::uint8_t>> encode_points(const Samples& samples) {
  std::vector<float> target;
  if (samples.data != kDrawnPoints) {  // not stored in checkpoints
    GANVAS_ASSIGN_OR_RETURN(target, draw_points(samples.data, /*seed=*/1, samples.count));
  }
  return with_origin(png_points(target, samples.images), samples);
}

}  // namespace

Result<std::vector<float>> draw_images(const Trainer<float>& trainer, std::uint64_t seed,
                                       Rows rows) {
  const GanConfig& config = trainer.config();
  const auto width = static_cast<std::size_t>(config.latent_size);
  // Later numbers of a stream are not known without those before them.
  const std::vector<float> latents = draw_latents<float>(seed, rows.end * width);
  std::vector<std::uint8_t> labels(config.classes > 0 ? rows.count() : 0);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    labels[i] =
        static_cast<std::uint8_t>((rows.begin + i) % static_cast<std::size_t>(config.classes));
  }
  std::vector<float> images =
      FrozenNetwork<float>(trainer, Network::generator)
          .outputs(std::span(latents).subspan(rows.begin * width), {.labels = labels});
  if (!std::ranges::all_of(images, [](float value) { return std::isfinite(value); })) {
    return Error{ErrorCode::non_finite, "the generator's samples contain NaN or Inf"};
  }
  return images;
}

Result<Samples> draw_samples(const Trainer<float>& trainer, int count, std::uint64_t seed) {
  const GanConfig& config = trainer.config();
  const auto rows = static_cast<std::size_t>(count);
  GANVAS_ASSIGN_OR_RETURN(std::vector<float> images, draw_images(trainer, seed, {0, rows}));
  return Samples{
      .preset = config.preset,
      .run_seed = config.seed,
      .step = trainer.steps(),
      .noise_seed = seed,
      .count = count,
      .latent_size = config.latent_size,
      .shape = config.sample_shape,
      .classes = config.classes,
      .data = config.data,
      .latents = draw_latents<float>(seed, rows * static_cast<std::size_t>(config.latent_size)),
      .images = std::move(images)};
}

std::optional<PictureExtent> picture_extent(const Shape& shape) {
  const int size = static_cast<int>(shape.size());
  for (const int channels : {1, 3}) {
    const int side = static_cast<int>(std::lround(std::sqrt(size / channels)));
    const bool flat = shape.rank() == 1 && size == channels * side * side;
    if (side > 0 && (flat || shape == Shape{channels, side, side}))
      return PictureExtent{channels, side};
  }
  return std::nullopt;
}

Result<SampleFormat> sample_format_of(const std::string& path) {
  static constexpr std::array<std::pair<std::string_view, SampleFormat>, 4> kExtensions{{
      {".png", SampleFormat::png},
      {".idx3-ubyte", SampleFormat::idx},
      {".idx3-ubyte.gz", SampleFormat::idx_gz},
      {".safetensors", SampleFormat::safetensors},
  }};
  std::string extensions;
  for (const auto& [extension, format] : kExtensions) {
    if (path.ends_with(extension)) return format;
    extensions += extensions.empty() ? "" : ", ";
    extensions += extension;
  }
  return Error{ErrorCode::invalid_argument,
               "unknown extension of '" + path + "'; known extensions: " + extensions};
}

Result<std::vector<std::uint8_t>> encode_samples(const Samples& samples, SampleFormat format) {
  if (format == SampleFormat::safetensors) return encode_tensors(samples);
  if (samples.shape.size() == 2 && format == SampleFormat::png) return encode_points(samples);
  const std::optional<PictureExtent> picture = picture_extent(samples.shape);
  if (!picture) {
    return Error{ErrorCode::invalid_argument,
                 "samples of " + std::to_string(samples.shape.size()) +
                     " values are not square images; write them to a .safetensors file"};
  }
  const auto [channels, side] = *picture;
  const std::vector<std::uint8_t> levels = grey_levels(samples.images);
  if (format == SampleFormat::png)
    return with_origin(png_grid(levels, channels, side, std::min(samples.classes, samples.count)),
                       samples);
  const Shape shape =
      channels == 1 ? Shape{samples.count, side, side} : Shape{samples.count, channels, side, side};
  std::vector<std::uint8_t> idx = write_idx(shape, levels);
  return format == SampleFormat::idx ? idx : deflate_gzip(idx);
}

}  // namespace ganvas::cli
