// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Ten steps of every preset's architecture, scaled down, against PyTorch (see family.py): losses,
// gradients of the first step, the final state, and samples in evaluation mode. Our double run must
// match PyTorch's float64 run to rounding; the error of our float run must be at most ten times
// that of PyTorch's float32 run.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gan/trainer.h"
#include "golden/compare.h"
#include "io/config_json.h"
#include "io/json.h"
#include "io/networks_json.h"
#include "support/files.h"
#include "support/recorded_inputs.h"
#include "support/report.h"
#include "support/samples.h"
#include "support/small_gan.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

constexpr double kMaxMultiple = 10;
constexpr double kEpsilon = 0x1p-23;  // lower bound of PyTorch's error, which can happen to be 0
constexpr double kDoubleBound = 1e-10;

const char* const kRuns[] = {"mlp",      "dcgan",          "quick",     "fine",
                             "cgan",     "acgan",          "lsgan",     "wgan_gp",
                             "hinge",    "pictures",       "toy2d",     "options",
                             "attached", "colour16",       "colour28",  "colour32",
                             "grey48",   "grey64",         "augmented", "augmented_attached",
                             "shards",   "shards_penalty", "ddp2",      "ddp4"};

/// Lower bound of the magnitude that errors are relative to: the gradient of a bias before batch
/// norm is pure rounding error.
double smallest_magnitude(const std::string& name) {
  if (name.starts_with("gradient.") || name.starts_with("exp_avg.")) return 1e-4;
  if (name.starts_with("exp_avg_sq.")) return 1e-8;
  return 0;
}

double family_distance(const std::string& name, const GoldenTensor& ours,
                       const GoldenTensor& truth) {
  double largest = 0;
  for (const double value : truth.values) largest = std::fmax(largest, std::fabs(value));
  const double relative = distance(ours, truth);
  const double floor = smallest_magnitude(name);
  return largest > 0 && largest < floor ? relative * largest / floor : relative;
}

template <typename T>
void add_tensors(std::map<std::string, GoldenTensor>& tensors, const std::string& prefix,
                 const NamedTensors<T>& named, const T* flat) {
  for (const NamedTensor& tensor : named.list()) {
    const auto values = NamedTensors<T>::slice(flat, tensor);
    tensors[prefix + tensor.name] = {tensor.shape, {values.begin(), values.end()}};
  }
}

template <typename T>
void load_initial(const SafetensorsFile& file, const std::string& network, NamedTensors<T>& named) {
  for (const NamedTensor& entry : named.list()) {
    const auto tensor = GoldenTensor::from(file, "initial." + network + "." + entry.name);
    INFO(network << "." << entry.name);
    REQUIRE(tensor.shape == entry.shape);
    std::copy(tensor.values.begin(), tensor.values.end(),
              NamedTensors<T>::slice(named.values(), entry).begin());
  }
}

template <typename T>
std::vector<T> rows_of(const SafetensorsFile& file, const char* name) {
  const GoldenTensor tensor = GoldenTensor::from(file, name);
  return {tensor.values.begin(), tensor.values.end()};
}

template <typename T>
RecordedInputs<T> recorded(const SafetensorsFile& file, const GanConfig& config) {
  const auto real = rows_of<T>(file, "real");
  const auto noise = rows_of<T>(file, "noise");
  const auto epsilons = rows_of<T>(file, "epsilons");
  const auto real_labels = rows_of<std::uint8_t>(file, "real_labels");
  const auto fake_labels = rows_of<std::uint8_t>(file, "fake_labels");
  RecordedInputs<T> inputs(config);
  std::size_t first = 0;
  const auto part = [&](const auto& rows, std::size_t samples, int width) {
    const auto begin = rows.begin() + std::ptrdiff_t(first * std::size_t(width));
    return std::decay_t<decltype(rows)>(begin,
                                        begin + std::ptrdiff_t(samples * std::size_t(width)));
  };
  for (const double size : GoldenTensor::from(file, "batch_sizes").values) {
    const auto samples = std::size_t(size);
    inputs.batches.push_back(
        {part(real, samples, config.sample_size()), part(real_labels, samples, 1)});
    inputs.noises.push_back(
        {part(noise, samples, config.latent_size), part(fake_labels, samples, 1)});
    if (!epsilons.empty()) inputs.epsilons.push_back(part(epsilons, samples, 1));
    first += samples;
  }
  REQUIRE(real.size() == first * std::size_t(config.sample_size()));
  return inputs;
}

/// A trainer with the config and initial weights of the file.
template <typename T>
std::unique_ptr<Trainer<T>> start(const SafetensorsFile& file, ThreadPool& pool) {
  REQUIRE(file.metadata("config") != nullptr);
  const auto config = config_from_json(*file.metadata("config"));
  INFO((config.ok() ? "" : config.error().message));
  REQUIRE(config.ok());
  auto trainer = make_trainer<T>(config.value(), pool);
  Sequential<T>& g = trainer->generator();
  Sequential<T>& d = trainer->discriminator();
  load_initial(file, "generator", g.parameters());
  load_initial(file, "discriminator", d.parameters());
  load_initial(file, "generator", g.buffers());
  load_initial(file, "discriminator", d.buffers());
  if (T* average = trainer->generator_average()) {
    std::copy_n(g.parameters().values(), g.parameters().flat_size(), average);
  }
  return trainer;
}

