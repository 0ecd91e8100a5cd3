// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Which latent makes a given image? The generator inverted by gradient descent on its input, its
// weights fixed (Zhu et al. 2016; Creswell and Bharath 2018): from several starts at once, Adam
// lowers
//
//     loss(z) = mean over pixels of (G(z) - target)^2  +  prior mean over z of z^2
//
// whose second term keeps z where N(0, 1) has its mass. Up to a factor this is the posterior's
// logarithm for a target that is G(z) with noise of variance prior pixels / latent_size. A sample's
// lanes do not influence one another in evaluation mode, so sixteen starts cost as much as one, and
// classes are tried side by side.
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
  int label = -1;             // the class to draw; -1: all are tried, if the model has classes
  int starts = 0;             // of each class; 0: as many as fill sixteen lanes, at least one
  std::uint64_t seed = 1;     // the starts are the latents that draw_latents() draws from it
  std::span<const T> from{};  // where the first start of each class is instead, if not empty
  int steps = 100;            // of Adam, while its rate falls linearly to 0
  double lr = 0.2;
  double prior = 0.01;
};

/// What comes nearest to the target so far.
template <typename T>
struct InvertedSample {
  std::vector<T> latent;  // (latent_size)
  std::vector<T> sample;  // (sample_size), G's of that latent
  int label;              // its class; 0 where there are none
  double error;           // mean squared difference to the target
};

template <typename T>
class Inversion {
 public:
  /// `target` (sample_size) is finite. The generator is copied as it is now (its moving average, if
  /// it has one), so training can go on. invalid_argument for options out of range.
  static Result<std::unique_ptr<Inversion>> create(const Trainer<T>& trainer,
                                                   std::span<const T> target,
                                                   const InversionOptions<T>& options);

  /// Takes up to so many further steps.
  void run(int steps);
  int steps() const { return static_cast<int>(adam_.steps()); }
  bool done() const { return steps() == total_steps_; }

  InvertedSample<T> best() const;

  /// The gradient of the first term at each start as it is now, (starts x classes, latent_size).
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
  BatchLayout layout_;                // a lane for each start
  std::vector<std::uint8_t> labels_;  // one a lane
  Parameters<T> latents_;             // packed: what Adam moves
  Adam<T> adam_;
  AlignedBuffer<T> samples_;    // G's of the latents as they are now
  AlignedBuffer<T> d_samples_;  // d mean (G(z) - target)^2 / d G(z)
  std::vector<double> errors_;  // of each start, of the same
  std::vector<double> losses_;
};

}  // namespace ganvas
