// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Convolutions of stride 2 down to a few pixels a side; see random_features.h.
#include "judge/random_features.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ganvas {
namespace {

constexpr std::uint64_t kFeaturesSeed = 1;
constexpr std::uint32_t kNetwork = 2;  // 0 and 1 are the digit classifier's
constexpr int kMaxBatch = 64;          // samples per forward pass
constexpr int kLastSide = 6;           // at most

LayerSpecs layers_for(int side) {
  LayerSpecs layers;
  for (int channels = 16; side > kLastSide; side /= 2, channels = 32) {
    layers.emplace_back(
        Conv2dSpec{.out_channels = channels, .kernel_size = 4, .stride = 2, .padding = 1});
    layers.emplace_back(ReluSpec{});
  }
  layers.emplace_back(FlattenSpec{});
  return layers;
}

}  // namespace

Result<RandomFeatures> RandomFeatures::create(PictureExtent extent, ThreadPool& pool) {
  const Shape shape{extent.channels, extent.side, extent.side};
  auto network = Sequential<float>::create({.name = "features",
                                            .network = kNetwork,
                                            .seed = kFeaturesSeed,
                                            .max_blocks = BatchLayout::of(kMaxBatch).blocks()},
                                           layers_for(extent.side), shape, pool);
  if (!network) {
    return Error{network.error().code, "pictures of " + shape.to_string() +
                                           " cannot be judged: " + network.error().message};
  }
  return RandomFeatures(std::move(network).value());
}

RandomFeatures::RandomFeatures(std::unique_ptr<Sequential<float>> network)
    : network_(std::move(network)) {
  // PyTorch's initial weights would halve the signal in every layer, and leave the biases alone.
  const float he = std::sqrt(6.0f);
  auto& parameters = network_->parameters();
  for (const NamedTensor& tensor : parameters.list()) {
    if (tensor.rule != InitRule::conv_weight) continue;
    float* weights = parameters.values() + tensor.offset;
    for (std::size_t i = 0; i < tensor.shape.size(); ++i) weights[i] *= he;
  }
  const BatchLayout batch = BatchLayout::of(kMaxBatch);
  images_ = AlignedBuffer<float>(batch.storage(network_->input_features()));
  features_ = AlignedBuffer<float>(batch.storage(network_->output_features()));
}

std::vector<float> RandomFeatures::of(std::span<const float> images) {
  const auto size = static_cast<std::size_t>(network_->input_features());
  const auto width = static_cast<std::size_t>(features());
  const std::size_t count = images.size() / size;
  std::vector<float> features(count * width);
  for (std::size_t first = 0; first < count; first += kMaxBatch) {
    const auto layout =
        BatchLayout::of(static_cast<int>(std::min<std::size_t>(kMaxBatch, count - first)));
    pack_samples(images.data() + first * size, layout, network_->input_features(), images_.data());
    network_->forward(layout, images_.data(), features_.data());
    unpack_samples(features_.data(), layout, network_->output_features(),
                   features.data() + first * width);
  }
  return features;
}

}  // namespace ganvas
