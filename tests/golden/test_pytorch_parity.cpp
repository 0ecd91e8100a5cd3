// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Ten training steps against PyTorch, from the same weights, images and noise (see generate.py).
// Our double run must match PyTorch's float64 run to rounding; the error of our float run must be
// at most ten times that of PyTorch's float32 run.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "gan/trainer.h"
#include "golden/compare.h"
#include "io/config_json.h"
#include "support/files.h"
#include "support/recorded_inputs.h"
#include "support/report.h"
#include "support/small_gan.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

constexpr double kMaxMultiple = 10;
constexpr double kOneRounding =
    0x1p-24;  // lower bound of PyTorch's error, which can happen to be 0
constexpr double kDoubleBound = 1e-12;

const char* const kRuns[] = {"seed_batch6", "seed_batch16", "seed_batch33_fast"};

template <typename T>
void add_tensors(std::map<std::string, GoldenTensor>& tensors, const std::string& prefix,
                 const Parameters<T>& parameters, const T* flat) {
  for (const NamedTensor& parameter : parameters.list()) {
    const auto values = Parameters<T>::slice(flat, parameter);
    tensors[prefix + parameter.name] = {parameter.shape, {values.begin(), values.end()}};
  }
}

template <typename T>
void load_initial_weights(const SafetensorsFile& file, const std::string& network,
                          Parameters<T>& parameters) {
  for (const NamedTensor& parameter : parameters.list()) {
    const auto tensor = GoldenTensor::from(file, "initial." + network + "." + parameter.name);
    REQUIRE(tensor.shape == parameter.shape);
    std::copy(tensor.values.begin(), tensor.values.end(),
              Parameters<T>::slice(parameters.values(), parameter).begin());
  }
}

/// Runs the file's steps in our trainer and returns the results under the file's names.
template <typename T>
std::map<std::string, GoldenTensor> run_steps(const SafetensorsFile& file) {
  ThreadPool pool(2);
  REQUIRE(file.metadata("config") != nullptr);
  const auto config = config_from_json(*file.metadata("config"));
  REQUIRE(config.ok());
  const auto trainer = make_trainer<T>(config.value(), pool);
  load_initial_weights(file, "generator", trainer->generator().parameters());
  load_initial_weights(file, "discriminator", trainer->discriminator().parameters());

  const auto narrow = [&](const char* name) {
    const GoldenTensor tensor = GoldenTensor::from(file, name);
    return std::vector<T>(tensor.values.begin(), tensor.values.end());
  };
  const std::vector<T> images = narrow("images");
  const std::vector<T> noise = narrow("noise");
  const auto part = [](const std::vector<T>& rows, std::size_t start, std::size_t count) {
    const auto begin = rows.begin() + std::ptrdiff_t(start);
    return std::vector<T>(begin, begin + std::ptrdiff_t(count));
  };
  const auto sample_size = std::size_t(config.value().sample_size());
  const auto latent_size = std::size_t(config.value().latent_size);

  std::map<std::string, GoldenTensor> results;
  GoldenTensor losses;
  GoldenTensor probabilities;
  std::size_t first = 0;
  for (const double size : GoldenTensor::from(file, "batch_sizes").values) {
    const auto samples = std::size_t(size);
    const auto metrics = step_on(*trainer, part(images, first * sample_size, samples * sample_size),
                                 part(noise, first * latent_size, samples * latent_size));
    REQUIRE(metrics.ok());
    losses.values.insert(losses.values.end(), {metrics.value().loss_d, metrics.value().loss_g});
    probabilities.values.insert(probabilities.values.end(),
                                {metrics.value().d_real, metrics.value().d_fake});
    if (first == 0) {
      for (const auto& [name, network] : {std::pair{"gradient.generator.", &trainer->generator()},
                                          {"gradient.discriminator.", &trainer->discriminator()}}) {
        add_tensors(results, name, network->parameters(), network->parameters().gradients());
      }
    }
    first += samples;
  }
  losses.shape = probabilities.shape = {int(losses.values.size() / 2), 2};
  results["losses"] = losses;
  results["probabilities"] = probabilities;
  const auto& g = trainer->generator().parameters();
  const auto& d = trainer->discriminator().parameters();
  add_tensors(results, "final.generator.", g, g.values());
  add_tensors(results, "final.discriminator.", d, d.values());
  for (const auto& state : trainer->optimizer_g().state())
    add_tensors<T>(results, std::string(state.name) + ".generator.", g, state.values);
  for (const auto& state : trainer->optimizer_d().state())
    add_tensors<T>(results, std::string(state.name) + ".discriminator.", d, state.values);
  return results;
}

// Losses and probabilities; gradients, weights and two moments of four tensors in both networks.
constexpr std::size_t kTensors = 2 + 4 * 2 * 4;

}  // namespace

TEST_CASE("Ten steps in double match PyTorch in float64", "[golden]") {
  for (const std::string run : kRuns) {
    const auto bytes = read_file("tests/golden/" + run + ".safetensors");
    const auto file = SafetensorsFile::parse(bytes);
    REQUIRE(file.ok());
    double worst = 0;
    const auto results = run_steps<double>(file.value());
    CHECK(results.size() == kTensors);
    for (const auto& [name, tensor] : results) {
      const double error = distance(tensor, GoldenTensor::from(file.value(), name));
      INFO(run << ": " << name);
      CHECK(error <= kDoubleBound);
      worst = std::max(worst, error);
    }
    report((run + " in double against PyTorch's float64, relative:").c_str(), worst);
  }
}

TEST_CASE("Ten steps in float are about as accurate as PyTorch's in float32", "[golden]") {
  for (const std::string run : kRuns) {
    const auto bytes = read_file("tests/golden/" + run + ".safetensors");
    const auto file = SafetensorsFile::parse(bytes);
    REQUIRE(file.ok());
    double worst = 0;
    double worst_multiple = 0;
    double worst_of_torch = 0;
    const auto results = run_steps<float>(file.value());
    CHECK(results.size() == kTensors);
    for (const auto& [name, tensor] : results) {
      const GoldenTensor truth = GoldenTensor::from(file.value(), name);
      const double error = distance(tensor, truth);
      const double of_torch = distance(GoldenTensor::from(file.value(), "float32." + name), truth);
      const double multiple = error / std::max(of_torch, kOneRounding);
      INFO(run << ": " << name << " is off by " << error << ", PyTorch by " << of_torch);
      CHECK(std::isfinite(of_torch));
      CHECK(multiple <= kMaxMultiple);
      worst = std::max(worst, error);
      worst_of_torch = std::max(worst_of_torch, of_torch);
      worst_multiple = std::max(worst_multiple, multiple);
    }
    report((run + " in float against PyTorch's float64, relative:").c_str(), worst);
    report((run + " in PyTorch's float32 against its float64, relative:").c_str(), worst_of_torch);
    report((run + ", worst multiple of PyTorch's float32 error:").c_str(), worst_multiple);
  }
}
