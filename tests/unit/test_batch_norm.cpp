// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Batch normalisation against its formulas in long double: training and evaluation mode, running
// statistics, and groups.
#include "nn/batch_norm.h"

#include <algorithm>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "support/larger_error.h"
#include "support/report.h"
#include "support/small_gan.h"
#include "support/tensors.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

using Wide = long double;
using WideRows = std::vector<Wide>;

ThreadPool& pool() {
  static ThreadPool two_threads(2);
  return two_threads;
}

struct Reference {
  WideRows y, dx, d_weight, d_bias, mean, unbiased_var;
  Wide dx_scale = 0;  // dx is a difference of terms of this size
};

/// One call of torch.nn.BatchNorm1d or 2d in training mode, and its derivative.
template <typename T>
Reference train_mode(const std::vector<T>& x, const std::vector<T>& dy, int samples, int channels,
                     int pixels, std::span<const T> weight, std::span<const T> bias, double eps) {
  Reference truth{WideRows(x.size()),
                  WideRows(x.size()),
                  WideRows(std::size_t(channels)),
                  WideRows(std::size_t(channels)),
                  WideRows(std::size_t(channels)),
                  WideRows(std::size_t(channels)),
                  0};
  const Wide n = Wide(samples) * pixels;
  for (int c = 0; c < channels; ++c) {
    const auto each = [&](const auto& use) {
      for (int s = 0; s < samples; ++s) {
        for (int p = 0; p < pixels; ++p) use(std::size_t((s * channels + c) * pixels + p));
      }
    };
    const auto channel = std::size_t(c);
    Wide sum = 0;
    Wide squares = 0;
    each([&](std::size_t i) { sum += Wide(x[i]); });
    const Wide mean = sum / n;
    each([&](std::size_t i) { squares += (Wide(x[i]) - mean) * (Wide(x[i]) - mean); });
    const Wide std = std::sqrt(squares / n + Wide(eps));
    each([&](std::size_t i) {
      const Wide xhat = (Wide(x[i]) - mean) / std;
      truth.y[i] = xhat * Wide(weight[channel]) + Wide(bias[channel]);
      truth.d_weight[channel] += Wide(dy[i]) * xhat;
      truth.d_bias[channel] += Wide(dy[i]);
    });
    each([&](std::size_t i) {
      const Wide xhat = (Wide(x[i]) - mean) / std;
      truth.dx_scale =
          std::fmax(truth.dx_scale, std::fabs(Wide(weight[channel]) / std * Wide(dy[i])));
      truth.dx[i] = Wide(weight[channel]) / std *
                    (Wide(dy[i]) - truth.d_bias[channel] / n - xhat * truth.d_weight[channel] / n);
    });
    truth.mean[channel] = mean;
    truth.unbiased_var[channel] = n > 1 ? squares / (n - 1) : squares;
  }
  return truth;
}

struct Case {
  Shape shape;
  int samples;
};
const std::vector<Case> kCases{{{5}, 2},        {{1}, 3},       {{19}, 16},     {{7}, 17},
                               {{3}, 33},       {{2, 3, 4}, 1}, {{7, 1, 1}, 5}, {{4, 2, 2}, 16},
                               {{13, 5, 3}, 6}, {{1, 7, 7}, 20}};

}  // namespace

TEMPLATE_TEST_CASE("Batch norm follows its formulas in training mode", "[batch_norm]", float,
                   double) {
  using T = TestType;
  Random random(1);
  double worst = 0;
  for (const Case& c : kCases) {
    for (const double eps : {1e-5, 0.8}) {
      for (const double momentum : {0.1, 0.25}) {
        const auto network = make_network<T>({BatchNormSpec{eps, momentum}}, c.shape, 4, pool());
        const int channels = c.shape[0];
        const int pixels = int(c.shape.size()) / channels;
        fill_random(value_of(*network, "0.weight"), random, 0.5, 2);
        fill_random(value_of(*network, "0.bias"), random);
        fill_random(buffer_of(*network, "0.running_mean"), random);
        fill_random(buffer_of(*network, "0.running_var"), random, 0.5, 2);
        const std::vector<T> mean_before(buffer_of(*network, "0.running_mean").begin(),
                                         buffer_of(*network, "0.running_mean").end());
        const std::vector<T> var_before(buffer_of(*network, "0.running_var").begin(),
                                        buffer_of(*network, "0.running_var").end());
        const std::size_t size = std::size_t(c.samples) * c.shape.size();
        const auto x = random_values<T>(size, random, -1, 3);
        const auto dy = random_values<T>(size, random);
        const auto ours = run_passes(*network, BatchLayout::of(c.samples), x, dy);
        const Reference truth =
            train_mode<T>(x, dy, c.samples, channels, pixels, value_of(*network, "0.weight"),
                          value_of(*network, "0.bias"), eps);
        WideRows mean;
        WideRows var;
        for (std::size_t i = 0; i < truth.mean.size(); ++i) {
          mean.push_back((1 - Wide(momentum)) * Wide(mean_before[i]) +
                         Wide(momentum) * truth.mean[i]);
          var.push_back((1 - Wide(momentum)) * Wide(var_before[i]) +
                        Wide(momentum) * truth.unbiased_var[i]);
        }
        for (const double error :
             {relative_error(ours.y, truth.y),
              absolute_error(ours.dx, truth.dx) / double(truth.dx_scale),
              relative_error(gradient_of(*network, "0.weight"), truth.d_weight),
              relative_error(gradient_of(*network, "0.bias"), truth.d_bias),
              relative_error(buffer_of(*network, "0.running_mean"), mean),
              relative_error(buffer_of(*network, "0.running_var"), var)}) {
          worst = larger_error(worst, error);
        }
        CHECK(ours.padding_is_zero);
      }
    }
  }
  const double eps = double(std::numeric_limits<T>::epsilon());
  report("batch norm in training against its formulas, relative error in eps:", worst / eps);
  CHECK(worst < 100 * eps);
}

