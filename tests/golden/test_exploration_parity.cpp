// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Exploration of trained networks against PyTorch's modules and autograd in float64, from the same
// weights and running statistics (see exploration.py): a convolutional preset with projection, and
// one with embeddings, dropout and a critic.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "golden/compare.h"
#include "inference/frozen_network.h"
#include "inference/inversion.h"
#include "io/config_json.h"
#include "support/files.h"
#include "support/report.h"
#include "support/small_gan.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

constexpr double kDoubleBound = 1e-12;
constexpr double kFloatBound = 2e-5;

template <typename T>
void load_network(const SafetensorsFile& file, const std::string& prefix, Sequential<T>& network) {
  const auto load = [&](NamedTensors<T>& tensors) {
    for (const NamedTensor& tensor : tensors.list()) {
      const GoldenTensor golden = GoldenTensor::from(file, prefix + tensor.name);
      REQUIRE(golden.shape == tensor.shape);
      std::ranges::copy(golden.values, NamedTensors<T>::slice(tensors.values(), tensor).begin());
    }
  };
  load(network.parameters());
  load(network.buffers());
}

/// The largest relative error of all results.
template <typename T>
double worst_error(const std::string& name) {
  const auto bytes = read_file("tests/golden/exploration_" + name + ".safetensors");
  const auto parsed = SafetensorsFile::parse(bytes);
  REQUIRE(parsed.ok());
  const SafetensorsFile& file = parsed.value();
  const auto config = config_from_json(*file.metadata("config"));
  REQUIRE(config.ok());
  ThreadPool pool(2);
  const auto trainer = make_trainer<T>(config.value(), pool);
  load_network(file, "generator.", trainer->generator());
  load_network(file, "discriminator.", trainer->discriminator());
  if (T* average = trainer->generator_average()) {
    std::copy_n(trainer->generator().parameters().values(),
                trainer->generator().parameters().flat_size(), average);
  }
  const auto golden = [&](const std::string& key) { return GoldenTensor::from(file, key); };
  const auto numbers = [&]<typename To>(const std::string& key, To) {
    const GoldenTensor tensor = golden(key);
    REQUIRE_FALSE(tensor.values.empty());
    return std::vector<To>(tensor.values.begin(), tensor.values.end());
  };
  const auto latents = numbers("latents", T{});
  const auto images = numbers("images", T{});
  const auto labels = numbers("labels", std::uint8_t{});
  const auto others = numbers("others", std::uint8_t{});
  const auto shares = numbers("shares", T{});

  double worst = 0;
  const auto compare = [&](const std::string& key, const auto& ours, Shape shape) {
    const double error = distance({shape, {ours.begin(), ours.end()}}, golden(key));
    INFO(name << ": " << key);
    CHECK(error < (sizeof(T) == 8 ? kDoubleBound : kFloatBound));
    worst = std::max(worst, error);
  };
  const int count = int(labels.size());
  const int size = config.value().sample_size();
  FrozenNetwork<T> g(*trainer, Network::generator);
  FrozenNetwork<T> d(*trainer, Network::discriminator);
  compare("mixed_samples", g.outputs(latents, {labels, others, shares}), {count, size});
  compare("scores", d.scores(images, {.labels = labels}), {count});
  compare("saliency", d.input_gradients(images, {.labels = labels}), {count, size});
  const GanConfig& used = config.value();
  const auto compare_layers = [&](const std::string& prefix, auto& network, const auto& rows,
                                  int width, std::size_t layers) {
    CHECK(network.layer_shapes().size() == layers);
    network.outputs(std::span(rows).first(std::size_t(width)), {.labels = labels});
    for (std::size_t i = 0; i < layers; ++i) {
      compare(prefix + std::to_string(i), network.layer_output(i), network.layer_shapes()[i]);
    }
  };
  compare_layers("generator_layer.", g, latents, used.latent_size, used.generator.layers.size());
  const bool ends_in_sigmoid = used.objective == Objective::bce;
  compare_layers("discriminator_layer.", d, images, size,
                 used.discriminator.layers.size() - (ends_in_sigmoid ? 1 : 0));

  // One inversion per latent, started from it with its class, as in PyTorch.
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto latent = std::span<const T>(latents).subspan(i * std::size_t(used.latent_size),
                                                            std::size_t(used.latent_size));
    auto inversion = Inversion<T>::create(*trainer, std::span(images).first(std::size_t(size)),
                                          {.label = labels[i], .starts = 1, .from = latent});
    REQUIRE(inversion.ok());
    const std::vector<T> ours = inversion.value()->error_gradients();
    const GoldenTensor all = golden("error_gradients");
    const auto first = all.values.begin() + std::ptrdiff_t(i * latent.size());
    const GoldenTensor truth{{used.latent_size}, {first, first + std::ptrdiff_t(latent.size())}};
    const double error =
        std::max(distance({{used.latent_size}, {ours.begin(), ours.end()}}, truth),
                 std::fabs(inversion.value()->best().error / golden("errors").values[i] - 1));
    CHECK(error < (sizeof(T) == 8 ? kDoubleBound : kFloatBound));
    worst = std::max(worst, error);
  }
  return worst;
}

}  // namespace

TEST_CASE("Exploration results match PyTorch", "[golden][exploration]") {
  for (const std::string name : {"quick", "cgan"}) {
    report((name + " explored in double against PyTorch's float64, relative:").c_str(),
           worst_error<double>(name));
    report((name + " explored in float against PyTorch's float64, relative:").c_str(),
           worst_error<float>(name));
  }
}
