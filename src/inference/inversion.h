// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Finds the latent for which the generator outputs a given image, by gradient descent on the latent
// with fixed weights (Zhu et al. 2016; Creswell and Bharath 2018). From several starts in parallel,
// Adam minimises
//
//     loss(z) = mean over pixels of (G(z) - target)^2  +  prior mean over z of z^2
//
// The second term keeps z where N(0, 1) has its mass. Up to a factor, the loss is the negative log
// posterior for a target that is G(z) plus noise of variance prior pixels / latent_size. In
// evaluation mode lanes do not influence each other, so sixteen starts cost as much as one, and
// classes are tried in parallel.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "gan/trainer.h"
#include "nn/adam.h"
#include "nn/parameters.h"
#include "nn/sequential.h"

namespace ganvas {

template <typename T>
struct InversionOptions {
  int label = -1;             // class of the image; -1: tries all classes of the model
  int starts = 0;             // per class; 0: enough to fill sixteen lanes, at least one
  std::uint64_t seed = 1;     // of draw_latents(), for the starts
  std::span<const T> from{};  // replaces the first start of each class, if not empty
  int steps = 100;            // of Adam, whose rate falls linearly to 0
  double lr = 0.2;
  double prior = 0.01;
};

/// The best result so far.
template <typename T>
struct InvertedSample {
  std::vector<T> latent;  // (latent_size)
  std::vector<T> sample;  // (sample_size), G(latent)
  int label;              // its class; 0 for models without classes
  double error;           // mean squared difference to the target
};

template <typename T>
class Inversion {
 public:
  /// `target` (sample_size) must be finite. Copies the generator (its moving average, if there is
  /// one), so training can continue. Fails with invalid_argument if options are out of range, or
  /// as frozen_copy() does.
  static Result<std::unique_ptr<Inversion>> create(const Trainer<T>& trainer,
                                                   std::span<const T> target,
                                                   const InversionOptions<T>& options);

  /// Runs up to this many more steps.
  void run(int steps);
  int steps() const { return static_cast<int>(adam_.steps()); }
  bool done() const { return steps() == total_steps_; }

  InvertedSample<T> best() const;

  /// The gradient of the first term of the loss at the current latents, (starts x classes,
  /// latent_size).
  std::vector<T> error_gradients();

 private:
  Inversion(std::unique_ptr<Sequential<T>> generator, std::span<const T> target,
            const InversionOptions<T>& options, std::span<const T> latents,
            std::vector<std::uint8_t> labels, ThreadPool& pool);

  void forward();

  int total_steps_;
  double prior_;
  std::unique_ptr<Sequential<T>> generator_;
  std::vector<T> target_;
  BatchLayout layout_;                // one lane per start
  std::vector<std::uint8_t> labels_;  // one per lane
  Parameters<T> latents_;             // packed; optimised by Adam
  Adam<T> adam_;
  AlignedBuffer<T> samples_;    // G(latents)
  AlignedBuffer<T> d_samples_;  // d mean (G(z) - target)^2 / d G(z)
  std::vector<double> errors_;  // mean (G(z) - target)^2 of each start
  std::vector<double> losses_;  // of each start
};

}  // namespace ganvas
