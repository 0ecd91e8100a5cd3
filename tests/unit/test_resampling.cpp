// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Max pooling and upsampling against plain loops; results must be equal.
#include "nn/layer_spec.h"

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "support/small_gan.h"
#include "support/tensors.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

ThreadPool& pool() {
  static ThreadPool two_threads(2);
  return two_threads;
}

const std::vector<BatchLayout> kLayouts{{1, 1}, {1, 6}, {1, 33}, {2, 16}, {2, 5}};

}  // namespace

TEMPLATE_TEST_CASE("Max pooling uses the first maximum, forward and backward", "[resampling]",
                   float, double) {
  using T = TestType;
  Random random(1);
  for (int kernel = 1; kernel <= 4; ++kernel) {
    for (const Shape& shape : {Shape{1, 4, 4}, {3, 5, 7}, {7, 4, 9}, {2, 8, 11}}) {
      const auto network = make_network<T>({MaxPool2dSpec{kernel}}, shape, 8, pool());
      const int height = shape[1] / kernel;
      const int width = shape[2] / kernel;
      REQUIRE(network->output_shape() == Shape{shape[0], height, width});
      for (const BatchLayout layout : kLayouts) {
        const auto images = std::size_t(layout.groups * layout.group_size * shape[0]);
        // Few distinct values, so that windows have ties.
        std::vector<T> x(images * std::size_t(shape[1] * shape[2]));
        for (T& value : x) value = T(uniform_int(random, -2, 2));
        const auto dy = random_values<T>(images * std::size_t(height * width), random);
        const auto ours = run_passes(*network, layout, x, dy);
        std::vector<T> y;
        std::vector<T> dx(x.size());
        for (std::size_t image = 0; image < images; ++image) {
          for (int i = 0; i < height; ++i) {
            for (int j = 0; j < width; ++j) {
              std::size_t best = 0;
              bool none = true;
              for (int a = i * kernel; a < (i + 1) * kernel; ++a) {
                for (int b = j * kernel; b < (j + 1) * kernel; ++b) {
                  const auto at =
                      image * std::size_t(shape[1] * shape[2]) + std::size_t(a * shape[2] + b);
                  if (none || x[at] > x[best]) best = at;
                  none = false;
                }
              }
              dx[best] = dy[y.size()];
              y.push_back(x[best]);
            }
          }
        }
        REQUIRE(ours.y == y);
        REQUIRE(ours.dx == dx);
        REQUIRE(ours.padding_is_zero);
      }
    }
  }
}

TEMPLATE_TEST_CASE("Upsampling repeats every pixel, and its backward pass sums the four copies",
                   "[resampling]", float, double) {
  using T = TestType;
  Random random(2);
  for (const Shape& shape : {Shape{1, 1, 1}, {3, 2, 5}, {7, 4, 3}}) {
    const auto network = make_network<T>({Upsample2xSpec{}}, shape, 8, pool());
    const int height = 2 * shape[1];
    const int width = 2 * shape[2];
    REQUIRE(network->output_shape() == Shape{shape[0], height, width});
    for (const BatchLayout layout : kLayouts) {
      const auto images = std::size_t(layout.groups * layout.group_size * shape[0]);
      std::vector<T> x(images * std::size_t(shape[1] * shape[2]));
      std::vector<T> dy(4 * x.size());
      for (auto* values : {&x, &dy}) {
        for (T& value : *values) value = T(uniform_int(random, -99, 99));
      }
      const auto ours = run_passes(*network, layout, x, dy);
      std::vector<T> y;
      std::vector<T> dx(x.size());
      for (std::size_t image = 0; image < images; ++image) {
        for (int i = 0; i < height; ++i) {
          for (int j = 0; j < width; ++j) {
            const auto at =
                image * std::size_t(shape[1] * shape[2]) + std::size_t(i / 2 * shape[2] + j / 2);
            dx[at] += dy[y.size()];
            y.push_back(x[at]);
          }
        }
      }
      REQUIRE(ours.y == y);
      REQUIRE(ours.dx == dx);
      REQUIRE(ours.padding_is_zero);
    }
  }
}

TEMPLATE_TEST_CASE("Max pooling lets NaN through from any place, as PyTorch does", "[resampling]",
                   float, double) {
  using T = TestType;
  const auto network = make_network<T>({MaxPool2dSpec{2}}, Shape{1, 2, 2}, 1, pool());
  for (std::size_t place = 0; place < 4; ++place) {
    std::vector<T> x{1, 2, -3, 4};
    x[place] = std::numeric_limits<T>::quiet_NaN();
    const auto passes = run_passes(*network, {1, 1}, x, std::vector<T>{1});
    INFO("place " << place);
    CHECK(std::isnan(passes.y[0]));
  }
}

TEMPLATE_TEST_CASE("Of zeros of both signs max pooling takes the first", "[resampling]", float,
                   double) {
  using T = TestType;
  const auto network = make_network<T>({MaxPool2dSpec{2}}, Shape{1, 2, 2}, 1, pool());
  const auto sign_of = [&](std::vector<T> x) {
    return std::signbit(run_passes(*network, {1, 1}, x, std::vector<T>{1}).y[0]);
  };
  CHECK(sign_of({-T(0), T(0), T(0), -T(1)}));
  CHECK_FALSE(sign_of({T(0), -T(0), -T(0), -T(1)}));
}
