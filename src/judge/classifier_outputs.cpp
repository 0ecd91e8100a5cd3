// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Softmax of logits, and class statistics; see classifier_outputs.h.
#include "judge/classifier_outputs.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace ganvas {
namespace {

constexpr float kConfident = 0.9f;

}  // namespace

void ClassifierOutputs::append(const ClassifierOutputs& more) {
  features.insert(features.end(), more.features.begin(), more.features.end());
  classes.insert(classes.end(), more.classes.begin(), more.classes.end());
  confidences.insert(confidences.end(), more.confidences.begin(), more.confidences.end());
}

Coverage coverage_of(const ClassifierOutputs& outputs) {
  Coverage coverage;
  const double weight = 1.0 / outputs.count();
  for (const std::uint8_t digit : outputs.classes) coverage.shares[digit] += 1;
  for (double& share : coverage.shares) share /= outputs.count();
  for (const float confidence : outputs.confidences) {
    coverage.mean_confidence += weight * static_cast<double>(confidence);
    if (confidence > kConfident) coverage.confident += weight;
  }
  for (const double p : coverage.shares) {
    if (p > 0) coverage.entropy -= p * std::log2(p);
  }
  return coverage;
}

ClassifierOutputs classify(DigitClassifier& classifier, std::span<const float> images) {
  constexpr std::size_t kClasses = DigitClassifier::kClasses;
  const std::size_t count = images.size() / DigitClassifier::kImageSize;
  ClassifierOutputs outputs;
  outputs.features.resize(count * DigitClassifier::kFeatures);
  std::vector<float> logits(count * kClasses);
  classifier.classify(images, outputs.features, logits);
  for (std::size_t i = 0; i < count; ++i) {
    const std::span<const float> row = std::span(logits).subspan(i * kClasses, kClasses);
    const auto largest = std::max_element(row.begin(), row.end());
    double sum = 0;  // of exp(logit - largest)
    for (const float logit : row) sum += std::exp(static_cast<double>(logit) - *largest);
    outputs.classes.push_back(static_cast<std::uint8_t>(largest - row.begin()));
    outputs.confidences.push_back(static_cast<float>(1 / sum));
  }
  return outputs;
}

ClassifierOutputs classify(DigitClassifier& classifier, const Dataset& data, int count) {
  return classify(classifier, images_of(data, 0, count));
}

std::vector<float> images_of(const Dataset& data, int first, int count) {
  const auto features = static_cast<std::size_t>(data.features());
  std::vector<float> images(static_cast<std::size_t>(count) * features);
  std::vector<float> packed(BatchLayout::of(kLanes).storage(data.features()));
  for (int done = 0; done < count; done += kLanes) {
    std::vector<std::uint32_t> indices(static_cast<std::size_t>(std::min(kLanes, count - done)));
    std::iota(indices.begin(), indices.end(), static_cast<std::uint32_t>(first + done));
    data.load_batch(std::span<const std::uint32_t>(indices), packed.data());
    unpack_samples(packed.data(), BatchLayout::of(static_cast<int>(indices.size())),
                   data.features(), images.data() + static_cast<std::size_t>(done) * features);
  }
  return images;
}

std::vector<Neighbour> nearest_in(const Dataset& data, std::span<const float> images) {
  return nearest_in(data, 0, data.size(), images);
}

/// In chunks: as floats, the whole dataset would take four times its memory.
std::vector<Neighbour> nearest_in(const Dataset& data, int first, int end,
                                  std::span<const float> images) {
  std::vector<Neighbour> nearest(
      images.size() / static_cast<std::size_t>(data.features()),
      {.index = first, .distance = std::numeric_limits<float>::infinity()});
  for (; first < end; first += kNearestChunk) {
    const std::vector<float> part = images_of(data, first, std::min(kNearestChunk, end - first));
    const auto here = nearest_neighbours(images, part, data.features());
    for (std::size_t i = 0; i < here.size(); ++i) {
      if (here[i].distance < nearest[i].distance)
        nearest[i] = {.index = first + here[i].index, .distance = here[i].distance};
    }
  }
  return nearest;
}

}  // namespace ganvas
