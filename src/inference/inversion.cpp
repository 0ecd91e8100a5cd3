// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Gradient descent on latents; see inversion.h. The prior is implemented as Adam's weight decay,
// since its gradient is a multiple of z.
#include "inference/inversion.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "inference/frozen_network.h"
#include "inference/latents.h"
#include "kernels/simd.h"

namespace ganvas {
namespace {

constexpr int kMaxStarts = 256;  // per class
constexpr int kMaxSteps = 100000;

template <typename T>
bool in_range(const InversionOptions<T>& options, int classes) {
  return options.label >= -1 && options.label < classes && options.starts >= 0 &&
         options.starts <= kMaxStarts && options.steps >= 1 && options.steps <= kMaxSteps &&
         options.lr >= 0 && options.lr <= 10 && options.prior >= 0 && options.prior <= 100;
}

/// The latents as the only parameter tensor, in the layout of activations.
template <typename T>
Parameters<T> packed_latents(BatchLayout layout, int latent_size) {
  Parameters<T> parameters;
  parameters.declare("latents", {layout.blocks(), latent_size, kLanes}, InitRule::zeros, 1);
  parameters.allocate();
  return parameters;
}

}  // namespace

template <typename T>
Result<std::unique_ptr<Inversion<T>>> Inversion<T>::create(const Trainer<T>& trainer,
                                                           std::span<const T> target,
                                                           const InversionOptions<T>& options) {
  const auto latent_size = static_cast<std::size_t>(trainer.config().latent_size);
  assert(target.size() == static_cast<std::size_t>(trainer.config().sample_size()));
  assert(options.from.empty() || options.from.size() == latent_size);
  const int classes = trainer.config().classes;
  if (!in_range(options, classes)) {
    static_assert(kMaxStarts == 256 && kMaxSteps == 100'000);
    return Error{ErrorCode::invalid_argument,
                 "starts must be 0 to 256, steps 1 to 100000, lr 0 to 10, prior 0 to 100, and "
                 "label -1 or one of the model's classes"};
  }
  const int tried_classes = options.label >= 0 ? 1 : std::max(classes, 1);
  const int starts = options.starts > 0 ? options.starts : std::max(1, kLanes / tried_classes);
  std::vector<std::uint8_t> labels(static_cast<std::size_t>(starts * tried_classes));
  for (std::size_t i = 0; i < labels.size(); ++i) {
    labels[i] = static_cast<std::uint8_t>(options.label >= 0 ? options.label
                                                             : static_cast<int>(i) % tried_classes);
  }
  const int blocks = BatchLayout::of(static_cast<int>(labels.size())).blocks();
  GANVAS_ASSIGN_OR_RETURN(std::unique_ptr<Sequential<T>> generator,
                          frozen_copy(trainer, Network::generator, blocks));
  std::vector<T> latents = draw_latents<T>(options.seed, labels.size() * latent_size);
  for (std::size_t i = 0; i < static_cast<std::size_t>(tried_classes); ++i) {
    std::copy(options.from.begin(), options.from.end(),
              latents.begin() + static_cast<std::ptrdiff_t>(i * latent_size));
  }
  return std::unique_ptr<Inversion>(new Inversion(std::move(generator), target, options, latents,
                                                  std::move(labels), trainer.pool()));
}

template <typename T>
Inversion<T>::Inversion(std::unique_ptr<Sequential<T>> generator, std::span<const T> target,
                        const InversionOptions<T>& options, std::span<const T> latents,
                        std::vector<std::uint8_t> labels, ThreadPool& pool)
    : total_steps_(options.steps),
      prior_(options.prior),
      generator_(std::move(generator)),
      target_(target.begin(), target.end()),
      layout_(BatchLayout::of(static_cast<int>(labels.size()))),
      labels_(std::move(labels)),
      latents_(packed_latents<T>(layout_, generator_->input_features())),
      adam_({.lr = options.lr,
             .weight_decay = 2 * options.prior / generator_->input_features(),
             .lr_decay_steps = options.steps},
            latents_, pool),
      samples_(layout_.storage(generator_->output_features())),
      d_samples_(samples_.size()),
      errors_(labels_.size()),
      losses_(labels_.size()) {
  pack_samples(latents.data(), layout_, generator_->input_features(), latents_.values());
  labels_.resize(layout_.storage(1));
  generator_->set_labels(labels_);
  forward();
}

/// Computes samples = G(latents), the losses and their gradients.
template <typename T>
void Inversion<T>::forward() {
  generator_->forward(layout_, latents_.values(), samples_.data());
  const int features = generator_->output_features();
  const int latent_size = generator_->input_features();
  const T slope = T{2} / static_cast<T>(features);
  for (int block = 0; block < layout_.blocks(); ++block) {
    std::array<T, kLanes> error{};
    std::array<T, kLanes> squares{};
    const int used = layout_.lanes_used(block);
    const std::size_t row = static_cast<std::size_t>(block) * kLanes;
    for (int feature = 0; feature < features; ++feature) {
      const std::size_t at =
          (row / kLanes * static_cast<std::size_t>(features) + static_cast<std::size_t>(feature)) *
          kLanes;
      const T target_value = target_[static_cast<std::size_t>(feature)];
      for (std::size_t lane = 0; lane < static_cast<std::size_t>(used); ++lane) {
        const T difference = samples_[at + lane] - target_value;
        error[lane] += difference * difference;
        d_samples_[at + lane] = slope * difference;  // zero in padding lanes
      }
    }
    const T* z = latents_.values() + row * static_cast<std::size_t>(latent_size);
    for (int i = 0; i < latent_size; ++i, z += kLanes) {
      for (std::size_t lane = 0; lane < kLanes; ++lane) squares[lane] += z[lane] * z[lane];
    }
    for (std::size_t lane = 0; lane < static_cast<std::size_t>(used); ++lane) {
      errors_[row + lane] = static_cast<double>(error[lane]) / features;
      losses_[row + lane] =
          errors_[row + lane] + prior_ * static_cast<double>(squares[lane]) / latent_size;
    }
  }
}

template <typename T>
void Inversion<T>::run(int steps) {
  for (int i = 0; i < steps && !done(); ++i) {
    generator_->backward(d_samples_.data(), latents_.gradients(), Gradients::skip);
    adam_.step();
    forward();
  }
}

template <typename T>
InvertedSample<T> Inversion<T>::best() const {
  // A NaN loss never compares as less than another, so it is not chosen.
  const auto start =
      static_cast<std::size_t>(std::min_element(losses_.begin(), losses_.end()) - losses_.begin());
  const auto row_of = [&](const T* packed, int features) {
    const std::size_t width = static_cast<std::size_t>(features) * kLanes;
    std::vector<T> row(static_cast<std::size_t>(features));
    for (std::size_t i = 0; i < row.size(); ++i) {
      row[i] = packed[start / kLanes * width + i * kLanes + start % kLanes];
    }
    return row;
  };
  return {row_of(latents_.values(), generator_->input_features()),
          row_of(samples_.data(), generator_->output_features()), labels_[start], errors_[start]};
}

template <typename T>
std::vector<T> Inversion<T>::error_gradients() {
  generator_->backward(d_samples_.data(), latents_.gradients(), Gradients::skip);
  std::vector<T> rows(losses_.size() * static_cast<std::size_t>(generator_->input_features()));
  unpack_samples(latents_.gradients(), layout_, generator_->input_features(), rows.data());
  return rows;
}

template class Inversion<float>;
template class Inversion<double>;

}  // namespace ganvas
