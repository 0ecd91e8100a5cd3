// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layers of the classifier, and classification in batches; see digit_classifier.h.
#include "judge/digit_classifier.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace ganvas {
namespace {

const LayerSpecs& body_layers() {
  static const LayerSpecs layers{Conv2dSpec{.out_channels = 8, .kernel_size = 5, .padding = 2},
                                 ReluSpec{},
                                 MaxPool2dSpec{},
                                 Conv2dSpec{.out_channels = 16, .kernel_size = 5},
                                 ReluSpec{},
                                 MaxPool2dSpec{},
                                 FlattenSpec{},
                                 LinearSpec{DigitClassifier::kFeatures},
                                 ReluSpec{}};
  return layers;
}

std::unique_ptr<Sequential<float>> build(const char* name, std::uint32_t network,
                                         std::uint64_t seed, const LayerSpecs& layers,
                                         const Shape& input, ThreadPool& pool) {
  return Sequential<float>::create(
             {.name = name,
              .network = network,
              .seed = seed,
              .max_blocks = BatchLayout::of(DigitClassifier::kMaxBatch).blocks()},
             layers, input, pool)
      .value();  // cannot fail: the layers above fit each other
}

}  // namespace

DigitClassifier::DigitClassifier(std::uint64_t seed, ThreadPool& pool)
    : body_(build("body", 0, seed, body_layers(), Shape{1, 28, 28}, pool)),
      head_(build("head", 1, seed, {LinearSpec{kClasses}}, Shape{kFeatures}, pool)) {
  const BatchLayout batch = BatchLayout::of(kMaxBatch);
  images_ = AlignedBuffer<float>(batch.storage(kImageSize));
  features_ = AlignedBuffer<float>(batch.storage(kFeatures));
  logits_ = AlignedBuffer<float>(batch.storage(kClasses));
}

void DigitClassifier::forward(BatchLayout layout, const float* images) {
  body_->forward(layout, images, features_.data());
  head_->forward(layout, features_.data(), logits_.data());
}

void DigitClassifier::classify(std::span<const float> images, std::span<float> features,
                               std::span<float> logits) {
  const std::size_t count = images.size() / kImageSize;
  assert(images.size() == count * kImageSize && features.size() == count * kFeatures &&
         logits.size() == count * kClasses);
  for (std::size_t first = 0; first < count; first += kMaxBatch) {
    const auto layout =
        BatchLayout::of(static_cast<int>(std::min<std::size_t>(kMaxBatch, count - first)));
    pack_samples(images.data() + first * kImageSize, layout, kImageSize, images_.data());
    forward(layout, images_.data());
    unpack_samples(features_.data(), layout, kFeatures, features.data() + first * kFeatures);
    unpack_samples(logits_.data(), layout, kClasses, logits.data() + first * kClasses);
  }
}

}  // namespace ganvas
