// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Matrix products against plain loops on integers, where they are exact, for all small sizes and
// thread counts; bit for bit in the order of summation that every tier uses; and against Eigen for
// the sizes of training.
#include "kernels/gemm.h"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstring>
#include <initializer_list>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "kernels/reductions.h"
#include "kernels/simd.h"
#include "support/larger_error.h"
#include "support/packed.h"
#include "support/report.h"

using ganvas::AlignedBuffer;
using ganvas::kLanes;
using ganvas::ThreadPool;
using ganvas::test::larger_error;
using ganvas::test::Random;

namespace {

constexpr int kTileRows = 6;
constexpr int kTileLanes = 16;
constexpr int kAllSizes = 2 * kTileLanes + 3;
static_assert(kAllSizes > 2 * kTileRows + 3);

std::size_t product(int a, int b) {
  return std::size_t(a) * std::size_t(b);
}

template <typename T>
struct Operands {
  int m, k, blocks;
  std::vector<T> matrix;  // (m, k)
  std::vector<T> bias;    // (m)
  AlignedBuffer<T> x;     // blocks of k
  AlignedBuffer<T> y;     // blocks of m

  template <typename Draw>
  Operands(int m_, int k_, int blocks_, const Draw& draw)
      : m(m_),
        k(k_),
        blocks(blocks_),
        matrix(product(m, k)),
        bias(product(m, 1)),
        x(product(k, kLanes * blocks)),
        y(product(m, kLanes * blocks)) {
    for (T& value : matrix) value = draw();
    for (T& value : bias) value = draw();
    for (T& value : x.span()) value = draw();
    for (T& value : y.span()) value = draw();
  }

  int samples() const { return blocks * kLanes; }
  T w_at(int i, int j) const { return matrix[product(i, k) + std::size_t(j)]; }
  T x_at(int sample, int j) const { return x[at(sample, k, j)]; }
  T y_at(int sample, int i) const { return y[at(sample, m, i)]; }
  static std::size_t at(int sample, int features, int f) {
    return product(sample / kLanes, features * kLanes) + product(f, kLanes) +
           std::size_t(sample % kLanes);
  }
};

/// The kernels' results, each followed by guard values that detect writes past the end.
template <typename T>
struct Products {
  static constexpr T kGuard = T(-12345.5);

  AlignedBuffer<T> multiplied;          // matrix x + bias, blocks of m
  AlignedBuffer<T> multiplied_no_bias;  // matrix x
  AlignedBuffer<T> transposed;          // matrix^T y, blocks of k
  AlignedBuffer<T> outer;               // sum y x^T (m, k)
  AlignedBuffer<T> sums;                // sum y (m)
  bool guards_intact = true;

  Products(const Operands<T>& in, ThreadPool& pool)
      : multiplied(guarded(in.y.size())),
        multiplied_no_bias(guarded(in.y.size())),
        transposed(guarded(in.x.size())),
        outer(guarded(in.matrix.size())),
        sums(guarded(in.bias.size())) {
    const T* const w = in.matrix.data();
    const T* const no_bias = nullptr;
    ganvas::multiply(w, in.m, in.k, in.bias.data(), in.x.data(), multiplied.data(), in.blocks,
                     pool);
    ganvas::multiply(w, in.m, in.k, no_bias, in.x.data(), multiplied_no_bias.data(), in.blocks,
                     pool);
    ganvas::multiply_transposed(w, in.m, in.k, in.y.data(), transposed.data(), in.blocks, pool);
    ganvas::sum_outer_products(in.y.data(), in.m, in.x.data(), in.k, outer.data(), in.blocks,
                               ganvas::Store::overwrite, pool);
    ganvas::sum_channels(in.y.data(), in.m, /*pixels=*/1, sums.data(), in.blocks, pool);
    for (const auto* result : {&multiplied, &multiplied_no_bias, &transposed, &outer, &sums}) {
      for (const T value : result->span().last(kLanes)) guards_intact &= value == kGuard;
    }
  }

  static AlignedBuffer<T> guarded(std::size_t count) {
    AlignedBuffer<T> buffer(count + kLanes);
    for (T& value : buffer.span()) value = kGuard;
    return buffer;
  }

