// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Batches and random numbers as functions of the seed and a count; see step_inputs.h.
#include "gan/step_inputs.h"

#include <algorithm>
#include <utility>

#include "gan/instance_noise.h"
#include "kernels/random.h"

namespace ganvas {

template <typename T>
RandomInputs<T>::RandomInputs(const GanConfig& config, std::shared_ptr<const Dataset> data)
    : seed_(config.seed),
      latent_size_(config.latent_size),
      classes_(config.classes),
      shards_(config.shards),
      data_(std::move(data)),
      order_(config.seed, config.examples, config.batch_size) {
  const BatchLayout both{2, config.batch_size};
  scratch_ = AlignedBuffer<float>(
      std::max(both.storage(config.sample_size()), both.storage(config.latent_size)));
}

template <typename T>
std::span<float> RandomInputs<T>::scratch(std::size_t size) {
  return scratch_.span().first(size);
}

template <typename T>
BatchPart RandomInputs<T>::real_batch(std::int64_t update, T* packed,
                                      std::span<std::uint8_t> labels) {
  const std::span<const std::uint32_t> batch = order_.batch(update / shards_);
  const auto begin_of = [&](std::int64_t shard) {
    return batch.size() * static_cast<std::size_t>(shard) / static_cast<std::size_t>(shards_);
  };
  const std::int64_t shard = update % shards_;
  const std::span<const std::uint32_t> examples =
      batch.subspan(begin_of(shard), begin_of(shard + 1) - begin_of(shard));
  data_->load_batch(examples, packed);
  std::fill(labels.begin(), labels.end(), std::uint8_t{0});
  if (data_->has_labels()) {
    for (std::size_t i = 0; i < examples.size(); ++i) {
      labels[i] = static_cast<std::uint8_t>(data_->label(static_cast<int>(examples[i])));
    }
  }
  return {static_cast<int>(examples.size()), static_cast<int>(batch.size())};
}

template <typename T>
void RandomInputs<T>::noise(std::int64_t draw, BatchLayout batch, T* packed,
                            std::span<std::uint8_t> labels) {
  const auto samples = static_cast<std::size_t>(batch.group_size);
  const auto normal = scratch(samples * static_cast<std::size_t>(latent_size_));
  RandomStream(seed_, StreamPurpose::noise, static_cast<std::uint64_t>(draw)).fill_normal(normal);
  pack_samples(normal.data(), batch, latent_size_, packed);
  std::fill(labels.begin(), labels.end(), std::uint8_t{0});
  if (classes_ == 0) return;
  const auto uniform = scratch(samples);
  RandomStream(seed_, StreamPurpose::fake_labels, static_cast<std::uint64_t>(draw))
      .fill_uniform(uniform, 0, static_cast<float>(classes_));
  for (std::size_t i = 0; i < samples; ++i) {
    labels[i] = static_cast<std::uint8_t>(std::min(static_cast<int>(uniform[i]), classes_ - 1));
  }
}

template <typename T>
void RandomInputs<T>::instance_noise(std::int64_t pass, std::span<T> values) {
  const auto normal = scratch(values.size());
  instance_noise_stream(seed_, pass).fill_normal(normal);
  std::copy(normal.begin(), normal.end(), values.begin());
}

template <typename T>
void RandomInputs<T>::interpolation(std::int64_t update, std::span<T> lanes) {
  const auto uniform = scratch(lanes.size());
  RandomStream(seed_, StreamPurpose::interpolation, static_cast<std::uint64_t>(update))
      .fill_uniform(uniform, 0, 1);
  std::copy(uniform.begin(), uniform.end(), lanes.begin());
}

template class RandomInputs<float>;
template class RandomInputs<double>;

}  // namespace ganvas
