// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// All output losses and the classifier's cross-entropy against their definitions in long double.
#include <algorithm>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "nn/losses.h"
#include "support/larger_error.h"
#include "support/packed.h"
#include "support/report.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

using Wide = long double;

constexpr double kUntouched = 77;

struct Definition {
  Wide loss, slope, output;
};

Definition definition(OutputLoss kind, Wide l, Wide target) {
  const Wide p = 1 / (1 + std::exp(-l));
  switch (kind) {
    case OutputLoss::bce:
      return {-target * std::log(p) - (1 - target) * std::log(1 - p), p - target, p};
    case OutputLoss::saturating:
      return {std::log(1 - p), -p, p};
    case OutputLoss::squared:
      return {(l - target) * (l - target), 2 * (l - target), l};
    case OutputLoss::hinge_real:
      return {l < 1 ? 1 - l : 0, Wide(l < 1 ? -1 : 0), l};
    case OutputLoss::hinge_fake:
      return {l > -1 ? 1 + l : 0, Wide(l > -1), l};
    case OutputLoss::raise:
      return {-l, -1, l};
    case OutputLoss::lower:
      return {l, 1, l};
  }
  return {};
}

constexpr OutputLoss kKinds[] = {
    OutputLoss::bce,        OutputLoss::saturating, OutputLoss::squared, OutputLoss::hinge_real,
    OutputLoss::hinge_fake, OutputLoss::raise,      OutputLoss::lower};

}  // namespace

TEMPLATE_TEST_CASE("Each output loss and its gradient match their definitions", "[losses]", float,
                   double) {
  using T = TestType;
  const double eps = double(std::numeric_limits<T>::epsilon());
  Random random(5);
  double worst = 0;
  for (const OutputLoss kind : kKinds) {
    for (const int size : {1, 15, 16, 17, 33, 100}) {
      for (const int features : {1, 11}) {
        for (const T target : {T(0), T(1), T(0.9)}) {
          const T weight(0.5);
          const auto layout = BatchLayout::of(size);
          const auto n = std::size_t(size * features);
          const auto outputs = random_values<T>(n, random, -6, 6);
          auto packed = pack<T>(outputs, layout, features, T(55));
          AlignedBuffer<T> d_packed(packed.size());
          std::fill_n(d_packed.data(), d_packed.size(), T(kUntouched));
          const LossTerm term = output_loss<T>(
              kind, {layout, features, packed.data(), d_packed.data()}, target, weight);
          Wide loss = 0;
          Wide output = 0;
          for (int s = 0; s < size; ++s) {
            const Wide l = outputs[std::size_t(s * features)];
            const Definition truth = definition(kind, l, Wide(target));
            loss += truth.loss / size;
            output += truth.output / size;
            const T ours = d_packed[element_index(layout, features, 0, s, 0)];
            worst = larger_error(
                worst, double(std::fabs(Wide(ours) - Wide(weight) * truth.slope / size) * size /
                              Wide(weight)));
          }
          worst = larger_error(
              worst, double(std::fabs(term.loss - loss)) / std::fmax(1, std::fabs(double(loss))));
          worst = larger_error(worst, double(std::fabs(term.mean_output - output)));
          // The loss uses only feature 0, and padding lanes have zero gradient.
          for (int block = 0; block < layout.blocks(); ++block) {
            for (int f = 0; f < features; ++f) {
              for (int lane = 0; lane < kLanes; ++lane) {
                const T d = d_packed[std::size_t((block * features + f) * kLanes + lane)];
                if (f > 0) REQUIRE(d == T(kUntouched));
                if (f == 0 && lane >= layout.lanes_used(block)) REQUIRE(d == 0);
              }
            }
          }
        }
      }
    }
  }
  report("losses of outputs against their definitions, error in eps:", worst / eps);
  CHECK(worst < 32 * eps);
}

TEMPLATE_TEST_CASE("Losses of probabilities stay finite if the sigmoid rounds to 0 or 1",
                   "[losses]", float, double) {
  using T = TestType;
  for (const OutputLoss kind : {OutputLoss::bce, OutputLoss::saturating}) {
    for (const T logit : {T(-300), T(-90), T(90), T(300)}) {
      const auto layout = BatchLayout::of(1);
      auto packed = pack<T>(std::vector<T>{logit}, layout, 1);
      AlignedBuffer<T> d_packed(packed.size());
      const LossTerm term =
          output_loss<T>(kind, {layout, 1, packed.data(), d_packed.data()}, T(1), T(1));
      const double expected = kind == OutputLoss::bce
                                  ? std::fmin(std::fmax(-double(logit), 0), 100)
                                  : -std::fmin(std::fmax(double(logit), 0), 100);
      CHECK(std::fabs(term.loss - expected) < 1e-6);
      const double slope = kind == OutputLoss::bce ? (logit < 0 ? -1 : 0) : (logit > 0 ? -1 : 0);
      CHECK(std::fabs(double(d_packed[0]) - slope) < 1e-30);
    }
  }
}