  bool same_bits(const Products& other) const {
    const auto same = [](const AlignedBuffer<T>& a, const AlignedBuffer<T>& b) {
      return std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
    };
    return same(multiplied, other.multiplied) &&
           same(multiplied_no_bias, other.multiplied_no_bias) &&
           same(transposed, other.transposed) && same(outer, other.outer) && same(sums, other.sums);
  }
};

/// The number of results that differ from plain loops with add_product(a, b, sum) as multiply-add.
template <typename T, typename AddProduct>
int mismatches(const Operands<T>& in, const Products<T>& out, const AddProduct& add_product) {
  int wrong = 0;
  for (int s = 0; s < in.samples(); ++s) {
    for (int i = 0; i < in.m; ++i) {
      T sum = in.bias[std::size_t(i)];
      T sum_no_bias = 0;
      for (int j = 0; j < in.k; ++j) {
        sum = add_product(in.w_at(i, j), in.x_at(s, j), sum);
        sum_no_bias = add_product(in.w_at(i, j), in.x_at(s, j), sum_no_bias);
      }
      wrong += out.multiplied[in.at(s, in.m, i)] != sum;
      wrong += out.multiplied_no_bias[in.at(s, in.m, i)] != sum_no_bias;
    }
    for (int j = 0; j < in.k; ++j) {
      T sum = 0;
      for (int i = 0; i < in.m; ++i) sum = add_product(in.w_at(i, j), in.y_at(s, i), sum);
      wrong += out.transposed[in.at(s, in.k, j)] != sum;
    }
  }
  for (int i = 0; i < in.m; ++i) {
    for (int j = 0; j < in.k; ++j) {
      T sum = 0;
      for (int s = 0; s < in.samples(); ++s) sum = add_product(in.y_at(s, i), in.x_at(s, j), sum);
      wrong += out.outer[product(i, in.k) + std::size_t(j)] != sum;
    }
    // sum_channels sums each lane over the blocks, then the 16 lanes by halving.
    T lanes[kLanes] = {};
    for (int s = 0; s < in.samples(); ++s) lanes[s % kLanes] += in.y_at(s, i);
    for (int half = kLanes / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; ++lane) lanes[lane] += lanes[lane + half];
    }
    wrong += out.sums[std::size_t(i)] != lanes[0];
  }
  return wrong;
}

std::vector<std::unique_ptr<ThreadPool>> pools_of_1_to_4() {
  std::vector<std::unique_ptr<ThreadPool>> pools;
  for (const int threads : {1, 2, 3, 4}) {
    pools.push_back(std::make_unique<ThreadPool>(threads));
    if (pools.back()->threads() != threads) break;  // a build without threads
  }
  return pools;
}

template <typename T>
T madd_in_order(T a, T b, T sum) {
  return ganvas::kFusedMultiplyAdd ? std::fma(a, b, sum) : a * b + sum;
}

}  // namespace

TEMPLATE_TEST_CASE("Products are exact on integers for every size and thread count", "[gemm]",
                   float, double) {
  using T = TestType;
  const auto pools = pools_of_1_to_4();
  const auto more_threads = std::span(pools).subspan(1);
  Random random(1);
  // All partial sums stay below 2^24, so no order of summation rounds.
  const auto draw = [&] { return T(ganvas::test::uniform_int(random, -9, 9)); };
  const auto multiply_add = [](T a, T b, T sum) { return a * b + sum; };
  int wrong = 0;
  int guards_overwritten = 0;
  int differ = 0;
  for (int m = 1; m <= kAllSizes; ++m) {
    for (int k = 1; k <= kAllSizes; ++k) {
      const Operands<T> operands(m, k, /*blocks=*/1 + (m + k) % 3, draw);
      const Products<T> products(operands, *pools[0]);
      wrong += mismatches(operands, products, multiply_add);
      guards_overwritten += !products.guards_intact;
      for (const auto& pool : more_threads) {
        const Products<T> threaded(operands, *pool);
        differ += !threaded.same_bits(products);
        guards_overwritten += !threaded.guards_intact;
      }
    }
  }
  CHECK(wrong == 0);
  CHECK(guards_overwritten == 0);
  CHECK(differ == 0);
}

