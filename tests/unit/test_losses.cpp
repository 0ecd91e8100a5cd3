// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Binary cross-entropy from logits against its definition in long double, including extreme logits.
#include "nn/losses.h"

#include <algorithm>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "support/larger_error.h"
#include "support/packed.h"
#include "support/report.h"

using namespace ganvas;
using ganvas::test::pack;
using ganvas::test::Random;
using ganvas::test::unpack;

namespace {

using Wide = long double;

/// -target log sigmoid(l) - (1 - target) log sigmoid(-l), with logarithms clamped at -100 like
/// torch.nn.BCELoss.
Wide bce(Wide logit, Wide target) {
  const auto log_sigmoid = [](Wide l) {
    return l < 0 ? l - std::log1p(std::exp(l)) : -std::log1p(std::exp(-l));
  };
  return -target * std::fmax(log_sigmoid(logit), Wide(-100)) -
         (1 - target) * std::fmax(log_sigmoid(-logit), Wide(-100));
}

Wide sigmoid(Wide l) {
  return l < 0 ? std::exp(l) / (1 + std::exp(l)) : 1 / (1 + std::exp(-l));
}

template <typename T>
struct Outcome {
  LossTerm term;
  std::vector<T> gradients;
  bool padding_is_zero;
};

template <typename T>
Outcome<T> run(const std::vector<T>& logits, T target, T weight) {
  const auto layout = BatchLayout::of(int(logits.size()));
  auto packed = pack<T>(logits, layout, 1, /*padding=*/T(55));
  AlignedBuffer<T> d_logits(packed.size());
  for (T& value : d_logits.span()) value = T(77);
  Outcome<T> outcome{
      output_loss<T>(OutputLoss::bce, {layout, 1, packed.data(), d_logits.data()}, target, weight),
      unpack<T>(d_logits.data(), layout, 1), true};
  for (std::size_t i = logits.size(); i < d_logits.size(); ++i) {
    outcome.padding_is_zero &= d_logits[i] == 0;
  }
  return outcome;
}

}  // namespace

TEMPLATE_TEST_CASE("BCE from logits and its gradient match their definitions", "[losses]", float,
                   double) {
  using T = TestType;
  const double eps = double(std::numeric_limits<T>::epsilon());
  Random random(1);
  double worst_loss = 0;
  double worst_gradient = 0;
  for (const int size : {1, 2, 15, 16, 17, 32, 33, 64, 100}) {
    for (const T target : {T(0), T(1), T(0.9)}) {
      for (const T weight : {T(1), T(0.5)}) {
        const auto logits = test::random_values<T>(std::size_t(size), random, -9, 9);
        const Outcome<T> ours = run(logits, target, weight);
        Wide loss = 0;
        Wide probability = 0;
        for (std::size_t i = 0; i < logits.size(); ++i) {
          const Wide l = logits[i];
          loss += bce(l, target) / size;
          probability += sigmoid(l) / size;
          const Wide slope = Wide(weight) * (sigmoid(l) - Wide(target)) / size;
          // For soft targets, the gradient is a difference of terms of at least this magnitude.
          const Wide scale = Wide(weight) *
                             std::fmax(std::fabs(sigmoid(l) - Wide(target)),
                                       target == 0 || target == 1 ? 0 : 0.1L) /
                             size;
          worst_gradient = test::larger_error(
              worst_gradient, double(std::fabs(Wide(ours.gradients[i]) - slope) / (scale * eps)));
        }
        worst_loss =
            test::larger_error(worst_loss, double(std::fabs(ours.term.loss - loss) / (loss * eps)));
        CHECK(std::fabs(ours.term.mean_output - double(probability)) < 4 * eps);
        CHECK(ours.padding_is_zero);
      }
    }
  }
  test::report("BCE loss, relative error in eps:", worst_loss);
  test::report("BCE gradient, relative error in eps:", worst_gradient);
  CHECK(worst_loss < 4);
  CHECK(worst_gradient < 4);
}

TEMPLATE_TEST_CASE("The reported loss is clamped at 100 per sample, the gradient is not",
                   "[losses]", float, double) {
  using T = TestType;
  // A confidently wrong discriminator: BCELoss would return 100 and no gradient.
  for (const T logit : {T(-200), T(-101), T(-1e4), T(-1e30)}) {
    const auto wrong = run<T>({logit, T(0)}, T(1), T(1));
    CHECK(std::fabs(wrong.term.loss - (100 + std::log(2.0)) / 2) < 1e-6);
    CHECK(wrong.gradients[0] == T(-0.5));
    CHECK(wrong.gradients[1] == T(-0.25));
    const auto mirrored = run<T>({-logit, T(0)}, T(0), T(1));
    CHECK(std::fabs(mirrored.term.loss - (100 + std::log(2.0)) / 2) < 1e-6);
    CHECK(mirrored.gradients[0] == T(0.5));
  }
  CHECK(std::fabs(run<T>({T(-99)}, T(1), T(1)).term.loss - 99) < 1e-4);
}

TEMPLATE_TEST_CASE("A confidently right discriminator has zero loss and a vanishing gradient",
                   "[losses]", float, double) {
  using T = TestType;
  const auto right = run<T>({T(200), T(1e30)}, T(1), T(1));
  CHECK(right.term.loss >= 0);
  CHECK(right.term.loss < 1e-80);
  CHECK(right.term.mean_output == 1);
  for (const T gradient : right.gradients) CHECK((gradient <= 0 && gradient > T(-1e-37)));
  const auto fake = run<T>({T(-200), T(-1e30)}, T(0), T(1));
  CHECK(fake.term.loss >= 0);
  CHECK(fake.term.loss < 1e-80);
  CHECK(fake.term.mean_output < 1e-37);
}

TEMPLATE_TEST_CASE("A NaN logit makes the loss NaN", "[losses]", float, double) {
  using T = TestType;
  const T nan = std::numeric_limits<T>::quiet_NaN();
  for (const T target : {T(0), T(1)}) {
    CHECK(std::isnan(run<T>({T(1), nan, T(2)}, target, T(1)).term.loss));
    // NaN in a padding lane has no effect.
    const auto layout = BatchLayout::of(3);
    auto packed = pack<T>(std::vector<T>{1, 2, 3}, layout, 1, /*padding=*/nan);
    AlignedBuffer<T> d_logits(packed.size());
    CHECK(std::isfinite(
        output_loss<T>(OutputLoss::bce, {layout, 1, packed.data(), d_logits.data()}, target, T(1))
            .loss));
    CHECK(std::all_of(d_logits.data() + 3, d_logits.data() + 16, [](T d) { return d == 0; }));
  }
}

TEST_CASE("At a logit of 0 the loss is ln 2 and the gradient is 0.5 - target", "[losses]") {
  for (const double target : {0.0, 1.0}) {
    const auto ours = run<double>(std::vector<double>(20, 0.0), target, 1);
    CHECK(std::fabs(ours.term.loss - std::log(2.0)) < 1e-15);
    CHECK(ours.term.mean_output == 0.5);
    for (const double gradient : ours.gradients) CHECK(gradient == (0.5 - target) / 20);
  }
}
