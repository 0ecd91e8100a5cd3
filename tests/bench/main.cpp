// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// ganvas_bench [THREADS [PRESET]]: throughput of the kernels for the shapes of training, relative
// to the machine's peak and, natively, to Eigen's product; then training steps per second of the
// presets. No test depends on the results.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/stopwatch.h"
#include "data/dataset.h"
#include "gan/flops.h"
#include "gan/presets.h"
#include "gan/trainer.h"
#include "inference/frozen_network.h"
#include "inference/latents.h"
#include "kernels/convolution.h"
#include "kernels/gemm.h"
#include "kernels/simd.h"
#include "kernels/thread_tuner.h"
#include "nn/adam.h"

#if !defined(__EMSCRIPTEN__)
#include <Eigen/Core>
#endif

using namespace ganvas;
using bench::seconds_per_call;

namespace {

AlignedBuffer<float> test_values(std::size_t size) {
  AlignedBuffer<float> values((size + kLanes - 1) / kLanes * kLanes);
  std::uint32_t state = 1;
  for (float& value : values.span()) {
    state = state * 1664525 + 1013904223;
    value = static_cast<float>(state >> 8) * 0x1p-24f - 0.5f;
  }
  return values;
}

/// Peak GFLOP/s of one thread: multiply-adds in twelve registers without memory access. Takes the
/// best round, since it is an upper limit and JIT compilation slows down the first rounds.
double register_peak() {
  constexpr int kAccumulators = 12;
  constexpr int kRounds = 4096;
  const AlignedBuffer<float> values = test_values(kLanes);
  AlignedBuffer<float> sink(kLanes);
  const auto work = [&] {
    const Vec<float> a = load(values.data());
    const Vec<float> b(0.999f);
    Vec<float> acc[kAccumulators];
    for (Vec<float>& sum : acc) sum = a;
    for (int round = 0; round < kRounds; ++round) {
      for (Vec<float>& sum : acc) sum = madd(sum, b, a);
    }
    for (int i = 1; i < kAccumulators; ++i) acc[0] += acc[i];
    acc[0].store_aligned(sink.data());
  };
  const double seconds = bench::seconds_of_rounds(work, 0.2).front();
  return 2.0 * kAccumulators * kRounds * kVecSize<float> / seconds / 1e9;
}

void print(const std::string& name, double flop, double seconds, double peak) {
  const double rate = flop / seconds / 1e9;
  std::printf("%-44s %9.1f us %7.1f GFLOP/s %4.0f %%\n", name.c_str(), seconds * 1e6, rate,
              100 * rate / peak);
}

void bench_products(int m, int k, int samples, double peak, ThreadPool& pool) {
  const int blocks = BatchLayout::of(samples).blocks();
  const auto lanes = static_cast<std::size_t>(blocks) * kLanes;
  AlignedBuffer<float> matrix = test_values(static_cast<std::size_t>(m) * k);
  AlignedBuffer<float> x = test_values(lanes * k);
  AlignedBuffer<float> y = test_values(lanes * m);
  const AlignedBuffer<float> bias = test_values(m);
  const double flop = 2.0 * m * k * static_cast<double>(lanes);
  const std::string shape =
      std::to_string(samples) + "x" + std::to_string(k) + "x" + std::to_string(m);
  print("product " + shape, flop, seconds_per_call([&] {
          multiply(matrix.data(), m, k, bias.data(), x.data(), y.data(), blocks, pool);
        }),
        peak);
  print("transposed product " + shape, flop, seconds_per_call([&] {
          multiply_transposed(matrix.data(), m, k, y.data(), x.data(), blocks, pool);
        }),
        peak);
  print("weight gradient " + shape, flop, seconds_per_call([&] {
          sum_outer_products(y.data(), m, x.data(), k, matrix.data(), blocks, Store::overwrite,
                             pool);
        }),
        peak);
#if !defined(__EMSCRIPTEN__)
  const Eigen::MatrixXf weight = Eigen::MatrixXf::Random(m, k);
  const Eigen::MatrixXf input = Eigen::MatrixXf::Random(k, samples);
  Eigen::MatrixXf output(m, samples);
  print("  Eigen's product " + shape, flop,
        seconds_per_call([&] { output.noalias() = weight * input; }), peak);
#endif
}

void bench_convolution(const ConvGeometry& g, int samples, double peak, ThreadPool& pool) {
  const int blocks = BatchLayout::of(samples).blocks();
  const auto lanes = static_cast<std::size_t>(blocks) * kLanes;
  AlignedBuffer<float> weight =
      test_values(static_cast<std::size_t>(g.out_channels) * g.in_channels * g.taps());
  AlignedBuffer<float> packed = test_values(packed_weight_size<float>(g));
  AlignedBuffer<float> in = test_values(lanes * g.in_channels * g.in_pixels());
  AlignedBuffer<float> out = test_values(lanes * g.out_channels * g.out_pixels());
  const AlignedBuffer<float> bias = test_values(std::max(g.in_channels, g.out_channels));
  // Includes taps on padding, although they need not be computed.
  const double flop =
      2.0 * g.out_channels * g.in_channels * g.taps() * g.out_pixels() * static_cast<double>(lanes);
  const std::string shape = std::to_string(samples) + " " + std::to_string(g.in_channels) + "x" +
                            std::to_string(g.in_height) + " k" + std::to_string(g.kernel) + " " +
                            std::to_string(g.out_channels) + "x" + std::to_string(g.out_height);
  print("convolution " + shape, flop, seconds_per_call([&] {
          convolve(g, weight.data(), bias.data(), in.data(), out.data(), blocks, packed.data(),
                   pool);
        }),
        peak);
  print("its adjoint " + shape, flop, seconds_per_call([&] {
          convolve_adjoint(g, weight.data(), bias.data(), out.data(), in.data(), blocks,
                           packed.data(), pool);
        }),
        peak);
  print("its weight gradient " + shape, flop, seconds_per_call([&] {
          sum_patch_products(g, out.data(), in.data(), weight.data(), blocks, Store::overwrite,
                             pool);
        }),
        peak);
}

/// Adam reads four values per parameter and writes three. With as many parameters as `mlp`, this
/// measures memory bandwidth.
void bench_adam(ThreadPool& pool) {
  Parameters<float> parameters;
  parameters.declare("weight", {1000, 2000}, InitRule::linear_weight, 1000);
  parameters.allocate();
  parameters.initialise(InitScheme::pytorch, /*seed=*/1, /*network=*/0);
  std::copy_n(parameters.values(), parameters.flat_size(), parameters.gradients());
  Adam<float> adam(AdamConfig{.lr = 0}, parameters, pool);
  const double seconds = seconds_per_call([&] { adam.step(); });
  const double bytes = 7.0 * sizeof(float) * static_cast<double>(parameters.flat_size());
  std::printf("%-44s %9.1f us %7.1f GB/s\n", "Adam, 2 million parameters", seconds * 1e6,
              bytes / seconds / 1e9);
}

struct Workload {
  const char* name;
  const char* preset;
  PictureShape pictures{};
};
constexpr Workload kWorkloads[] = {
    {"W1", "seed"},
    {"W2", "mlp"},
    {"W3", "dcgan"},
    {"W4", "quick"},
    {"W7", "fine"},
    {"W5", "pictures", {.channels = 3, .side = 32, .classes = 0}},
    {"W6", "pictures", {.channels = 3, .side = 64, .classes = 0}},
};

void bench_steps(const std::string& only, ThreadPool& pool) {
  for (const Workload& workload : kWorkloads) {
    if (!only.empty() && only != workload.preset) continue;
    auto trainer =
        Trainer<float>::create(find_preset(workload.preset, workload.pictures).value(), pool);
    if (!trainer) std::abort();
    const GanConfig& config = trainer.value()->config();
    constexpr int kImages = 10'000;
    std::vector<std::uint8_t> pixels(std::size_t{kImages} * workload.pictures.size());
    std::vector<std::uint8_t> labels(config.classes > 0 ? kImages : 0);
    for (std::size_t i = 0; i < pixels.size(); ++i)
      pixels[i] = static_cast<std::uint8_t>(i * 2654435761u >> 13);
    for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<std::uint8_t>(i % 10);
    auto dataset =
        Dataset::of_images(std::move(pixels), workload.pictures.size(), std::move(labels));
    if (!dataset ||
        !trainer.value()->set_data(std::make_shared<const Dataset>(std::move(dataset).value()))) {
      std::abort();
    }
    ThreadTuner tuner(pool);
    const double seconds = seconds_per_call(
        [&] { (void)tuner.measure([&] { return trainer.value()->step(); }); }, 0.3);
    constexpr std::size_t kSamples = 64;
    const auto latents =
        draw_latents<float>(/*seed=*/1, kSamples * static_cast<std::size_t>(config.latent_size));
    const std::vector<std::uint8_t> classes(config.classes > 0 ? kSamples : 0);
    FrozenNetwork<float> generator(*trainer.value(), Network::generator);
    const double sampling = seconds_per_call([&] {
      generator.update(*trainer.value());
      generator.outputs(latents, {.labels = classes});
    });
    std::printf("%s %-8s side %2d %8.1f steps/s %7.1f GFLOP/s %7.2f ms for %zu samples\n",
                workload.name, workload.preset, workload.pictures.side, 1 / seconds,
                flops_per_step(*trainer.value()) / 1e9 / seconds, 1e3 * sampling, kSamples);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const int threads = argc > 1 ? std::atoi(argv[1]) : 1;
  const std::string only = argc > 2 ? argv[2] : "";  // only the steps of this preset
  ThreadPool pool(threads);
  const double peak = register_peak();
  std::printf("peak of one thread: %.1f GFLOP/s; measured below with %d threads\n", peak,
              pool.threads());
  if (only.empty()) {
    bench_products(256, 64, 32, peak, pool);
    bench_products(784, 256, 32, peak, pool);
    bench_products(128, 784, 64, peak, pool);
    bench_products(1024, 512, 64, peak, pool);
    bench_products(784, 1024, 64, peak, pool);
    bench_convolution({1, 28, 28, 64, 14, 14, 4, 2, 1}, 64, peak, pool);
    bench_convolution({64, 14, 14, 128, 7, 7, 4, 2, 1}, 64, peak, pool);
    bench_convolution({1, 28, 28, 16, 14, 14, 5, 2, 2}, 16, peak, pool);
    bench_convolution({16, 14, 14, 16, 7, 7, 4, 2, 1}, 16, peak, pool);
    bench_convolution({16, 14, 14, 32, 7, 7, 4, 2, 1}, 16, peak, pool);
    bench_convolution({32, 7, 7, 32, 7, 7, 3, 1, 1}, 16, peak, pool);
    bench_convolution({1, 28, 28, 16, 14, 14, 4, 2, 1}, 16, peak, pool);
    bench_adam(pool);
  }
  bench_steps(only, pool);
}
