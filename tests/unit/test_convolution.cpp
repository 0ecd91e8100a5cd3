// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Convolution, its adjoint and its weight gradient against plain loops on integers, where results
// are exact: for combinations of kernel, stride, padding and channels, on 1 to 4 threads.
#include "kernels/convolution.h"

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cstring>
#include <memory>
#include <vector>

#include "kernels/reductions.h"
#include "support/packed.h"

using ganvas::AlignedBuffer;
using ganvas::ConvGeometry;
using ganvas::kLanes;
using ganvas::Store;
using ganvas::ThreadPool;
using ganvas::test::Random;
using ganvas::test::uniform_int;

namespace {

template <typename T>
struct Operands {
  ConvGeometry g;
  int blocks;
  AlignedBuffer<T> in, out, weight, in_bias, out_bias;

  Operands(const ConvGeometry& geometry, int block_count, Random& random)
      : g(geometry),
        blocks(block_count),
        in(storage(g.in_channels * g.in_pixels())),
        out(storage(g.out_channels * g.out_pixels())),
        weight(std::size_t(g.out_channels * g.in_channels * g.taps())),
        in_bias(std::size_t(g.in_channels)),
        out_bias(std::size_t(g.out_channels)) {
    for (auto* values : {&in, &out, &weight, &in_bias, &out_bias}) {
      // Sums of products stay below 2^24, so no order of summation rounds.
      for (T& value : values->span()) value = T(uniform_int(random, -9, 9));
    }
  }

  std::size_t storage(int features) const { return std::size_t(blocks * features * kLanes); }
  static std::size_t at(int sample, int channels, int c, int height, int width, int y, int x) {
    const int pixels = height * width;
    return std::size_t((sample / kLanes * channels * pixels + c * pixels + y * width + x) * kLanes +
                       sample % kLanes);
  }
  std::size_t in_at(int sample, int c, int y, int x) const {
    return at(sample, g.in_channels, c, g.in_height, g.in_width, y, x);
  }
  std::size_t out_at(int sample, int c, int y, int x) const {
    return at(sample, g.out_channels, c, g.out_height, g.out_width, y, x);
  }
  std::size_t weight_at(int o, int i, int ky, int kx) const {
    return std::size_t(((o * g.in_channels + i) * g.kernel + ky) * g.kernel + kx);
  }
};

constexpr double kGuard = -12345.5;

/// Results, each followed by a guard value that detects writes past the end.
template <typename T>
struct Results {
  AlignedBuffer<T> out, in, weight, out_without_bias, in_without_bias;

  explicit Results(const Operands<T>& o)
      : out(guarded(o.out.size())),
        in(guarded(o.in.size())),
        weight(guarded(o.weight.size())),
        out_without_bias(guarded(o.out.size())),
        in_without_bias(guarded(o.in.size())) {}

  static AlignedBuffer<T> guarded(std::size_t size) {
    AlignedBuffer<T> buffer(size + kLanes);
    for (T& value : buffer.span()) value = T(kGuard);
    return buffer;
  }
  bool same_bits(const Results& other) const {
    const auto same = [](const AlignedBuffer<T>& a, const AlignedBuffer<T>& b) {
      return std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
    };
    return same(out, other.out) && same(in, other.in) && same(weight, other.weight) &&
           same(out_without_bias, other.out_without_bias) &&
           same(in_without_bias, other.in_without_bias);
  }
};

template <typename T>
Results<T> ours(const Operands<T>& o, ThreadPool& pool) {
  Results<T> r(o);
  AlignedBuffer<T> packed(ganvas::packed_weight_size<T>(o.g));
  const T* const none = nullptr;
  ganvas::convolve(o.g, o.weight.data(), o.out_bias.data(), o.in.data(), r.out.data(), o.blocks,
                   packed.data(), pool);
  ganvas::convolve(o.g, o.weight.data(), none, o.in.data(), r.out_without_bias.data(), o.blocks,
                   packed.data(), pool);
  ganvas::convolve_adjoint(o.g, o.weight.data(), o.in_bias.data(), o.out.data(), r.in.data(),
                           o.blocks, packed.data(), pool);
  ganvas::convolve_adjoint(o.g, o.weight.data(), none, o.out.data(), r.in_without_bias.data(),
                           o.blocks, packed.data(), pool);
  ganvas::sum_patch_products(o.g, o.out.data(), o.in.data(), r.weight.data(), o.blocks,
                             Store::overwrite, pool);
  return r;
}

/// The same results from one nested loop over all products.
template <typename T>
Results<T> naive(const Operands<T>& o) {
  Results<T> r(o);
  const ConvGeometry& g = o.g;
  const int samples = o.blocks * kLanes;
  for (std::size_t i = 0; i < o.out.size(); ++i) r.out_without_bias[i] = 0;
  for (std::size_t i = 0; i < o.in.size(); ++i) r.in_without_bias[i] = 0;
  for (std::size_t i = 0; i < o.weight.size(); ++i) r.weight[i] = 0;
  for (int s = 0; s < samples; ++s) {
    for (int oc = 0; oc < g.out_channels; ++oc) {
      for (int oy = 0; oy < g.out_height; ++oy) {
        for (int ox = 0; ox < g.out_width; ++ox) {
          const std::size_t out = o.out_at(s, oc, oy, ox);
          for (int ic = 0; ic < g.in_channels; ++ic) {
            for (int ky = 0; ky < g.kernel; ++ky) {
              for (int kx = 0; kx < g.kernel; ++kx) {
                const int y = oy * g.stride - g.padding + ky;
                const int x = ox * g.stride - g.padding + kx;
                if (y < 0 || y >= g.in_height || x < 0 || x >= g.in_width) continue;
                const std::size_t in = o.in_at(s, ic, y, x);
                const std::size_t weight = o.weight_at(oc, ic, ky, kx);
                r.out_without_bias[out] += o.weight[weight] * o.in[in];
                r.in_without_bias[in] += o.weight[weight] * o.out[out];
                r.weight[weight] += o.out[out] * o.in[in];
              }
            }
          }
          r.out[out] = r.out_without_bias[out] + o.out_bias[std::size_t(oc)];
        }
      }
    }
    for (int ic = 0; ic < g.in_channels; ++ic) {
      for (int y = 0; y < g.in_height; ++y) {
        for (int x = 0; x < g.in_width; ++x) {
          const std::size_t in = o.in_at(s, ic, y, x);
          r.in[in] = r.in_without_bias[in] + o.in_bias[std::size_t(ic)];
        }
      }
    }
  }
  return r;
}

/// The geometry of a convolution on an input of the given size; out_height or out_width is 0 if the
/// kernel does not fit.
ConvGeometry geometry_of(int in_channels, int out_channels, int height, int width, int kernel,
                         int stride, int padding) {
  const auto extent = [&](int in) {
    const int span = in + 2 * padding - kernel;
    return span < 0 ? 0 : span / stride + 1;
  };
  return {in_channels,   height, width,  out_channels, extent(height),
          extent(width), kernel, stride, padding};
}

std::vector<std::unique_ptr<ThreadPool>> pools_of_1_to_4() {
  std::vector<std::unique_ptr<ThreadPool>> pools;
  for (const int threads : {1, 2, 3, 4}) pools.push_back(std::make_unique<ThreadPool>(threads));
  return pools;
}

template <typename T>
void check(const ConvGeometry& g, int blocks, Random& random,
           const std::vector<std::unique_ptr<ThreadPool>>& pools) {
  const Operands<T> operands(g, blocks, random);
  const Results<T> truth = naive(operands);
  for (const auto& pool : pools) {
    INFO("channels " << g.in_channels << " -> " << g.out_channels << ", " << g.in_height << " x "
                     << g.in_width << ", kernel " << g.kernel << ", stride " << g.stride
                     << ", padding " << g.padding << ", blocks " << blocks << ", threads "
                     << pool->threads());
    REQUIRE(ours(operands, *pool).same_bits(truth));
  }
}

}  // namespace

