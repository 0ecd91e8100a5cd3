// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Gradients of convolutional, normalisation, dropout and class layers and of all losses, for 200
// random shapes each, against central differences in double.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "gradcheck/central_difference.h"
#include "nn/losses.h"
#include "support/one_thread.h"
#include "support/report.h"
#include "support/small_gan.h"
#include "support/tensors.h"

using namespace ganvas;
using namespace ganvas::test;

namespace {

constexpr int kShapes = 200;
constexpr int kClasses = 5;

int pick(Random& random, std::initializer_list<int> sizes) {
  return sizes.begin()[random() % sizes.size()];
}

Shape random_image(Random& random) {
  return {pick(random, {1, 1, 2, 3, 5, 7}), pick(random, {1, 2, 3, 5, 7}),
          pick(random, {1, 2, 3, 5, 7})};
}

/// A random layer and its input shape.
struct LayerCase {
  LayerSpec spec;
  Shape input;
};

/// The largest error of input and parameter gradients over kShapes layers, for loss = sum dy y.
/// draw() returns nullopt if its random layer and input do not fit each other.
template <typename Draw>
double worst_over_shapes(const Draw& draw, bool training) {
  Random random(17);
  double worst = 0;
  for (int shape = 0; shape < kShapes;) {
    const std::optional<LayerCase> layer = draw(random);
    if (!layer) continue;
    ++shape;
    const BatchLayout layout{uniform_int(random, 1, 2), pick(random, {1, 2, 3, 5, 7, 13, 16, 17})};
    const auto network = make_network<double>({.name = "network",
                                               .seed = random() >> 11,
                                               .classes = kClasses,
                                               .max_blocks = layout.blocks()},
                                              {layer->spec}, layer->input, pool());
    std::vector<std::uint8_t> labels(std::size_t(layout.blocks() * kLanes));
    for (std::uint8_t& label : labels) label = std::uint8_t(uniform_int(random, 0, kClasses - 1));
    network->set_labels(labels);
    network->set_pass_number(random() >> 40);
    network->set_training(training);
    for (const NamedTensor& tensor : network->buffers().list()) {
      fill_random(NamedTensors<double>::slice(network->buffers().values(), tensor), random, 0.5, 2);
    }
    const auto samples = std::size_t(layout.groups * layout.group_size);
    // Values far enough apart that the difference step does not change MaxPool's maximum.
    std::vector<double> rows(samples * layer->input.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i] = 4.0 * double(i) / double(rows.size()) - 2;
    for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[random() % i]);
    auto x = pack<double>(rows, layout, int(layer->input.size()));
    const int outputs = network->output_features();
    const auto dy = pack<double>(random_values<double>(samples * std::size_t(outputs), random),
                                 layout, outputs);
    AlignedBuffer<double> y(dy.size());
    AlignedBuffer<double> dx(x.size());
    const auto loss = [&] {
      network->forward(layout, x.data(), y.data());
      long double sum = 0;
      for (std::size_t i = 0; i < y.size(); ++i) sum += static_cast<long double>(dy[i] * y[i]);
      return double(sum);
    };
    loss();
    network->backward(dy.data(), dx.data(), Gradients::overwrite);
    worst = std::fmax(worst, gradient_error(x.span(), dx.span(), loss, random, 20));
    Parameters<double>& parameters = network->parameters();
    for (const NamedTensor& tensor : parameters.list()) {
      worst =
          std::fmax(worst, gradient_error(Parameters<double>::slice(parameters.values(), tensor),
                                          Parameters<double>::slice(parameters.gradients(), tensor),
                                          loss, random, 20));
    }
  }
  return worst;
}

template <typename Draw>
void check_layer(const std::string& name, const Draw& draw, bool training = true) {
  const double worst = worst_over_shapes(draw, training);
  report(("gradcheck of " + name + ", worst relative error:").c_str(), worst);
  CHECK(worst <= kGradcheckBound);
}

}  // namespace

TEST_CASE("Gradients of Conv2d match central differences", "[gradcheck]") {
  check_layer("Conv2d", [](Random& random) -> std::optional<LayerCase> {
    const Shape input = random_image(random);
    const Conv2dSpec spec{pick(random, {1, 2, 3, 7}), uniform_int(random, 1, 5),
                          uniform_int(random, 1, 4), uniform_int(random, 0, 2)};
    const int needed = spec.kernel_size - 2 * spec.padding;
    if (input[1] < needed || input[2] < needed) return std::nullopt;
    return LayerCase{spec, input};
  });
}

TEST_CASE("Gradients of ConvTranspose2d match central differences", "[gradcheck]") {
  check_layer("ConvTranspose2d", [](Random& random) -> std::optional<LayerCase> {
    const Shape input{pick(random, {1, 2, 3, 5, 7}), pick(random, {1, 2, 3, 5}),
                      pick(random, {1, 2, 3, 5})};
    ConvTranspose2dSpec spec{pick(random, {1, 2, 3, 7}), uniform_int(random, 1, 5),
                             uniform_int(random, 1, 4), uniform_int(random, 0, 2), 0};
    spec.output_padding = uniform_int(random, 0, spec.stride - 1);
    for (const int axis : {1, 2}) {
      if ((input[axis] - 1) * spec.stride - 2 * spec.padding + spec.kernel_size +
              spec.output_padding <
          1) {
        return std::nullopt;
      }
    }
    return LayerCase{spec, input};
  });
}

TEST_CASE("Gradients of BatchNorm1d match central differences", "[gradcheck]") {
  check_layer("BatchNorm1d", [](Random& random) -> std::optional<LayerCase> {
    return LayerCase{BatchNormSpec{.eps = random() % 2 == 0 ? 1e-5 : 0.8},
                     {pick(random, {1, 2, 3, 7, 13})}};
  });
}

