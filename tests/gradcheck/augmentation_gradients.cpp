// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The backward pass of each augmentation against central differences, for random images.
#include "gan/augmentation.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "gradcheck/central_difference.h"
#include "support/report.h"
#include "support/small_gan.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

constexpr int kShapes = 60;

double worst_error(double GanConfig::* strength) {
  ThreadPool pool(2);
  Random random(17);
  double worst = 0;
  for (int shape = 0; shape < kShapes; ++shape) {
    GanConfig config;
    config.seed = random() >> 11;
    config.*strength = uniform(random, 0.1, 1);
    config.sample_shape = {uniform_int(random, 1, 3), uniform_int(random, 1, 9),
                           uniform_int(random, 1, 9)};
    const BatchLayout layout{uniform_int(random, 1, 2), random_size(random)};
    const std::int64_t pass = uniform_int(random, 0, 1000);
    const std::size_t size = layout.storage(config.sample_size());
    // One group after the other: each has its own padding lanes.
    const auto packed = [&](double low, double high) {
      AlignedBuffer<double> all(size);
      const auto group = BatchLayout::of(layout.group_size);
      for (int g = 0; g < layout.groups; ++g) {
        const auto part = pack<double>(
            random_values<double>(std::size_t(layout.group_size * config.sample_size()), random,
                                  low, high),
            group, config.sample_size());
        std::copy_n(part.data(), part.size(), all.data() + std::size_t(g) * part.size());
      }
      return all;
    };
    AlignedBuffer<double> x = packed(-1, 1);
    AlignedBuffer<double> gradient = packed(-2, 2);
    const std::vector<double> weights(gradient.data(), gradient.data() + size);
    augment_backward(config, pass, layout, gradient.data(), pool);
    AlignedBuffer<double> augmented(size);
    const auto loss = [&] {
      augment(config, pass, layout, x.data(), augmented.data(), pool);
      double sum = 0;
      for (std::size_t i = 0; i < size; ++i) sum += weights[i] * augmented[i];
      return sum;
    };
    worst = std::fmax(worst, gradient_error(x.span(), gradient.span(), loss, random));
  }
  return worst;
}

}  // namespace

TEST_CASE("Gradients flow back through every augmentation", "[gradcheck][augmentation]") {
  for (const auto& [name, strength] : {std::pair{"colour", &GanConfig::augment_color},
                                       std::pair{"translation", &GanConfig::augment_translation},
                                       std::pair{"cutout", &GanConfig::augment_cutout}}) {
    const double worst = worst_error(strength);
    INFO(name);
    CHECK(worst <= kGradcheckBound);
    report(
        (std::string("gradcheck of augmentation by ") + name + ", worst relative error:").c_str(),
        worst);
  }
}