TEMPLATE_TEST_CASE(
    "Batch norm uses its running statistics in evaluation mode and does not change them",
    "[batch_norm]", float, double) {
  using T = TestType;
  Random random(2);
  for (const Case& c : kCases) {
    const auto network = make_network<T>({BatchNormSpec{}}, c.shape, 4, pool());
    for (const char* name : {"0.weight", "0.bias"}) fill_random(value_of(*network, name), random);
    fill_random(buffer_of(*network, "0.running_mean"), random);
    fill_random(buffer_of(*network, "0.running_var"), random, 0.5, 2);
    network->set_training(false);
    const auto buffers = [&] {
      const T* values = network->buffers().values();
      return std::vector<T>(values, values + network->buffers().flat_size());
    };
    const auto before = buffers();
    const std::size_t size = std::size_t(c.samples) * c.shape.size();
    const auto x = random_values<T>(size, random);
    const auto dy = random_values<T>(size, random);
    const auto ours = run_passes(*network, BatchLayout::of(c.samples), x, dy);
    const std::size_t pixels = c.shape.size() / std::size_t(c.shape[0]);
    WideRows y;
    WideRows dx;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t channel = i / pixels % std::size_t(c.shape[0]);
      const Wide rstd = 1 / std::sqrt(Wide(buffer_of(*network, "0.running_var")[channel]) + 1e-5L);
      const Wide weight = Wide(value_of(*network, "0.weight")[channel]);
      y.push_back((Wide(x[i]) - Wide(buffer_of(*network, "0.running_mean")[channel])) * rstd *
                      weight +
                  Wide(value_of(*network, "0.bias")[channel]));
      dx.push_back(Wide(dy[i]) * rstd * weight);
    }
    CHECK(relative_error(ours.y, y) < 8 * double(std::numeric_limits<T>::epsilon()));
    CHECK(relative_error(ours.dx, dx) < 8 * double(std::numeric_limits<T>::epsilon()));
    CHECK(ours.padding_is_zero);
    CHECK(buffers() == before);
  }
}

TEMPLATE_TEST_CASE("Batch norm on two groups equals two calls, bit for bit", "[batch_norm]", float,
                   double) {
  using T = TestType;
  Random random(3);
  for (const Case& c : kCases) {
    const auto together = make_network<T>({BatchNormSpec{}}, c.shape, 6, pool());
    const auto apart = make_network<T>({BatchNormSpec{}}, c.shape, 3, pool());
    fill_random(value_of(*together, "0.weight"), random);
    std::ranges::copy(value_of(*together, "0.weight"), value_of(*apart, "0.weight").begin());
    const std::size_t size = std::size_t(c.samples) * c.shape.size();
    const auto x = random_values<T>(2 * size, random);
    const auto dy = random_values<T>(2 * size, random);
    const auto half = [size](const std::vector<T>& rows, std::size_t which) {
      const auto begin = rows.begin() + std::ptrdiff_t(which * size);
      return std::vector<T>(begin, begin + std::ptrdiff_t(size));
    };
    const auto both = run_passes(*together, {2, c.samples}, x, dy);
    std::map<std::string, std::vector<T>> sums;
    for (const std::size_t which : {0u, 1u}) {
      const auto one =
          run_passes(*apart, BatchLayout::of(c.samples), half(x, which), half(dy, which));
      CHECK(one.y == half(both.y, which));
      CHECK(one.dx == half(both.dx, which));
      for (const char* name : {"0.weight", "0.bias"}) {
        const auto gradient = gradient_of(*apart, name);
        auto& sum = sums[name];
        sum.resize(gradient.size());
        std::ranges::transform(sum, gradient, sum.begin(), std::plus());
      }
    }
    CHECK(both.padding_is_zero);
    for (const char* name : {"0.weight", "0.bias"}) {
      CHECK(std::ranges::equal(gradient_of(*together, name), sums[name]));
    }
    for (const char* name : {"0.running_mean", "0.running_var"}) {
      CHECK(std::ranges::equal(buffer_of(*together, name), buffer_of(*apart, name)));
    }
  }
}

TEST_CASE("Batch norm starts with unit scale, zero shift and neutral statistics", "[batch_norm]") {
  const auto network = make_network<float>({BatchNormSpec{}}, Shape{3, 2, 2}, 1, pool());
  for (const auto& [name, start] : {std::pair{"0.weight", 1.0f}, {"0.bias", 0.0f}}) {
    for (const float value : value_of(*network, name)) CHECK(value == start);
  }
  for (const auto& [name, start] : {std::pair{"0.running_mean", 0.0f}, {"0.running_var", 1.0f}}) {
    for (const float value : buffer_of(*network, name)) CHECK(value == start);
  }
}