TEMPLATE_TEST_CASE("Convolutions are exact for every kernel, stride and padding", "[convolution]",
                   float, double) {
  const auto pools = pools_of_1_to_4();
  Random random(1);
  int checked = 0;
  for (int kernel = 1; kernel <= 5; ++kernel) {
    for (int stride = 1; stride <= 6; ++stride) {
      for (int padding = 0; padding <= 4; ++padding) {
        for (int trial = 0; trial < 3; ++trial) {
          // Random input sizes can leave a remainder after the last window, which is the output
          // padding of a transposed convolution.
          const ConvGeometry g = geometry_of(uniform_int(random, 1, 3), uniform_int(random, 1, 3),
                                             uniform_int(random, 1, 9), uniform_int(random, 1, 9),
                                             kernel, stride, padding);
          if (g.out_pixels() == 0) continue;
          check<TestType>(g, uniform_int(random, 1, 2), random, pools);
          ++checked;
        }
      }
    }
  }
  CHECK(checked > 300);
}

TEMPLATE_TEST_CASE("Convolutions are exact for every number of channels around the tile size",
                   "[convolution]", float, double) {
  const auto pools = pools_of_1_to_4();
  Random random(2);
  for (int in_channels = 1; in_channels <= 15; ++in_channels) {
    for (int out_channels = 1; out_channels <= 15; ++out_channels) {
      check<TestType>(geometry_of(in_channels, out_channels, 3, 4, 3, 2, 1), 1, random, pools);
    }
  }
  check<TestType>(geometry_of(13, 7, 1, 1, 1, 1, 0), 3, random, pools);
  check<TestType>(geometry_of(2, 3, 1, 1, 5, 1, 2), 3, random, pools);
}

TEMPLATE_TEST_CASE("Sums over patches and channels can accumulate", "[convolution]", float,
                   double) {
  using T = TestType;
  ThreadPool pool(2);
  Random random(3);
  for (const int channels : {1, 5, 6, 7, 13}) {
    const Operands<T> o(geometry_of(channels, channels, 5, 4, 3, 2, 1), 2, random);
    const Results<T> r = ours(o, pool);
    AlignedBuffer<T> twice(o.weight.size());
    std::memcpy(twice.data(), r.weight.data(), o.weight.size() * sizeof(T));
    ganvas::sum_patch_products(o.g, o.out.data(), o.in.data(), twice.data(), o.blocks, Store::add,
                               pool);
    for (std::size_t i = 0; i < twice.size(); ++i) REQUIRE(twice[i] == 2 * r.weight[i]);

    AlignedBuffer<T> sums(o.out_bias.size());
    ganvas::sum_channels(o.out.data(), o.g.out_channels, o.g.out_pixels(), sums.data(), o.blocks,
                         pool);
    for (int c = 0; c < o.g.out_channels; ++c) {
      T truth = 0;
      for (int s = 0; s < o.blocks * kLanes; ++s) {
        for (int p = 0; p < o.g.out_pixels(); ++p) {
          truth += o.out[o.out_at(s, c, p / o.g.out_width, p % o.g.out_width)];
        }
      }
      REQUIRE(sums[std::size_t(c)] == truth);
    }
  }
}