TEMPLATE_TEST_CASE("Every output is summed in the specified order, bit for bit", "[gemm]", float,
                   double) {
  using T = TestType;
  const auto pools = pools_of_1_to_4();
  const auto more_threads = std::span(pools).subspan(1);
  Random random(2);
  const auto draw = [&] {
    return T(ganvas::test::uniform(random)) / T(3);
  };  // uses the full mantissa
  struct Size {
    int m, k, blocks;
  };
  // Sizes around the register tile, the contraction chunk (256) of both products, and the panel of
  // 8 blocks.
  const Size sizes[] = {{1, 1, 1},   {5, 7, 1},   {6, 16, 2},  {7, 17, 3},   {13, 33, 1},
                        {7, 255, 2}, {7, 256, 2}, {7, 257, 2}, {3, 512, 1},  {3, 513, 1},
                        {255, 7, 2}, {256, 7, 2}, {257, 7, 2}, {512, 3, 1},  {513, 3, 1},
                        {7, 17, 7},  {7, 17, 8},  {13, 18, 9}, {6, 16, 16},  {5, 15, 17},
                        {97, 53, 4}, {1, 300, 4}, {600, 1, 2}, {300, 20, 1}, {19, 300, 3}};
  for (const Size& size : sizes) {
    INFO("m " << size.m << ", k " << size.k << ", blocks " << size.blocks);
    const Operands<T> operands(size.m, size.k, size.blocks, draw);
    const Products<T> products(operands, *pools[0]);
    CHECK(mismatches(operands, products, madd_in_order<T>) == 0);
    CHECK(products.guards_intact);
    for (const auto& pool : more_threads) {
      const Products<T> threaded(operands, *pool);
      CHECK(threaded.same_bits(products));
      CHECK(threaded.guards_intact);
    }
  }
}

TEMPLATE_TEST_CASE("Products match Eigen for the sizes of training", "[gemm]", float, double) {
  using T = TestType;
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic>;
  ThreadPool pool(2);
  Random random(3);
  const auto draw = [&] {
    return T(ganvas::test::uniform(random)) / T(3);
  };  // uses the full mantissa
  double worst = 0;
  for (const auto& [m, k, blocks] : std::initializer_list<std::array<int, 3>>{
           {256, 64, 2}, {784, 256, 2}, {128, 784, 4}, {1, 128, 4}}) {
    const Operands<T> in(m, k, blocks, draw);
    const Products<T> out(in, pool);
    Matrix w(m, k), x(k, in.samples()), y(m, in.samples());
    Eigen::VectorXd bias(m);
    for (int i = 0; i < m; ++i) {
      bias(i) = double(in.bias[std::size_t(i)]);
      for (int j = 0; j < k; ++j) w(i, j) = double(in.w_at(i, j));
      for (int s = 0; s < in.samples(); ++s) y(i, s) = double(in.y_at(s, i));
    }
    for (int j = 0; j < k; ++j) {
      for (int s = 0; s < in.samples(); ++s) x(j, s) = double(in.x_at(s, j));
    }
    const Matrix forward = (w * x).colwise() + bias;
    const Matrix backward = w.transpose() * y;
    const Matrix outer = y * x.transpose();
    const Eigen::VectorXd sums = y.rowwise().sum();
    // The error of an n-term sum of products is at most n eps times the sum of their magnitudes.
    const Matrix forward_scale =
        (w.cwiseAbs() * x.cwiseAbs()).colwise() + Eigen::VectorXd(bias.cwiseAbs());
    const Matrix backward_scale = w.cwiseAbs().transpose() * y.cwiseAbs();
    const Matrix outer_scale = y.cwiseAbs() * x.cwiseAbs().transpose();
    const Eigen::VectorXd sums_scale = y.cwiseAbs().rowwise().sum();
    const double eps = double(std::numeric_limits<T>::epsilon()) / 2;
    const auto add = [&](T ours, double truth, double scale, int terms) {
      worst = larger_error(worst, std::fabs(double(ours) - truth) / (scale * eps * terms));
    };
    for (int s = 0; s < in.samples(); ++s) {
      for (int i = 0; i < m; ++i) {
        add(out.multiplied[in.at(s, m, i)], forward(i, s), forward_scale(i, s), k + 1);
      }
      for (int j = 0; j < k; ++j) {
        add(out.transposed[in.at(s, k, j)], backward(j, s), backward_scale(j, s), m + 1);
      }
    }
    for (int i = 0; i < m; ++i) {
      add(out.sums[std::size_t(i)], sums(i), sums_scale(i), in.samples());
      for (int j = 0; j < k; ++j) {
        add(out.outer[product(i, k) + std::size_t(j)], outer(i, j), outer_scale(i, j),
            in.samples());
      }
    }
  }
  ganvas::test::report("products against Eigen, error over the worst-case bound:", worst);
  CHECK(worst <= 1);
}
