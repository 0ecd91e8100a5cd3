// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// From logits to classes and confidences; see opinions.h.
#include "judge/opinions.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ganvas {

Opinions opinions_on(DigitClassifier& classifier, std::span<const float> images) {
  constexpr std::size_t kClasses = DigitClassifier::kClasses;
  const std::size_t count = images.size() / DigitClassifier::kImageSize;
  Opinions opinions;
  opinions.features.resize(count * DigitClassifier::kFeatures);
  std::vector<float> logits(count * kClasses);
  classifier.classify(images, opinions.features, logits);
  for (std::size_t i = 0; i < count; ++i) {
    const std::span<const float> own = std::span(logits).subspan(i * kClasses, kClasses);
    const auto largest = std::max_element(own.begin(), own.end());
    double sum = 0;  // of e^(logit - largest)
    for (const float logit : own) sum += std::exp(static_cast<double>(logit) - *largest);
    opinions.classes.push_back(static_cast<std::uint8_t>(largest - own.begin()));
    opinions.confidences.push_back(static_cast<float>(1 / sum));
  }
  return opinions;
}

Opinions opinions_on(DigitClassifier& classifier, const Dataset& data, int count) {
  return opinions_on(classifier, images_of(data, count));
}

std::vector<float> images_of(const Dataset& data, int count) {
  const auto features = static_cast<std::size_t>(data.features());
  std::vector<float> images(static_cast<std::size_t>(count) * features);
  std::vector<float> packed(BatchLayout::of(kLanes).storage(data.features()));
  for (int first = 0; first < count; first += kLanes) {
    std::vector<std::uint32_t> indices(static_cast<std::size_t>(std::min(kLanes, count - first)));
    std::iota(indices.begin(), indices.end(), static_cast<std::uint32_t>(first));
    data.load_batch(std::span<const std::uint32_t>(indices), packed.data());
    unpack_samples(packed.data(), BatchLayout::of(static_cast<int>(indices.size())),
                   data.features(), images.data() + static_cast<std::size_t>(first) * features);
  }
  return images;
}

}  // namespace ganvas