/// Runs the file's ten steps in our trainer and returns the results under the file's names.
template <typename T>
std::map<std::string, GoldenTensor> run_steps(const SafetensorsFile& file) {
  ThreadPool pool(2);
  const auto trainer = start<T>(file, pool);
  const GanConfig& config = trainer->config();
  const Sequential<T>& g = trainer->generator();
  const Sequential<T>& d = trainer->discriminator();
  RecordedInputs<T> inputs = recorded<T>(file, config);
  std::map<std::string, GoldenTensor> results;
  GoldenTensor losses{{10, 2}, {}};
  for (int step = 0; step < 10; ++step) {
    const auto metrics = trainer->step_with(inputs);
    REQUIRE(metrics.ok());
    losses.values.insert(losses.values.end(), {metrics.value().loss_d, metrics.value().loss_g});
    if (step > 0) continue;
    add_tensors(results, "gradient.generator.", g.parameters(), g.parameters().gradients());
    add_tensors(results, "gradient.discriminator.", d.parameters(), d.parameters().gradients());
  }
  REQUIRE(inputs.used_up());
  results["losses"] = losses;
  add_tensors(results, "final.generator.", g.parameters(), g.parameters().values());
  add_tensors(results, "final.discriminator.", d.parameters(), d.parameters().values());
  add_tensors(results, "final.generator.", g.buffers(), g.buffers().values());
  add_tensors(results, "final.discriminator.", d.buffers(), d.buffers().values());
  for (const auto& state : trainer->optimizer_g().state()) {
    add_tensors<T>(results, std::string(state.name) + ".generator.", g.parameters(), state.values);
  }
  for (const auto& state : trainer->optimizer_d().state()) {
    add_tensors<T>(results, std::string(state.name) + ".discriminator.", d.parameters(),
                   state.values);
  }
  if (const T* average = trainer->generator_average())
    add_tensors(results, "average.", g.parameters(), average);

  const auto latents = rows_of<T>(file, "sampling.latents");
  auto labels = rows_of<std::uint8_t>(file, "sampling.labels");
  if (config.classes == 0) labels.clear();
  const auto samples = samples_of(*trainer, latents, labels);
  results["samples"] = {{5, config.sample_size()}, {samples.begin(), samples.end()}};
  return results;
}

/// The number of results in the file; each has a copy under "float32.".
std::size_t results_in(const SafetensorsFile& file) {
  std::size_t count = 0;
  for (const auto& [name, tensor] : file.tensors()) count += name.starts_with("float32.");
  return count;
}

/// The error of PyTorch's float32 run against its float64 run.
double torch_error(const SafetensorsFile& file, const std::string& name) {
  return family_distance(name, GoldenTensor::from(file, "float32." + name),
                         GoldenTensor::from(file, name));
}

}  // namespace

TEST_CASE("Ten steps of every preset in double match PyTorch in float64", "[golden]") {
  for (const std::string run : kRuns) {
    const auto bytes = read_file("tests/golden/family_" + run + ".safetensors");
    const auto file = SafetensorsFile::parse(bytes);
    REQUIRE(file.ok());
    double worst = 0;
    const auto results = run_steps<double>(file.value());
    CHECK(results.size() == results_in(file.value()));
    for (const auto& [name, tensor] : results) {
      const double error = family_distance(name, tensor, GoldenTensor::from(file.value(), name));
      INFO(run << ": " << name);
      CHECK(error <= kDoubleBound);
      worst = std::max(worst, error);
    }
    report((run + " in double against PyTorch's float64, relative:").c_str(), worst);
  }
}

TEST_CASE("Ten steps of every preset in float are about as accurate as PyTorch's in float32",
          "[golden]") {
  for (const std::string run : kRuns) {
    const auto bytes = read_file("tests/golden/family_" + run + ".safetensors");
    const auto file = SafetensorsFile::parse(bytes);
    REQUIRE(file.ok());
    double worst = 0;
    double worst_multiple = 0;
    const auto results = run_steps<float>(file.value());
    for (const auto& [name, tensor] : results) {
      const GoldenTensor truth = GoldenTensor::from(file.value(), name);
      const double error = family_distance(name, tensor, truth);
      const double of_torch = torch_error(file.value(), name);
      const double multiple = error / std::max(of_torch, kEpsilon);
      INFO(run << ": " << name << " is off by " << error << ", PyTorch by " << of_torch);
      CHECK(std::isfinite(of_torch));
      CHECK(multiple <= kMaxMultiple);
      worst = std::max(worst, error);
      worst_multiple = std::max(worst_multiple, multiple);
    }
    report((run + " in float against PyTorch's float64, relative:").c_str(), worst);
    report((run + ", worst multiple of PyTorch's float32 error:").c_str(), worst_multiple);
  }
}

TEST_CASE("Reported gradient norms match PyTorch", "[golden]") {
  for (const std::string run : kRuns) {
    const auto bytes = read_file("tests/golden/family_" + run + ".safetensors");
    const auto file = SafetensorsFile::parse(bytes);
    REQUIRE(file.ok());
    ThreadPool pool(1);
    const auto trainer = start<float>(file.value(), pool);
    RecordedInputs<float> inputs = recorded<float>(file.value(), trainer->config());
    REQUIRE(trainer->step_with(inputs).ok());
    const auto networks = parse_json(networks_to_json(*trainer));
    REQUIRE(networks.has_value());
    for (const char* network : {"generator", "discriminator"}) {
      const auto& tensors = (*networks)[network]["tensors"];
      REQUIRE_FALSE(tensors.Empty());
      for (const Json& tensor : tensors.GetArray()) {
        const std::string name(as_string_view(tensor["name"]));
        INFO(run << ": " << name);
        double squares = 0;
        for (const double g : GoldenTensor::from(file.value(), "gradient." + name).values)
          squares += g * g;
        const double truth = std::sqrt(squares);
        // The gradient of a bias before batch norm is pure rounding error.
        CHECK(std::fabs(tensor["gradient_norm"].GetDouble() - truth) <= 1e-4 * truth + 1e-5);
      }
    }
  }
}