TEMPLATE_TEST_CASE("The classifier's loss is the cross-entropy of the softmax", "[losses]", float,
                   double) {
  using T = TestType;
  const double eps = double(std::numeric_limits<T>::epsilon());
  Random random(6);
  double worst = 0;
  for (const int size : {1, 6, 16, 33}) {
    for (const int first : {0, 1}) {
      for (const int classes : {1, 2, 10}) {
        for (const double scale : {3.0, 80.0}) {
          const int features = first + classes;
          const auto layout = BatchLayout::of(size);
          const auto logits = random_values<T>(std::size_t(size * features), random, -scale, scale);
          std::vector<std::uint8_t> labels(std::size_t(layout.blocks() * kLanes));
          for (int s = 0; s < size; ++s) {
            labels[std::size_t(s)] = std::uint8_t(uniform_int(random, 0, classes - 1));
          }
          auto packed = pack<T>(logits, layout, features, T(55));
          AlignedBuffer<T> d_packed(packed.size());
          std::fill_n(d_packed.data(), d_packed.size(), T(kUntouched));
          const T weight(0.25);
          const double ours = class_loss<T>({layout, features, packed.data(), d_packed.data()},
                                            first, labels, weight);
          Wide loss = 0;
          for (int s = 0; s < size; ++s) {
            const T* row = &logits[std::size_t(s * features)];
            Wide sum = 0;
            for (int j = first; j < features; ++j) sum += std::exp(Wide(row[j]));
            const int label = first + labels[std::size_t(s)];
            loss += (std::log(sum) - Wide(row[label])) / size;
            for (int j = first; j < features; ++j) {
              const Wide slope = std::exp(Wide(row[j])) / sum - (j == label);
              const Wide d = d_packed[element_index(layout, features, 0, s, j)];
              worst = larger_error(worst, double(std::fabs(d * size / Wide(weight) - slope)));
            }
          }
          worst =
              larger_error(worst, double(std::fabs(ours - loss)) / std::fmax(scale, double(loss)));
          for (int block = 0; block < layout.blocks(); ++block) {
            for (int f = 0; f < features; ++f) {
              for (int lane = 0; lane < kLanes; ++lane) {
                const T d = d_packed[std::size_t((block * features + f) * kLanes + lane)];
                if (f < first) REQUIRE(d == T(kUntouched));
                if (f >= first && lane >= layout.lanes_used(block)) REQUIRE(d == 0);
              }
            }
          }
        }
      }
    }
  }
  report("cross-entropy against its definition, error in eps:", worst / eps);
  CHECK(worst < 32 * eps);
}

TEMPLATE_TEST_CASE("Any loss of a NaN is NaN on every tier", "[losses]", float, double) {
  using T = TestType;
  const T nan = std::numeric_limits<T>::quiet_NaN();
  for (const OutputLoss kind : kKinds) {
    for (const T target : {T(0), T(1)}) {
      for (const T sign : {T(1), T(-1)}) {
        const auto layout = BatchLayout::of(3);
        auto outputs = pack<T>(std::vector<T>{1, std::copysign(nan, sign), 2}, layout, 1);
        AlignedBuffer<T> d_outputs(outputs.size());
        const auto term =
            output_loss<T>(kind, {layout, 1, outputs.data(), d_outputs.data()}, target, T(1));
        INFO("loss " << int(kind) << ", target " << target);
        CHECK(std::isnan(term.loss));
        CHECK(std::isnan(term.mean_output));
      }
    }
  }
}

TEMPLATE_TEST_CASE("Losses of either zero are the same", "[losses]", float, double) {
  using T = TestType;
  for (const OutputLoss kind : kKinds) {
    for (const T target : {T(0), T(1)}) {
      const auto term_at = [&](T zero, AlignedBuffer<T>& d_outputs) {
        const auto layout = BatchLayout::of(1);
        auto outputs = pack<T>(std::vector<T>{zero}, layout, 1);
        return output_loss<T>(kind, {layout, 1, outputs.data(), d_outputs.data()}, target, T(1));
      };
      AlignedBuffer<T> d_plus(kLanes);
      AlignedBuffer<T> d_minus(kLanes);
      CHECK(term_at(T(0), d_plus).loss == term_at(-T(0), d_minus).loss);
      CHECK(d_plus[0] == d_minus[0]);
    }
  }
}

TEMPLATE_TEST_CASE("A class loss of a NaN in any logit is NaN on every tier", "[losses]", float,
                   double) {
  using T = TestType;
  constexpr int kClasses = 4;
  for (int place = 0; place < kClasses; ++place) {
    std::vector<T> logits{1, 2, -3, 4};
    logits[std::size_t(place)] = std::numeric_limits<T>::quiet_NaN();
    const auto layout = BatchLayout::of(1);
    auto outputs = pack<T>(logits, layout, kClasses);
    AlignedBuffer<T> d_outputs(outputs.size());
    const std::vector<std::uint8_t> labels(kLanes);
    CHECK(std::isnan(
        class_loss<T>({layout, kClasses, outputs.data(), d_outputs.data()}, 0, labels, T(1))));
  }
}