TEST_CASE("Gradients of BatchNorm2d match central differences", "[gradcheck]") {
  check_layer("BatchNorm2d", [](Random& random) -> std::optional<LayerCase> {
    return LayerCase{BatchNormSpec{.eps = random() % 2 == 0 ? 1e-5 : 0.8}, random_image(random)};
  });
}

TEST_CASE("Gradients of batch norm in evaluation mode match central differences", "[gradcheck]") {
  const auto draw = [](Random& random) -> std::optional<LayerCase> {
    return LayerCase{BatchNormSpec{},
                     random() % 2 == 0 ? Shape{pick(random, {1, 2, 7, 13})} : random_image(random)};
  };
  check_layer("batch norm in evaluation mode", draw, /*training=*/false);
}

TEST_CASE("Gradients of Dropout and Dropout2d match central differences", "[gradcheck]") {
  check_layer("Dropout", [](Random& random) -> std::optional<LayerCase> {
    return LayerCase{DropoutSpec{uniform(random, 0, 0.9)}, random_image(random)};
  });
  check_layer("Dropout2d", [](Random& random) -> std::optional<LayerCase> {
    return LayerCase{Dropout2dSpec{uniform(random, 0, 0.9)}, random_image(random)};
  });
}

TEST_CASE("Gradients of MaxPool2d and Upsample match central differences", "[gradcheck]") {
  check_layer("MaxPool2d", [](Random& random) -> std::optional<LayerCase> {
    const Shape input = random_image(random);
    return LayerCase{MaxPool2dSpec{uniform_int(random, 1, std::min(input[1], input[2]))}, input};
  });
  check_layer("Upsample", [](Random& random) -> std::optional<LayerCase> {
    return LayerCase{Upsample2xSpec{}, random_image(random)};
  });
}

TEST_CASE("Gradients of class inputs and projections match central differences", "[gradcheck]") {
  check_layer("class embeddings", [](Random& random) -> std::optional<LayerCase> {
    return LayerCase{ClassConcatSpec{pick(random, {0, 1, 2, 3, 10})}, {random_size(random)}};
  });
  check_layer("class projections", [](Random& random) -> std::optional<LayerCase> {
    return LayerCase{ClassProjectionSpec{}, {random_size(random)}};
  });
}

TEST_CASE("Gradients of every output loss match central differences", "[gradcheck]") {
  constexpr std::pair<OutputLoss, const char*> kKinds[] = {{OutputLoss::bce, "bce"},
                                                           {OutputLoss::saturating, "saturating"},
                                                           {OutputLoss::squared, "squared"},
                                                           {OutputLoss::hinge_real, "hinge, real"},
                                                           {OutputLoss::hinge_fake, "hinge, fake"},
                                                           {OutputLoss::raise, "raise"},
                                                           {OutputLoss::lower, "lower"}};
  for (const auto& [kind, name] : kKinds) {
    Random random(23);
    double worst = 0;
    for (int shape = 0; shape < kShapes; ++shape) {
      const int samples = random_size(random);
      const int features = pick(random, {1, 1, 2, 11});
      const auto layout = BatchLayout::of(samples);
      const double target = shape % 3 == 0 ? 0 : shape % 3 == 1 ? 1 : 0.9;
      auto outputs = pack<double>(
          random_values<double>(std::size_t(samples * features), random, -5, 5), layout, features);
      for (double& l : outputs.span()) {
        if (std::fabs(std::fabs(l) - 1) < 1e-4) l += 1e-3;  // avoids the kinks of the hinge losses
      }
      AlignedBuffer<double> gradients(outputs.size());
      AlignedBuffer<double> unused(outputs.size());
      const double weight = samples;  // keeps gradients well above the rounding error of the loss
      output_loss<double>(kind, {layout, features, outputs.data(), gradients.data()}, target,
                          weight);
      const auto loss = [&] {
        return weight * output_loss<double>(kind, {layout, features, outputs.data(), unused.data()},
                                            target, weight)
                            .loss;
      };
      worst = std::fmax(worst, gradient_error(outputs.span(), gradients.span(), loss, random));
    }
    report((std::string("gradcheck of the loss ") + name + ", worst relative error:").c_str(),
           worst);
    CHECK(worst <= kGradcheckBound);
  }
}

TEST_CASE("Gradients of cross-entropy match central differences", "[gradcheck]") {
  Random random(24);
  double worst = 0;
  for (int shape = 0; shape < kShapes; ++shape) {
    const int samples = random_size(random);
    const int first = uniform_int(random, 0, 1);
    const int classes = pick(random, {1, 2, 3, 7, 10});
    const auto layout = BatchLayout::of(samples);
    std::vector<std::uint8_t> labels(std::size_t(layout.blocks() * kLanes));
    for (std::uint8_t& label : labels) label = std::uint8_t(uniform_int(random, 0, classes - 1));
    const int features = first + classes;
    auto logits = pack<double>(
        random_values<double>(std::size_t(samples * features), random, -5, 5), layout, features);
    AlignedBuffer<double> gradients(logits.size());
    AlignedBuffer<double> unused(logits.size());
    const double weight = samples;
    class_loss<double>({layout, features, logits.data(), gradients.data()}, first, labels, weight);
    const auto loss = [&] {
      return weight * class_loss<double>({layout, features, logits.data(), unused.data()}, first,
                                         labels, weight);
    };
    worst = std::fmax(worst, gradient_error(logits.span(), gradients.span(), loss, random));
  }
  report("gradcheck of cross-entropy, worst relative error:", worst);
  CHECK(worst <= kGradcheckBound);
}
